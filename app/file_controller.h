// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "app/documents.h"
#include "app/recovery.h"
#include "app/settings.h"

#include <QObject>

class QWidget;

namespace heddle::widgets {
class ProgramEditor;
}

namespace heddle::app {

/// New, open, save: moves texts between files, gallery and editor, and never loses one without asking.
///
/// Threads: the GUI thread.
class FileController : public QObject
{
    Q_OBJECT

public:
    FileController(widgets::ProgramEditor& editor, Settings& settings,
        const QString& recoveryFolder, QWidget* window);

    [[nodiscard]] Document& document() { return m_document; }
    [[nodiscard]] static bool isTrace(const QString& path); ///< by its extension

    void newProgram();
    void askAndOpen();

    /// A program, or a trace by its extension. Result: whether a program was opened, or a trace is read.
    bool openPath(const QString& path);

    /// Asks about unsaved changes first, as the trace brings its own program or none. Result: whether it
    /// is read.
    bool openTrace(const QString& path);

    /// A trace is shown: the editor gets the program that it was recorded from, by its name in the
    /// gallery or its path if that is still the same text. Without `text` there is no program.
    void showProgramOf(const QString& tracePath, const QString& name, const QString& text);
    bool openGallery(const QString& id);

    /// A path or the id of a gallery program.
    bool open(const QString& pathOrId);

    bool save();
    bool saveAs();

    /// Asks about unsaved changes. Result: whether the text may go.
    bool mayDiscard();

    /// Takes over what a crashed window left behind; whether there was something.
    bool recover();

    /// The text has been given up or saved for good: the window closes.
    void finish();

signals:
    /// Another text is in the editor.
    void opened();
    void traceWanted(const QString& path);
    void failed(const heddle::Error& error, const QString& subject);
    void recentChanged();
    void noted(const QString& message);

private:
    bool saveTo(const QString& path);
    void setText(const QString& text);
    void noteChange();

    widgets::ProgramEditor& m_editor;
    Settings& m_settings;
    QWidget* m_window;
    Document m_document;
    Recovery m_recovery;
};

} // namespace heddle::app
