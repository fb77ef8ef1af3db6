// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/editor/program_styles.h"

#include "engine/model/program/catalogue.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>
#include <unordered_set>

namespace heddle::widgets {

namespace {

using Words = std::unordered_set<std::string>;

/// The words in small letters of a form such as "lock NAME [read|write] [within DURATION]".
void addWordsOf(std::string_view form, Words& words)
{
    std::string word;
    for (const char character : std::string(form) + ' ') {
        if (std::isalpha(static_cast<unsigned char>(character)) != 0 || character == '_') {
            word += character;
            continue;
        }
        const bool isSmall = !word.empty()
            && std::none_of(word.begin(), word.end(),
                [](unsigned char letter) { return std::isupper(letter) != 0; });
        if (isSmall)
            words.insert(word);
        word.clear();
    }
}

/// Words that belong to a form without beginning it: "within", "into", "max".
const Words& formWords()
{
    static const Words all = [] {
        Words words;
        for (const StatementRow& row : statementRows())
            addWordsOf(row.form, words);
        for (const PrimitiveRow& row : primitiveRows())
            addWordsOf(row.declaration, words);
        for (const std::string_view placeholder : {"name", "names"})
            words.erase(std::string(placeholder));
        return words;
    }();
    return all;
}

const Words& statementWords()
{
    static const Words all = [] {
        Words words;
        for (const std::string_view word : reservedWords())
            words.emplace(word);
        return words;
    }();
    return all;
}

bool isDeclarationWord(std::string_view word)
{
    static constexpr std::array<std::string_view, 16> kWords{"heddle", "program", "const", "option",
        "shared", "private", "atomic", "managed", "def", "daemon", "thread", "process", "task",
        "main", "invariant", "expect"};
    return findPrimitive(word) != nullptr
        || std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

class Styler
{
public:
    explicit Styler(const SyntaxTree& tree)
        : m_tree(tree)
    {
        for (std::size_t i = 0; i < tree.nodeCount(); ++i) {
            const Node& node = tree.node(static_cast<NodeIndex>(i));
            if (node.field == Field::Name)
                m_names.emplace(tree.sourceText(static_cast<NodeIndex>(i)));
        }
    }

    std::vector<StyledSpan> run()
    {
        const std::vector<Token>& tokens = m_tree.tokens();
        for (std::uint32_t i = 0; i < tokens.size(); ++i) {
            const TextStyle style = styleOf(i);
            if (style != TextStyle::Plain && tokens[i].length > 0)
                m_spans.push_back({tokens[i].offset, tokens[i].length, style});
            notePlace(tokens[i].kind);
        }
        return std::move(m_spans);
    }

private:
    void notePlace(TokenKind kind)
    {
        if (kind == TokenKind::NewLine || kind == TokenKind::Indent || kind == TokenKind::Dedent)
            m_isLineStart = true;
        else if (kind != TokenKind::Space && kind != TokenKind::Comment)
            m_isLineStart = false;
    }

    [[nodiscard]] TextStyle styleOf(std::uint32_t token) const
    {
        switch (m_tree.tokens()[token].kind) {
        case TokenKind::Comment:
            return TextStyle::Comment;
        case TokenKind::Text:
            return TextStyle::Text;
        case TokenKind::Integer:
        case TokenKind::Duration:
        case TokenKind::Size:
        case TokenKind::Signal:
            return TextStyle::Number;
        case TokenKind::Unknown:
            return TextStyle::Unknown;
        case TokenKind::Name:
            return styleOfName(token);
        default:
            return TextStyle::Plain;
        }
    }

    [[nodiscard]] TextStyle styleOfName(std::uint32_t token) const
    {
        const std::string_view text = m_tree.tokenText(token);
        const std::string word(text);
        if (m_isLineStart && isDeclarationWord(text))
            return TextStyle::Declaration;
        if (statementWords().contains(word))
            return TextStyle::Statement;
        if (m_names.contains(word))
            return TextStyle::Plain;
        if (isCall(token) && findFunction(text))
            return TextStyle::Function;
        if (isDeclarationWord(text))
            return TextStyle::Declaration;
        return formWords().contains(word) ? TextStyle::Word : TextStyle::Plain;
    }

    [[nodiscard]] bool isCall(std::uint32_t token) const
    {
        return token + 1 < m_tree.tokens().size() && m_tree.tokenText(token + 1) == "(";
    }

    const SyntaxTree& m_tree;
    Words m_names;
    std::vector<StyledSpan> m_spans;
    bool m_isLineStart = true;
};

struct StyleColours
{
    QRgb light;
    QRgb dark;
};

// Each is readable (4.5:1) on the surface of its scheme.
constexpr std::array<StyleColours, kTextStyleCount> kColours{{
    {0xff1f2328, 0xffdfe3e8}, // Plain
    {0xff5d6b57, 0xff8fa385}, // Comment
    {0xff8a4b08, 0xffe3b579}, // Text
    {0xff0b6b6b, 0xff7fd1c7}, // Number
    {0xff6a1b9a, 0xffcf9bea}, // Declaration
    {0xff0b57a8, 0xff86b9f2}, // Statement
    {0xff3f6f9f, 0xffa5c4e4}, // Word
    {0xff7a3e9d, 0xffd7a6d9}, // Function
    {0xffb3261e, 0xffff8a80}, // Unknown
}};

} // namespace

std::vector<StyledSpan> styleProgram(const SyntaxTree& tree)
{
    return Styler(tree).run();
}

QColor textStyleColour(TextStyle style, ColourScheme scheme)
{
    const StyleColours& colours = kColours[static_cast<std::size_t>(style)];
    return QColor::fromRgb(scheme == ColourScheme::Dark ? colours.dark : colours.light);
}

} // namespace heddle::widgets
