// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/program/diagnostic.h"
#include "widgets/editor/actor_marks.h"
#include "widgets/editor/problem_marks.h"

#include <Qsci/qsciscintilla.h>

#include <vector>

namespace heddle::widgets {

class ProgramLexer;

/// The text of a program: coloured, checked, completed; shows the current line of every actor.
///
/// It shows diagnostics that it is given; who compiles the text listens to textChanged().
class ProgramEditor : public QsciScintilla
{
    Q_OBJECT

public:
    explicit ProgramEditor(QWidget* parent = nullptr);
    ~ProgramEditor() override;

    void setProblems(std::vector<Diagnostic> problems);
    void setActorPositions(std::vector<ActorPosition> positions);

    /// Replaces the text as one step that can be undone; the caret stays in its line.
    void replaceText(const QString& text);

    void applyFix(const Fix& fix);

    /// Applies the fix of the caret's line; asks which, if there are several.
    void applyFixHere();

    void toggleComment();

    /// Puts the caret into a line, from 1, and scrolls it into the middle.
    void goToLine(int line);
    /// Scrolls a line, from 1, into view; the caret stays where it is.
    void revealLine(int line);
    void goToOffset(std::uint32_t offset);

    /// What could stand at the caret, as a list to choose from.
    void complete();
    void showCallTip();

    [[nodiscard]] const ProblemMarks& problemMarks() const { return m_problems; }
    [[nodiscard]] const ActorMarks& actorMarks() const { return m_actors; }

    /// The caret's line, from 1.
    [[nodiscard]] int caretLine() const;

signals:
    /// The message of a problem at the caret, or empty.
    void messageChanged(const QString& message);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;

private:
    void buildMargins();
    void buildIndentation();
    void connectSignals();
    void applyScheme();
    void showToolTip(const QPoint& position, const QPoint& globalPosition);
    void caretMoved(int line);
    void offerFixes(const std::vector<Diagnostic>& problems, const QPoint& globalPosition);
    void insertIndentedLine();
    void typed(int character);
    [[nodiscard]] QString caretWord() const;

    ProgramLexer* m_lexer;
    ProblemMarks m_problems;
    ActorMarks m_actors;
};

} // namespace heddle::widgets
