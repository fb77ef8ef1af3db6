// SPDX-License-Identifier: GPL-3.0-only
#include "engine/model/trace/perfetto_format.h"
#include "engine/model/trace/track.h"
#include "tests/engine/trace/event_script.h"
#include "tests/engine/trace/trace_text.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <random>

#include <protozero/pbf_writer.hpp>

using namespace heddle;
using protozero::pbf_writer;

namespace {

QByteArray bytesOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void put(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), qint64(bytes.size()));
}

/// A packet as another tool writes it.
struct ForeignEvent
{
    std::uint64_t time = 0;
    std::uint32_t type = 0;
    std::uint64_t track = 0;
    std::string name;
    std::int64_t counter = 0;
};

void addPacket(std::string& out, const ForeignEvent& added)
{
    pbf_writer trace(out);
    pbf_writer packet(trace, 1);
    packet.add_uint64(8, added.time);
    packet.add_uint32(10, 7);
    pbf_writer event(packet, 11);
    event.add_uint32(9, added.type);
    event.add_uint64(11, added.track);
    if (!added.name.empty())
        event.add_string(23, added.name);
    if (added.type == 4)
        event.add_int64(30, added.counter);
}

void addThread(std::string& out, std::uint64_t uuid, std::int32_t thread, const std::string& name)
{
    pbf_writer trace(out);
    pbf_writer packet(trace, 1);
    pbf_writer descriptor(packet, 60);
    descriptor.add_uint64(1, uuid);
    pbf_writer own(descriptor, 4);
    own.add_int32(1, 99);
    own.add_int32(2, thread);
    own.add_string(5, name);
}

} // namespace

class TestPerfettoFormat : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory;
    QString pathOf(const QString& name) const { return m_directory.filePath(name); }

