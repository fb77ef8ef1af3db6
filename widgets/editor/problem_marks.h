// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/program/diagnostic.h"
#include "widgets/shared/theme.h"

#include <Qsci/qsciscintilla.h>
#include <Qsci/qscistyle.h>

#include <vector>

namespace heddle::widgets {

/// Underlines what is wrong in an editor and writes the message below the line.
///
/// The line the caret stands in gets its message only when the caret leaves it, so that the text
/// does not jump while somebody types.
class ProblemMarks
{
public:
    explicit ProblemMarks(QsciScintilla& editor);

    void setScheme(ColourScheme scheme, const QFont& font);
    void setProblems(std::vector<Diagnostic> problems);

    /// The caret is in this line now, from 0.
    void setCaretLine(int line);

    [[nodiscard]] const std::vector<Diagnostic>& problems() const { return m_problems; }

    /// The problems of a line, from 0.
    [[nodiscard]] std::vector<Diagnostic> problemsOf(int line) const;

    /// The problem whose underline holds this byte, or null.
    [[nodiscard]] const Diagnostic* problemAt(int position) const;

private:
    void underline();
    void annotate();

    QsciScintilla& m_editor;
    std::vector<Diagnostic> m_problems;
    QsciStyle m_errorStyle;
    QsciStyle m_warningStyle;
    int m_caretLine = 0;
};

} // namespace heddle::widgets
