// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/editor/problem_marks.h"

#include <algorithm>
#include <map>

namespace heddle::widgets {

namespace {

constexpr int kFirstIndicator = 8; // of three: error, warning, hint

int indicatorOf(Severity severity)
{
    return kFirstIndicator + static_cast<int>(severity);
}

} // namespace

ProblemMarks::ProblemMarks(QsciScintilla& editor)
    : m_editor(editor)
{
    m_editor.indicatorDefine(QsciScintilla::SquiggleIndicator, indicatorOf(Severity::Error));
    m_editor.indicatorDefine(QsciScintilla::SquiggleIndicator, indicatorOf(Severity::Warning));
    m_editor.indicatorDefine(QsciScintilla::DotsIndicator, indicatorOf(Severity::Hint));
    m_editor.setAnnotationDisplay(QsciScintilla::AnnotationStandard);
}

void ProblemMarks::setScheme(ColourScheme scheme, const QFont& font)
{
    const ThemeColours& colours = themeColours(scheme);
    m_editor.setIndicatorForegroundColor(colours.danger, indicatorOf(Severity::Error));
    m_editor.setIndicatorForegroundColor(colours.warning, indicatorOf(Severity::Warning));
    m_editor.setIndicatorForegroundColor(colours.textMuted, indicatorOf(Severity::Hint));
    QFont small = font;
    small.setItalic(true);
    m_errorStyle.setFont(small);
    m_errorStyle.setColor(colours.danger);
    m_errorStyle.setPaper(colours.surface);
    m_warningStyle.setFont(small);
    m_warningStyle.setColor(colours.textMuted);
    m_warningStyle.setPaper(colours.surface);
    annotate();
}

void ProblemMarks::setProblems(std::vector<Diagnostic> problems)
{
    m_problems = std::move(problems);
    underline();
    annotate();
}

void ProblemMarks::setCaretLine(int line)
{
    if (line == m_caretLine)
        return;
    m_caretLine = line;
    annotate();
}

void ProblemMarks::underline()
{
    const auto length = static_cast<std::uint32_t>(m_editor.length());
    for (const Severity severity : {Severity::Error, Severity::Warning, Severity::Hint}) {
        m_editor.SendScintilla(QsciScintilla::SCI_SETINDICATORCURRENT, indicatorOf(severity));
        m_editor.SendScintilla(
            QsciScintilla::SCI_INDICATORCLEARRANGE, 0UL, static_cast<long>(length));
        for (const Diagnostic& problem : m_problems) {
            if (problem.severity != severity || problem.offset >= length)
                continue;
            const std::uint32_t marked =
                std::clamp<std::uint32_t>(problem.length, 1, length - problem.offset);
            m_editor.SendScintilla(QsciScintilla::SCI_INDICATORFILLRANGE,
                static_cast<unsigned long>(problem.offset), static_cast<long>(marked));
        }
    }
}

void ProblemMarks::annotate()
{
    std::map<int, const Diagnostic*> worst;
    for (const Diagnostic& problem : m_problems) {
        const int line = static_cast<int>(problem.line) - 1;
        if (problem.severity == Severity::Hint || line == m_caretLine || line >= m_editor.lines())
            continue;
        const Diagnostic*& shown = worst[line];
        if (shown == nullptr || problem.severity < shown->severity)
            shown = &problem;
    }
    m_editor.clearAnnotations();
    for (const auto& [line, problem] : worst) {
        const QString indent(m_editor.indentation(line), u' ');
        const bool isError = problem->severity == Severity::Error;
        m_editor.annotate(line, indent + QString::fromStdString(problem->message),
            isError ? m_errorStyle : m_warningStyle);
    }
}

std::vector<Diagnostic> ProblemMarks::problemsOf(int line) const
{
    std::vector<Diagnostic> found;
    for (const Diagnostic& problem : m_problems)
        if (static_cast<int>(problem.line) - 1 == line)
            found.push_back(problem);
    return found;
}

const Diagnostic* ProblemMarks::problemAt(int position) const
{
    const auto at = static_cast<std::uint32_t>(position);
    for (const Diagnostic& problem : m_problems)
        if (at >= problem.offset
            && at < problem.offset + std::max<std::uint32_t>(problem.length, 1))
            return &problem;
    return nullptr;
}

} // namespace heddle::widgets
