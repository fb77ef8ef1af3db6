// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/editor/program_editor.h"

#include "widgets/editor/program_completion.h"
#include "widgets/editor/program_lexer.h"

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QEvent>
#include <QFontDatabase>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QToolTip>

namespace heddle::widgets {

namespace {

constexpr int kIndentWidth = 4;
constexpr int kFoldMargin = 2;
constexpr int kFirstFoldMarker = 25; // SC_MARKNUM_FOLDEREND
constexpr int kLastFoldMarker = 31; // SC_MARKNUM_FOLDEROPEN
constexpr int kCompletionThreshold = 2;

} // namespace

ProgramEditor::ProgramEditor(QWidget* parent)
    : QsciScintilla(parent)
    , m_lexer(new ProgramLexer(this))
    , m_problems(*this)
    , m_actors(*this)
{
    setUtf8(true);
    setEolMode(QsciScintilla::EolUnix);
    setLexer(m_lexer);
    buildMargins();
    buildIndentation();
    applyScheme();
    connectSignals();
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(tr("Text of the program"));
}

ProgramEditor::~ProgramEditor()
{
    setLexer(nullptr);
}

void ProgramEditor::buildMargins()
{
    setMarginType(0, QsciScintilla::NumberMargin);
    setMarginWidth(0, QStringLiteral("0000"));
    setFolding(QsciScintilla::PlainFoldStyle, kFoldMargin);
    setMarginWidth(kFoldMargin, 14);
    setCaretLineVisible(true);
    setCaretWidth(2);
    SendScintilla(SCI_SETSCROLLWIDTHTRACKING, 1UL);
    SendScintilla(SCI_SETSCROLLWIDTH, 1UL);
    SendScintilla(SCI_SETEXTRAASCENT, 1UL);
    SendScintilla(SCI_SETEXTRADESCENT, 1UL);
    SendScintilla(SCI_SETENDATLASTLINE, 0UL);
    setScrollWidth(1);
}

void ProgramEditor::buildIndentation()
{
    setTabWidth(kIndentWidth);
    setIndentationWidth(kIndentWidth);
    setIndentationsUseTabs(false);
    setTabIndents(true);
    setBackspaceUnindents(true);
    setAutoIndent(false);
    setIndentationGuides(true);
    setBraceMatching(QsciScintilla::SloppyBraceMatch);
    setAutoCompletionSource(QsciScintilla::AcsNone);
    SendScintilla(SCI_AUTOCSETIGNORECASE, 1UL);
    SendScintilla(SCI_AUTOCSETSEPARATOR, static_cast<unsigned long>('\n'));
    SendScintilla(SCI_AUTOCSETMAXHEIGHT, 12UL);
    // Ctrl+L, Ctrl+T and the like of Scintilla would shadow the window's own keys.
    for (const int key : {'L', 'T', 'D', 'U', '/'})
        SendScintilla(SCI_CLEARCMDKEY, static_cast<unsigned long>(key + (SCMOD_CTRL << 16)));
}

void ProgramEditor::connectSignals()
{
    connect(this, &QsciScintilla::cursorPositionChanged, this,
        [this](int line, int) { caretMoved(line); });
    connect(this, &QsciScintillaBase::SCN_CHARADDED, this, &ProgramEditor::typed);
    connect(this, &QsciScintilla::indicatorClicked, this,
        [this](int line, int index, Qt::KeyboardModifiers) {
            const Diagnostic* problem = m_problems.problemAt(positionFromLineIndex(line, index));
            if (problem != nullptr && !problem->fixes.empty())
                offerFixes({*problem}, QCursor::pos());
        });
}

void ProgramEditor::applyScheme()
{
    const ColourScheme scheme = schemeOf(palette());
    const ThemeColours& colours = themeColours(scheme);
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(std::max(font.pointSizeF(), 10.0));
    m_lexer->setScheme(scheme, font);
    setPaper(colours.surface);
    setMarginsFont(font);
    setMarginsBackgroundColor(colours.surfaceRaised);
    setMarginsForegroundColor(colours.textMuted);
    setFoldMarginColors(colours.surfaceRaised, colours.surfaceRaised);
    for (int marker = kFirstFoldMarker; marker <= kLastFoldMarker; ++marker) {
        setMarkerForegroundColor(colours.textMuted, marker);
        setMarkerBackgroundColor(colours.textMuted, marker);
    }
    setCaretForegroundColor(colours.text);
    QColor caretLineColour = colours.accent;
    caretLineColour.setAlpha(scheme == ColourScheme::Dark ? 34 : 22);
    setCaretLineBackgroundColor(caretLineColour);
    QColor selection = colours.accent;
    selection.setAlpha(96);
    setSelectionBackgroundColor(selection);
    resetSelectionForegroundColor();
    setIndentationGuidesForegroundColor(colours.border);
    setIndentationGuidesBackgroundColor(colours.surface);
    setMatchedBraceBackgroundColor(colours.surfaceRaised);
    setMatchedBraceForegroundColor(colours.accent);
    setUnmatchedBraceForegroundColor(colours.danger);
    setUnmatchedBraceBackgroundColor(colours.surface);
    setCallTipsBackgroundColor(colours.surfaceRaised);
    setCallTipsForegroundColor(colours.text);
    setCallTipsHighlightColor(colours.accent);
    m_problems.setScheme(scheme, font);
    m_actors.setScheme(scheme, font);
}

void ProgramEditor::setProblems(std::vector<Diagnostic> problems)
{
    m_problems.setProblems(std::move(problems));
    caretMoved(caretLine() - 1);
}

void ProgramEditor::setActorPositions(std::vector<ActorPosition> positions)
{
    m_actors.setPositions(std::move(positions));
}

void ProgramEditor::replaceText(const QString& newText)
{
    const int line = caretLine();
    const QByteArray bytes = newText.toUtf8();
    beginUndoAction();
    SendScintilla(SCI_SETTARGETRANGE, 0UL, static_cast<long>(length()));
    SendScintilla(SCI_REPLACETARGET, static_cast<unsigned long>(bytes.size()), bytes.constData());
    endUndoAction();
    setCursorPosition(std::min(line, lines()) - 1, 0);
}

void ProgramEditor::applyFix(const Fix& fix)
{
    beginUndoAction();
    SendScintilla(SCI_SETTARGETRANGE, static_cast<unsigned long>(fix.offset),
        static_cast<long>(fix.offset + fix.length));
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

int ProgramEditor::caretLine() const
{
    int line = 0;
    int index = 0;
    getCursorPosition(&line, &index);
    return line + 1;
}

void ProgramEditor::goToLine(int line)
{
    setCursorPosition(std::clamp(line, 1, std::max(1, lines())) - 1, 0);
    SendScintilla(SCI_VERTICALCENTRECARET);
}

void ProgramEditor::revealLine(int line)
{
    const int first = static_cast<int>(SendScintilla(SCI_GETFIRSTVISIBLELINE));
    const int shown = static_cast<int>(SendScintilla(SCI_LINESONSCREEN));
    const int wanted = static_cast<int>(
        SendScintilla(SCI_VISIBLEFROMDOCLINE, static_cast<unsigned long>(line - 1)));
    if (line > 0 && (wanted < first || wanted >= first + shown))
        SendScintilla(
            SCI_SETFIRSTVISIBLELINE, static_cast<unsigned long>(std::max(0, wanted - shown / 2)));
}

void ProgramEditor::goToOffset(std::uint32_t offset)
{
    SendScintilla(SCI_GOTOPOS, static_cast<unsigned long>(offset));
    ensureCursorVisible();
}

void ProgramEditor::caretMoved(int line)
{
    m_problems.setCaretLine(line);
    QStringList messages;
    for (const Diagnostic& problem : m_problems.problemsOf(line))
        if (problem.severity != Severity::Hint)
            messages.append(QString::fromStdString(problem.message));
    emit messageChanged(messages.join(u' '));
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
    const QByteArray candidates =
        completionList(text().toStdString(), position).join(u'\n').toUtf8();
    if (!candidates.isEmpty())
        SendScintilla(SCI_AUTOCSHOW, static_cast<unsigned long>(caretWord().toUtf8().size()),
            candidates.constData());
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

void ProgramEditor::insertIndentedLine()
{
    int line = 0;
    int index = 0;
    getCursorPosition(&line, &index);
    const QString before = text(line).left(index);
    const int deeper = before.trimmed().endsWith(u':') ? kIndentWidth : 0;
    const int blanks = std::min(indentation(line), index) + deeper;
    beginUndoAction();
    removeSelectedText();
    const QByteArray inserted = '\n' + QByteArray(blanks, ' ');
    SendScintilla(SCI_REPLACESEL, inserted.constData());
    endUndoAction();
    ensureCursorVisible();
}

void ProgramEditor::keyPressEvent(QKeyEvent* event)
{
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const bool choosesFromList = SendScintilla(SCI_AUTOCACTIVE) != 0;
    if (isReturn && event->modifiers() == Qt::NoModifier && !choosesFromList && !isReadOnly()) {
        insertIndentedLine();
        return;
    }
    QsciScintilla::keyPressEvent(event);
}

void ProgramEditor::changeEvent(QEvent* event)
{
    QsciScintilla::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyScheme();
    if (event->type() == QEvent::LanguageChange)
        setAccessibleName(tr("Text of the program"));
}

bool ProgramEditor::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        showToolTip(viewport()->mapFrom(this, help->pos()), help->globalPos());
        return true;
    }
    return QsciScintilla::event(event);
}

void ProgramEditor::showToolTip(const QPoint& position, const QPoint& globalPosition)
{
    const auto byte = static_cast<int>(SendScintilla(SCI_POSITIONFROMPOINT,
        static_cast<unsigned long>(position.x()), static_cast<long>(position.y())));
    const int line =
        static_cast<int>(SendScintilla(SCI_LINEFROMPOSITION, static_cast<unsigned long>(byte)));
    const int margins = marginWidth(0) + marginWidth(ActorMarks::kMargin);
    const QString actors = m_actors.actorsIn(line);
    const Diagnostic* problem = m_problems.problemAt(byte);
    if (position.x() < margins && !actors.isEmpty())
        QToolTip::showText(globalPosition, tr("In line %1: %2").arg(line + 1).arg(actors), this);
    else if (problem != nullptr && problem->fixes.empty())
        QToolTip::showText(globalPosition, QString::fromStdString(problem->message), this);
    else if (problem != nullptr)
        QToolTip::showText(globalPosition,
            tr("%1\nAlt+Enter: %2")
                .arg(QString::fromStdString(problem->message),
                    QString::fromStdString(problem->fixes.front().title)),
            this);
    else
        QToolTip::hideText();
}

void ProgramEditor::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasUrls())
        event->ignore(); // a file is for the window to open
    else
        QsciScintilla::dragEnterEvent(event);
}

void ProgramEditor::dropEvent(QDropEvent* event)
{
    if (event->mimeData()->hasUrls())
        event->ignore();
    else
        QsciScintilla::dropEvent(event);
}

} // namespace heddle::widgets
