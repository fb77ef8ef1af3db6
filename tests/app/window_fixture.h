// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "app/main_window.h"
#include "widgets/editor/program_editor.h"

#include <QDir>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace heddle::app {

/// A window with settings of its own, that begin empty.
class WindowFixture
{
public:
    WindowFixture()
    {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
        Settings().setLanguage(QStringLiteral("en"));
        m_window = std::make_unique<MainWindow>(
            MainWindow::Options{.executable = QStringLiteral(HEDDLE_EXECUTABLE),
                .recoveryFolder = m_folder.filePath(QStringLiteral("recovery"))});
        m_window->resize(1280, 720);
        m_window->show();
        m_window->activateWindow(); // keys of menus work in the active window only
        if (!QTest::qWaitForWindowActive(m_window.get()))
            qWarning("the window did not become active");
    }
    ~WindowFixture() { m_window->editor().setModified(false); }

    [[nodiscard]] MainWindow& operator*() const { return *m_window; }
    [[nodiscard]] MainWindow* operator->() const { return m_window.get(); }
    [[nodiscard]] QString filePath(const QString& name) const { return m_folder.filePath(name); }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace heddle::app
