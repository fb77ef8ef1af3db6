// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/editor/program_editor.h"

#include "widgets/editor/program_lexer.h"

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QEvent>
#include <QFontDatabase>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QToolTip>

namespace heddle::widgets {

namespace {

constexpr int kIndentWidth = 4;
constexpr int kFoldMargin = 2;
constexpr int kFirstFoldMarker = 25; // SC_MARKNUM_FOLDEREND
constexpr int kLastFoldMarker = 31; // SC_MARKNUM_FOLDEROPEN

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
    SendScintilla(SCI_AUTOCSETORDER, static_cast<unsigned long>(SC_ORDER_CUSTOM)); // best first
    // Ctrl+L, Ctrl+T and the like of Scintilla would shadow the window's own keys.
    for (const char16_t key : {u'L', u'T', u'D', u'U', u'/'})
        SendScintilla(SCI_CLEARCMDKEY,
            static_cast<unsigned long>(key) + (static_cast<unsigned long>(SCMOD_CTRL) << 16));
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
        const auto number = static_cast<unsigned long>(marker);
        SendScintilla(SCI_MARKERSETFORE, number, colours.textMuted);
        SendScintilla(SCI_MARKERSETBACK, number, colours.textMuted);
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
