// SPDX-License-Identifier: GPL-3.0-only
#include "app/screenshot.h"

#include "app/main_window.h"
#include "widgets/editor/program_editor.h"
#include "widgets/explorer/explorer_panel.h"
#include "widgets/explorer/state_graph_view.h"
#include "widgets/explorer/verdict_view.h"

#include <QApplication>
#include <QPixmap>
#include <QSettings>
#include <QTabWidget>

#include <algorithm>

namespace heddle::app {

namespace {

// Tiles, charts and statistics are worked out aside; nothing says when the last of them is there.
constexpr int kSettleMilliseconds = 900;
constexpr int kLimitMilliseconds = 20'000;

QString wished(const char* name, const QString& otherwise)
{
    const QString value = qEnvironmentVariable(name);
    return value.isEmpty() ? otherwise : value;
}

} // namespace

std::optional<ScreenshotWish> ScreenshotWish::fromEnvironment()
{
    ScreenshotWish wish;
    wish.file = qEnvironmentVariable("HEDDLE_SCREENSHOT");
    if (wish.file.isEmpty())
        return std::nullopt;
    wish.theme = wished("HEDDLE_SCREENSHOT_THEME", wish.theme);
    wish.language = wished("HEDDLE_SCREENSHOT_LANGUAGE", wish.language);
    wish.show = wished("HEDDLE_SCREENSHOT_SHOW", wish.show);
    const QStringList size = qEnvironmentVariable("HEDDLE_SCREENSHOT_SIZE").split(u'x');
    if (size.size() == 2)
        wish.size = QSize(size[0].toInt(), size[1].toInt()).expandedTo({320, 240});
    return wish;
}

ScreenshotSettings::ScreenshotSettings(const ScreenshotWish& wish)
{
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
    Settings().setLanguage(wish.language);
}

Screenshot::Screenshot(MainWindow& window, ScreenshotWish wish)
    : m_window(window)
    , m_wish(std::move(wish))
{
    const bool isDark = m_wish.theme == QStringLiteral("dark");
    window.theme().setChoice(isDark ? widgets::SchemeChoice::Dark : widgets::SchemeChoice::Light);
    window.resize(m_wish.size);
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, &Screenshot::take);
    m_limit.start(kLimitMilliseconds);
    QTimer::singleShot(kSettleMilliseconds, this, &Screenshot::begin);
}

void Screenshot::begin()
{
    const bool isWatched = m_wish.show == QStringLiteral("watch");
    const bool isExplored =
        QStringList{QStringLiteral("explore"), QStringLiteral("verdict"), QStringLiteral("states")}
            .contains(m_wish.show);
    m_window.docks().arrange(isWatched ? Layout::Watch
            : isExplored               ? Layout::Explore
                                       : Layout::Compose);
    if (isExplored)
        explore();
    else if (isWatched || m_wish.show == QStringLiteral("run"))
        run();
    else if (m_wish.show == QStringLiteral("problems"))
        showProblems();
    else
        settle(kSettleMilliseconds);
}

void Screenshot::run()
{
    connect(
        &m_window.runs(), &RunController::deadlockFound, this,
        [this] { settle(kSettleMilliseconds / 3); }, Qt::SingleShotConnection);
    connect(
        &m_window.runs(), &RunController::ended, this, [this] { settle(kSettleMilliseconds); },
        Qt::SingleShotConnection);
    m_window.docks().bringUp(Panel::Charts);
    m_window.run();
}

/// The verdict over all schedules, or the end of the first witness in the hands of a person.
void Screenshot::explore()
{
    connect(
        &m_window.explorer().searches(), &ExploreController::explored, this,
        [this](const ExplorationReport& report) {
            const auto shown = std::find_if(report.expectations.begin(), report.expectations.end(),
                [](const ExploredExpectation& each) { return each.witness.has_value(); });
            widgets::ExplorerPanel& panel = m_window.docks().explorer();
            if (m_wish.show == QStringLiteral("states"))
                panel.tabs().setCurrentWidget(&panel.graph());
            if (m_wish.show != QStringLiteral("verdict") && shown != report.expectations.end())
                emit panel.verdict().witnessWanted(
                    static_cast<int>(shown - report.expectations.begin()));
            settle(kSettleMilliseconds);
        },
        Qt::SingleShotConnection);
    m_window.explorer().explore();
}

void Screenshot::showProblems()
{
    QString text = m_window.editor().text();
    text.replace(QStringLiteral("unlock"), QStringLiteral("unlok"));
    m_window.editor().replaceText(text);
    m_window.docks().bringUp(Panel::Problems);
    settle(kSettleMilliseconds);
}

void Screenshot::settle(int milliseconds) const
{
    QTimer::singleShot(milliseconds, this, &Screenshot::take);
}

void Screenshot::take()
{
    disconnect(&m_window.runs(), nullptr, this, nullptr);
    m_limit.stop();
    const bool isWritten = m_window.grab().save(m_wish.file, "PNG");
    if (!isWritten)
        qWarning("heddle: cannot write %s", qPrintable(m_wish.file));
    m_window.editor().setModified(false);
    m_window.close();
    QApplication::exit(isWritten ? 0 : 6);
}

} // namespace heddle::app
