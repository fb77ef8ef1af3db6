// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "widgets/shared/theme.h"

#include <QString>
#include <Qsci/qsciscintilla.h>
#include <Qsci/qscistyle.h>

#include <array>
#include <map>
#include <vector>

namespace heddle::widgets {

/// Where an actor is in the program.
struct ActorPosition
{
    QString name; ///< "philosopher[3]"
    int line = 0; ///< from 1
    int ordinal = 0; ///< among all actors, for those whose name has no number

    friend bool operator==(const ActorPosition&, const ActorPosition&) = default;
};

/// The number an actor is marked with: its index in its array, else its ordinal.
[[nodiscard]] int actorNumber(const ActorPosition& position);

/// A colour for the number, readable on the surface; they repeat after eight.
[[nodiscard]] QColor actorColour(int number, ColourScheme scheme);

/// Marks the current line of every actor in a margin of an editor: "▸0 3".
class ActorMarks
{
public:
    static constexpr int kColours = 8;
    static constexpr int kMargin = 1;

    explicit ActorMarks(QsciScintilla& editor);

    void setScheme(ColourScheme scheme, const QFont& font);
    void setPositions(std::vector<ActorPosition> positions);

    [[nodiscard]] const std::vector<ActorPosition>& positions() const { return m_positions; }

    /// "philosopher[0], philosopher[3]": who is in this line, from 0.
    [[nodiscard]] QString actorsIn(int line) const;

private:
    void show();

    /// Marks a line unless it is so marked already; returns what it says.
    QString mark(int line, const std::vector<int>& numbers);

    QsciScintilla& m_editor;
    std::array<QsciStyle, kColours> m_styles;
    std::vector<ActorPosition> m_positions;
    std::map<int, std::vector<int>> m_shown; ///< line from 0 → numbers
    int m_width = 0; ///< of the margin; it only grows while there are actors
};

} // namespace heddle::widgets
