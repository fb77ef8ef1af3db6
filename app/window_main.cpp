// SPDX-License-Identifier: GPL-3.0-only
#include "app/window_main.h"

#include "app/main_window.h"
#include "app/screenshot.h"

#include <QApplication>
#include <QDir>
#include <QStandardPaths>

#include <memory>

namespace heddle::app {

namespace {

void nameApplication()
{
    QCoreApplication::setOrganizationName(QStringLiteral("heddle"));
    QCoreApplication::setApplicationName(QStringLiteral("Heddle"));
    QCoreApplication::setApplicationVersion(QStringLiteral(HEDDLE_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("heddle"));
}

} // namespace

int runWindow(int& argumentCount, char** arguments, const std::string& file)
{
    QApplication application(argumentCount, arguments);
    nameApplication();
    const auto wish = ScreenshotWish::fromEnvironment();
    const auto settings = wish ? std::make_unique<ScreenshotSettings>(*wish) : nullptr;
    const QString data = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    MainWindow window({.executable = QCoreApplication::applicationFilePath(),
        .recoveryFolder = QDir(data).filePath(QStringLiteral("recovery"))});
    window.show();
    window.openFirst(QString::fromStdString(file));
    const auto screenshot = wish ? std::make_unique<Screenshot>(window, *wish) : nullptr;
    return QApplication::exec();
}

} // namespace heddle::app
