// SPDX-License-Identifier: GPL-3.0-only
#include "engine/model/program/completion.h"
#include "engine/model/program/parser.h"
#include "widgets/editor/call_tip.h"
#include "widgets/editor/program_editor.h"

#include <QMenu>

// What the editor does for who writes in it: fixes, comments, completion and call tips.

namespace heddle::widgets {

namespace {

constexpr int kCompletionThreshold = 2;

} // namespace

void ProgramEditor::applyFix(const Fix& fix)
{
    beginUndoAction();
    SendScintilla(SCI_SETTARGETRANGE, static_cast<unsigned long>(fix.offset),
        static_cast<long>(fix.offset) + static_cast<long>(fix.length));
    SendScintilla(SCI_REPLACETARGET, static_cast<unsigned long>(fix.replacement.size()),
        fix.replacement.c_str());
    endUndoAction();
    goToOffset(fix.offset + static_cast<std::uint32_t>(fix.replacement.size()));
}

void ProgramEditor::applyFixHere()
{
    std::vector<Diagnostic> fixable;
    std::size_t fixes = 0;
    for (const Diagnostic& problem : m_problems.problemsOf(caretLine() - 1)) {
        fixes += problem.fixes.size();
        if (!problem.fixes.empty())
            fixable.push_back(problem);
    }
    if (fixes == 1) {
        const Fix fix = fixable.front().fixes.front();
        applyFix(fix);
    } else if (fixes > 1) {
        const auto caret = SendScintilla(SCI_GETCURRENTPOS);
        const QPoint point(static_cast<int>(SendScintilla(SCI_POINTXFROMPOSITION, 0UL, caret)),
            static_cast<int>(SendScintilla(SCI_POINTYFROMPOSITION, 0UL, caret)) + textHeight(0));
        offerFixes(fixable, viewport()->mapToGlobal(point));
    } else {
        emit messageChanged(tr("There is nothing to mend in this line."));
    }
}

void ProgramEditor::offerFixes(
    const std::vector<Diagnostic>& problems, const QPoint& globalPosition)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const Diagnostic& problem : problems)
        for (const Fix& fix : problem.fixes)
            menu->addAction(
                QString::fromStdString(fix.title), this, [this, fix] { applyFix(fix); });
    menu->popup(globalPosition);
    menu->setActiveAction(menu->actions().constFirst());
}

void ProgramEditor::toggleComment()
{
    int first = 0;
    int last = 0;
    int ignored = 0;
    int lastIndex = 0;
    getSelection(&first, &ignored, &last, &lastIndex);
    if (first < 0)
        first = last = caretLine() - 1;
    else if (lastIndex == 0 && last > first)
        --last;
    bool isCommented = true;
    for (int line = first; line <= last; ++line)
        isCommented = isCommented
            && (text(line).trimmed().isEmpty() || text(line).trimmed().startsWith(u'#'));
    beginUndoAction();
    for (int line = first; line <= last; ++line) {
        if (text(line).trimmed().isEmpty())
            continue;
        const int column = indentation(line);
        if (isCommented) {
            const int marks = text(line).mid(column).startsWith(QStringLiteral("# ")) ? 2 : 1;
            setSelection(line, column, line, column + marks);
            removeSelectedText();
        } else {
            insertAt(QStringLiteral("# "), line, column);
        }
    }
    endUndoAction();
}

QString ProgramEditor::caretWord() const
{
    int line = 0;
    int index = 0;
    getCursorPosition(&line, &index);
    const QString before = text(line).left(index);
    qsizetype begin = before.size();
    while (begin > 0 && (before[begin - 1].isLetterOrNumber() || before[begin - 1] == u'_'))
        --begin;
    return before.mid(begin);
}

void ProgramEditor::complete()
{
    const auto position = static_cast<std::uint32_t>(SendScintilla(SCI_GETCURRENTPOS));
    const ParsedProgram parsed = parseProgram(text().toStdString());
    std::string candidates;
    for (const Completion& completion : completions(*parsed.tree, position))
        candidates += (candidates.empty() ? "" : "\n") + completion.text;
    if (!candidates.empty())
        SendScintilla(SCI_AUTOCSHOW, static_cast<unsigned long>(caretWord().toUtf8().size()),
            candidates.c_str());
}

void ProgramEditor::showCallTip()
{
    int line = 0;
    int index = 0;
    getCursorPosition(&line, &index);
    const QByteArray tip = callTipFor(text(line).left(index)).toUtf8();
    const auto position = static_cast<unsigned long>(SendScintilla(SCI_GETCURRENTPOS));
    if (!tip.isEmpty())
        SendScintilla(SCI_CALLTIPSHOW, position, tip.constData());
}

void ProgramEditor::typed(int character)
{
    if (SendScintilla(SCI_AUTOCACTIVE) != 0)
        return;
    if (character == ' ' || character == '(')
        showCallTip();
    else if (caretWord().size() >= kCompletionThreshold)
        complete();
}

} // namespace heddle::widgets
