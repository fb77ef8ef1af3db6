// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QObject>
#include <QSize>
#include <QString>
#include <QTemporaryDir>
#include <QTimer>

#include <optional>

namespace heddle::app {

class MainWindow;

/// What the picture of the window is to show, as the environment says.
///
/// HEDDLE_SCREENSHOT names the file; HEDDLE_SCREENSHOT_SIZE (1280x720), HEDDLE_SCREENSHOT_THEME
/// (light, dark), HEDDLE_SCREENSHOT_LANGUAGE (de) and HEDDLE_SCREENSHOT_SHOW (start, run, watch,
/// problems, explore, verdict, states) say the rest.
struct ScreenshotWish
{
    QString file;
    QSize size{1600, 1000};
    QString theme = QStringLiteral("light");
    QString language = QStringLiteral("en");
    QString show = QStringLiteral("start");

    [[nodiscard]] static std::optional<ScreenshotWish> fromEnvironment();
};

/// Makes all settings come from (and go to) an empty folder, so that pictures are the same everywhere.
class ScreenshotSettings
{
public:
    explicit ScreenshotSettings(const ScreenshotWish& wish);

private:
    QTemporaryDir m_folder;
};

/// Brings the window into the state that a picture is wanted of, takes it, and ends the application.
///
/// Threads: the GUI thread.
class Screenshot : public QObject
{
    Q_OBJECT

public:
    Screenshot(MainWindow& window, ScreenshotWish wish);

private:
    void begin();
    void run();
    void showProblems();
    void explore();
    void settle(int milliseconds) const;
    void take();

    MainWindow& m_window;
    ScreenshotWish m_wish;
    QTimer m_limit;
};

} // namespace heddle::app
