// SPDX-License-Identifier: GPL-3.0-only
// Writes pictures of the timeline and the charts into a folder, to be looked at.
#include "tests/widgets/trace_samples.h"
#include "widgets/charts/charts_widget.h"
#include "widgets/shared/theme.h"
#include "widgets/shared/timeline_range.h"
#include "widgets/shared/trace_document.h"
#include "widgets/timeline/timeline_canvas.h"
#include "widgets/timeline/timeline_query.h"
#include "widgets/timeline/timeline_widget.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTest>

using namespace heddle;
using namespace heddle::widgets;

namespace {

struct Shot
{
    QString name;
    std::int64_t begin;
    std::int64_t end;
    QSize size;
};

void shoot(TimelineWidget& timeline, TimelineRange& range, const Shot& shot, const QString& folder)
{
    timeline.resize(shot.size);
    range.setVisible(std::chrono::nanoseconds{shot.begin}, std::chrono::nanoseconds{shot.end});
    for (int round = 0; round < 4; ++round) {
        timeline.grab();
        QTest::qWait(60);
    }
    timeline.grab().save(folder + QLatin1Char('/') + shot.name + QStringLiteral(".png"));
}

void shootCharts(TraceDocument& document, TimelineRange& range, const QString& path)
{
    ChartsWidget charts(document, range);
    charts.resize(1280, 240);
    charts.show();
    QTest::qWait(400);
    charts.grab().save(path);
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const QString folder = application.arguments().value(1, QStringLiteral("."));
    Theme theme(SchemeChoice::Light);
    TraceDocument document;
    TimelineRange range;
    range.attachTo(document);
    TimelineWidget timeline(document, range);
    timeline.resize(1280, 720);
    timeline.show();
    timeline.grab().save(folder + QStringLiteral("/empty.png"));
    document.setTrace(tests::philosophersTrace());
    const std::int64_t end = document.trace()->end();
    for (const SchemeChoice choice : {SchemeChoice::Light, SchemeChoice::Dark}) {
        theme.setChoice(choice);
        const QString suffix =
            choice == SchemeChoice::Light ? QStringLiteral("light") : QStringLiteral("dark");
        range.clearSelection();
        shoot(timeline, range, {QStringLiteral("whole-") + suffix, 0, end, {1280, 720}}, folder);
        range.setCursor(std::chrono::nanoseconds{end / 2});
        range.setSelection(
            {std::chrono::nanoseconds{end / 2}, std::chrono::nanoseconds{end / 2 + end / 20},
                lanesBetween(timeline.canvas().view().scene().layout, 60, 200)});
        timeline.canvas().selectNext();
        shoot(timeline, range,
            {QStringLiteral("close-") + suffix, end * 4 / 10, end * 6 / 10, {1280, 720}}, folder);
        shoot(timeline, range, {QStringLiteral("big-") + suffix, 0, end / 2, {2560, 1440}}, folder);
    }
    range.showAll();
    shootCharts(document, range, folder + QStringLiteral("/charts-dark.png"));
    theme.setChoice(SchemeChoice::Light);
    shootCharts(document, range, folder + QStringLiteral("/charts-light.png"));
    document.setTrace(nullptr);
    shootCharts(document, range, folder + QStringLiteral("/charts-empty.png"));
    document.setTrace(tests::largeTrace(24, 40'000));
    shoot(timeline, range, {QStringLiteral("large-light"), 0, document.trace()->end(), {1280, 720}},
        folder);
    theme.setChoice(SchemeChoice::Dark);
    shoot(timeline, range,
        {QStringLiteral("large-dark"), 0, document.trace()->end() / 300, {1280, 720}}, folder);
    return 0;
}
