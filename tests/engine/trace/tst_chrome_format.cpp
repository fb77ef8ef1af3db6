// SPDX-License-Identifier: GPL-3.0-only
#include "engine/model/trace/perfetto_format.h"
#include "engine/model/trace/track.h"
#include "tests/engine/trace/event_script.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace heddle;

namespace {

QJsonObject saved(const Trace& trace)
{
    QTemporaryDir directory;
    const QString path = directory.filePath("trace.json");
    if (!saveChromeJson(trace, path.toStdString()))
        return {};
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll()).object();
}

} // namespace

class TestChromeFormat : public QObject
{
    Q_OBJECT

private slots:
    void everythingIsInTheFile()
    {
        const auto trace = randomTrace(4, 100);

        const QJsonArray events = saved(*trace)["traceEvents"].toArray();

        std::map<QString, std::size_t> counts;
        for (const auto& event : events)
            ++counts[event.toObject()["ph"].toString()];
        std::size_t slices = 0;
        std::size_t samples = 0;
        std::size_t moments = 0;
        for (const Lane& lane : trace->lanes()) {
            moments += trace->momentCount(lane.id);
            for (const TrackId id : lane.tracks) {
                slices += trace->track(id)->sliceCount();
                samples += trace->track(id)->sampleCount();
            }
        }
        QCOMPARE(counts["X"], slices);
        QCOMPARE(counts["C"], samples);
        QCOMPARE(counts["i"], moments);
        QCOMPARE(counts["s"], trace->edgeCount());
        QCOMPARE(counts["f"], trace->edgeCount());
        QVERIFY(counts["M"] > 8);
    }

    void nanosecondsAndNamesAreExact()
    {
        TraceBuilder builder;
        builder.defineName({1}, "quote \" backslash \\ tab \t broken \xff end");
        const LaneId lane = builder.addLane({});
        const TrackId track = builder.addTrack(lane, TrackKind::Section, 0);
        Slice slice;
        slice.begin = 1'234'567;
        slice.end = 1'234'570;
        slice.name = {1};
        slice.state = State::Section;
        builder.addSlice(track, slice);
        builder.finish();

        const QJsonArray events = saved(*builder.trace())["traceEvents"].toArray();

        const QJsonObject event = events.last().toObject();
        QCOMPARE(event["ts"].toDouble(), 1234.567);
        QCOMPARE(event["dur"].toDouble(), 0.003);
        QCOMPARE(
            event["name"].toString(), QString("quote \" backslash \\ tab \t broken \ufffd end"));
        QCOMPARE(event["cat"].toString(), QString("section"));
    }

    void anOutputThatCannotBeWrittenIsAnErrorWithItsPath()
    {
        const auto result = saveChromeJson(*randomTrace(1, 3), "/no/such/place.json");

        QVERIFY(!result);
        QVERIFY(result.error().text().find("/no/such/place.json") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestChromeFormat)
#include "tst_chrome_format.moc"