private slots:
    void nothingIsLostOnTheWayThroughAFile_data()
    {
        QTest::addColumn<unsigned>("seed");
        for (unsigned seed = 1; seed <= 12; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }
    void nothingIsLostOnTheWayThroughAFile()
    {
        QFETCH(unsigned, seed);
        const auto trace = randomTrace(seed);
        const QString path = pathOf("round.pftrace");

        QVERIFY(savePerfetto(*trace, path.toStdString()));
        const auto loaded = loadPerfetto(path.toStdString());

        QVERIFY(loaded);
        QCOMPARE(QString::fromStdString(loaded->damage), QString());
        QCOMPARE(
            QString::fromStdString(textOf(*loaded->trace)), QString::fromStdString(textOf(*trace)));
    }

    void savingWhatWasLoadedGivesTheSameBytes()
    {
        const auto trace = randomTrace(77);
        QVERIFY(savePerfetto(*trace, pathOf("first.pftrace").toStdString()));
        const auto loaded = loadPerfetto(pathOf("first.pftrace").toStdString());
        QVERIFY(loaded);

        QVERIFY(savePerfetto(*loaded->trace, pathOf("second.pftrace").toStdString()));

        QCOMPARE(bytesOf(pathOf("second.pftrace")), bytesOf(pathOf("first.pftrace")));
    }

    void stepsAndEventsOfARunComeBack()
    {
        EventScript script;
        const ActorId main = script.actor("main");
        const ActorId worker = script.actor("worker");
        const ObjectId lock = script.object(PrimitiveKind::Mutex, "lock");
        script.at(10)
            .add(main, EventKind::ActorStarted, 0, 501)
            .line(3)
            .add(main, EventKind::StepBegan);
        script.at(20).add(main, EventKind::ActorCreated, worker.value).has(main, lock);
        script.at(30).add(worker, EventKind::ActorStarted, 0, 502).line(9).wants(worker, lock);
        script.at(40)
            .line(4)
            .add(main, EventKind::StepBegan)
            .add(main, EventKind::HandedOver, lock.value, worker.value);
        script.released(main, lock).at(44).has(worker, lock).at(60).released(worker, lock);
        script.at(70)
            .add(worker, EventKind::ActorFinished)
            .at(80)
            .add(main, EventKind::ActorFinished);
        const auto trace = script.finish();

        QVERIFY(savePerfetto(*trace, pathOf("run.pftrace").toStdString()));
        const auto loaded = loadPerfetto(pathOf("run.pftrace").toStdString());

        QVERIFY(loaded);
        QCOMPARE(
            QString::fromStdString(textOf(*loaded->trace)), QString::fromStdString(textOf(*trace)));
        QCOMPARE(loaded->trace->edgeCount(), std::size_t(2));
    }

    void whatIsStillOpenIsSavedUpToTheEnd()
    {
        EventScript script;
        const ActorId main = script.actor("main");
        script.at(10).add(main, EventKind::ActorStarted, 0, 501);
        script.builder.setEnd(1000);

        QVERIFY(savePerfetto(*script.builder.trace(), pathOf("open.pftrace").toStdString()));
        const auto loaded = loadPerfetto(pathOf("open.pftrace").toStdString());

        QVERIFY(loaded);
        const Track* track = loaded->trace->track({1});
        QCOMPARE(track->sliceCount(), std::size_t(1));
        QCOMPARE(track->slice(0).begin, std::int64_t(10));
        QCOMPARE(track->slice(0).end, std::int64_t(1000));
    }

    void aFileCutAnywhereGivesWhatStandsBeforeTheCut()
    {
        const auto trace = randomTrace(5, 12);
        QVERIFY(savePerfetto(*trace, pathOf("whole.pftrace").toStdString()));
        const QByteArray whole = bytesOf(pathOf("whole.pftrace"));
        const std::uint64_t events = trace->eventCount();
        int damaged = 0;

        for (qsizetype size = 1; size < whole.size(); size += 37) {
            put(pathOf("cut.pftrace"), whole.left(size));
            const auto loaded = loadPerfetto(pathOf("cut.pftrace").toStdString());
            if (!loaded) {
                QCOMPARE(loaded.error().kind, ErrorKind::BadTrace);
                continue;
            }
            QVERIFY(loaded->trace->eventCount() <= events);
            damaged += loaded->damage.rfind("byte ", 0) == 0 ? 1 : 0;
        }

        QVERIFY(damaged > 10);
    }

    void flippedBitsAreNeverMoreThanAMessage()
    {
        const auto trace = randomTrace(6, 10);
        QVERIFY(savePerfetto(*trace, pathOf("sound.pftrace").toStdString()));
        const QByteArray sound = bytesOf(pathOf("sound.pftrace"));
        std::mt19937 random(1);

        for (int round = 0; round < 400; ++round) {
            QByteArray broken = sound;
            for (int flip = 0; flip < 1 + round % 5; ++flip) {
                const auto place =
                    static_cast<qsizetype>(random() % static_cast<unsigned>(broken.size()));
                broken[place] = static_cast<char>(broken[place] ^ (1 << (random() % 8)));
            }
            put(pathOf("broken.pftrace"), broken);
            const auto loaded = loadPerfetto(pathOf("broken.pftrace").toStdString());
            if (loaded)
                QVERIFY(loaded->trace->eventCount() < 100000);
        }
    }

    void aFileThatIsNoTraceIsRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("program dining\n");
        QTest::newRow("zeros") << QByteArray(1000, '\0');
        QTest::newRow("huge packet") << QByteArray("\x0a\xff\xff\xff\xff\xff\xff\xff\x7f", 9);
        QTest::newRow("endless length")
            << QByteArray("\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 12);
        QTest::newRow("packet cut") << QByteArray("\x0a\x20\x40", 3);
    }
    void aFileThatIsNoTraceIsRefused()
    {
        QFETCH(QByteArray, bytes);
        put(pathOf("none.pftrace"), bytes);

        const auto loaded = loadPerfetto(pathOf("none.pftrace").toStdString());

        QVERIFY(!loaded);
        QCOMPARE(loaded.error().kind, ErrorKind::BadTrace);
    }

    void missingFilesAndDirectoriesAreErrorsWithTheirPath()
    {
        for (const QString& path : {pathOf("missing.pftrace"), m_directory.path()}) {
            const auto loaded = loadPerfetto(path.toStdString());
            QVERIFY(!loaded);
            QCOMPARE(loaded.error().kind, ErrorKind::SystemCall);
            QVERIFY(QString::fromStdString(loaded.error().text()).contains(path));
        }
    }

    void anOutputThatCannotBeWrittenLeavesNothingBehind()
    {
        const auto trace = randomTrace(3, 5);

        QVERIFY(!savePerfetto(*trace, pathOf("no/such/directory.pftrace").toStdString()));
        QVERIFY(!savePerfetto(*trace, m_directory.path().toStdString()));
        QVERIFY(!savePerfetto(*trace, "/dev/full"));

        const QStringList left = QDir(m_directory.path()).entryList({"*.part-*"});
        QCOMPARE(left, QStringList());
    }

    void tracksOfOtherToolsAreRead()
    {
        std::string file;
        addThread(file, 5, 42, "render");
        addPacket(file, {1000100, 1, 5, "frame"});
        addPacket(file, {1000200, 1, 5, "draw"});
        addPacket(file, {1000250, 3, 5, "vsync"});
        addPacket(file, {1000300, 2, 5, ""});
        addPacket(file, {1000400, 2, 5, ""});
        addPacket(file, {1000000, 4, 9, "", 17});
        put(pathOf("other.pftrace"), QByteArray::fromStdString(file));

        const auto loaded = loadPerfetto(pathOf("other.pftrace").toStdString());

        QVERIFY(loaded);
        const auto lanes = loaded->trace->lanes();
        QCOMPARE(lanes.size(), std::size_t(2));
        QCOMPARE(lanes[0].name, std::string("render"));
        QCOMPARE(lanes[0].tracks.size(), std::size_t(2));
        const Slice outer = loaded->trace->track(lanes[0].tracks[1])->depth() == 0
            ? loaded->trace->track(lanes[0].tracks[1])->slice(0)
            : loaded->trace->track(lanes[0].tracks[0])->slice(0);
        QCOMPARE(outer.begin, std::int64_t(100));
        QCOMPARE(outer.end, std::int64_t(400));
        QCOMPARE(loaded->trace->name(outer.name), std::string("frame"));
        QCOMPARE(loaded->trace->moment(lanes[0].id, 0).time, std::int64_t(250));
        QCOMPARE(loaded->trace->track(lanes[1].tracks[0])->levelAt(50), std::int64_t(17));
    }

    void aProgramThatSharesNoCodeReadsTheSame()
    {
        const QString protoc = QStandardPaths::findExecutable("protoc");
        if (protoc.isEmpty())
            QSKIP("protoc is not installed");
        const auto trace = randomTrace(8, 50);
        QVERIFY(savePerfetto(*trace, pathOf("judged.pftrace").toStdString()));
        std::size_t slices = 0;
        std::size_t samples = 0;
        std::size_t instants = 2 * trace->edgeCount();
        for (const Lane& lane : trace->lanes()) {
            instants += trace->momentCount(lane.id);
            for (const TrackId id : lane.tracks) {
                slices += trace->track(id)->sliceCount();
                samples += trace->track(id)->sampleCount();
            }
        }

        QProcess process;
        process.setStandardInputFile(pathOf("judged.pftrace"));
        process.start(protoc,
            {"--decode=perfetto.protos.Trace", "-I" + QString(PROTO_DIRECTORY),
                "perfetto_subset.proto"});
        QVERIFY(process.waitForFinished(9000));
        const QByteArray text = process.readAllStandardOutput();

        QCOMPARE(process.exitCode(), 0);
        QCOMPARE(std::size_t(text.count("type: TYPE_SLICE_BEGIN\n")), slices);
        QCOMPARE(std::size_t(text.count("type: TYPE_SLICE_END\n")), slices);
        QCOMPARE(std::size_t(text.count("type: TYPE_COUNTER\n")), samples);
        QCOMPARE(std::size_t(text.count("flow_ids: ")), 2 * trace->edgeCount());
        QCOMPARE(std::size_t(text.count("type: TYPE_INSTANT\n") - text.count("track_uuid: 2\n")),
            instants);
    }
};

QTEST_GUILESS_MAIN(TestPerfettoFormat)
#include "tst_perfetto_format.moc"
