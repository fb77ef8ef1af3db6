// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/pipe_contents.h"

#include <algorithm>

namespace heddle {

std::string textIn(const ListValue& pieces)
{
    std::string text;
    for (const Value& piece : pieces)
        text += piece.is(ValueKind::Text)
            ? piece.asText()
            : std::string(static_cast<std::size_t>(piece.number()), '?');
    return text;
}

void addPiece(ListValue& pieces, const Value& piece)
{
    const bool isAlike = !pieces.empty() && pieces.back().kind() == piece.kind();
    if (!isAlike)
        pieces.push_back(piece);
    else if (piece.is(ValueKind::Text))
        pieces.back() = Value::text(pieces.back().asText() + piece.asText());
    else
        pieces.back() = Value::size(pieces.back().number() + piece.number());
}

std::size_t pieceLength(const Value& piece)
{
    return piece.is(ValueKind::Text)
        ? piece.asText().size()
        : static_cast<std::size_t>(std::max<std::int64_t>(piece.number(), 0));
}

Value pieceOf(const Value& piece, std::size_t from, std::size_t count)
{
    if (piece.is(ValueKind::Text))
        return Value::text(piece.asText().substr(from, count));
    return Value::size(static_cast<std::int64_t>(std::min(count, pieceLength(piece) - from)));
}

} // namespace heddle
