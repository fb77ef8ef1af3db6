// SPDX-License-Identifier: GPL-3.0-only
#include "engine/model/trace/track.h"
#include "engine/processes/subprocess.h"
#include "engine/run/watched_run.h"
#include "tests/support/marked_processes.h"

#include <QTest>

#include <condition_variable>
#include <mutex>
#include <optional>

#include <signal.h>
#include <sys/wait.h>

using namespace heddle;
using heddle::tests::processesWith;

namespace {

constexpr const char* kSpins = "main:\n    say \"up\"\n    forever:\n        yield\n";

// A run with what its listener was told; the environment's mark finds all of its processes.
class Run
{
public:
    explicit Run(const std::string& text, std::optional<nanoseconds> limit = {})
    {
        const std::string::size_type equals = m_mark.find('=');
        qputenv(m_mark.substr(0, equals).c_str(), m_mark.substr(equals + 1).c_str());
        RunOptions options;
        options.timeLimit = limit;
        WatchedRun::Listener listener;
        listener.output = [this](std::vector<OutputLine> lines) {
            change([&] {
                m_lines += lines.size();
                m_lastLine = lines.back().text;
            });
        };
        listener.deadlock = [this](const DeadlockReport& report) {
            change([&] { m_deadlocks.push_back(report.sentence()); });
        };
        listener.grown = [this] { change([] {}); };
        listener.ended = [this](
                             RunReport report) { change([&] { m_report = std::move(report); }); };
        auto started = WatchedRun::start(HEDDLE_WATCHED_PROGRAM, {"test", text}, options, listener);
        if (started)
            m_run = *std::move(started);
        else
            m_error = started.error();
    }

    template <typename Condition> [[nodiscard]] bool waitUntil(Condition condition)
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, std::chrono::seconds(20), condition);
    }
    [[nodiscard]] bool waitForOutput()
    {
        return waitUntil([this] { return m_lines > 0; });
    }
    [[nodiscard]] bool waitForDeadlock()
    {
        return waitUntil([this] { return !m_deadlocks.empty(); });
    }
    [[nodiscard]] bool waitForEnd()
    {
        return waitUntil([this] { return m_report.has_value(); });
    }

    std::string m_mark = tests::uniqueMark();
    std::unique_ptr<WatchedRun> m_run;
    std::optional<Error> m_error;
    std::size_t m_lines = 0;
    std::string m_lastLine;
    std::vector<std::string> m_deadlocks;
    std::optional<RunReport> m_report;

private:
    template <typename Change> void change(Change change)
    {
        const std::lock_guard lock(m_mutex);
        change();
        m_changed.notify_all();
    }

    std::mutex m_mutex;
    std::condition_variable m_changed;
};

std::optional<Lane> laneNamed(const Trace& trace, const std::string& name)
{
    for (const Lane& lane : trace.lanes())
        if (lane.name == name)
            return lane;
    return std::nullopt;
}

/// What became of a process, by its lane: "Exited 5, Reaped".
QString fateOf(const Trace& trace, const Lane& lane)
{
    QStringList fate;
    for (std::size_t index = 0; index < trace.momentCount(lane.id); ++index) {
        const Moment moment = trace.moment(lane.id, index);
        if (moment.kind == Moment::Kind::Exited)
            fate += QStringLiteral("Exited %1").arg(moment.argument);
        else if (moment.kind == Moment::Kind::Killed)
            fate += QStringLiteral("Killed %1").arg(moment.argument);
        else if (moment.kind == Moment::Kind::SignalGiven)
            fate += QStringLiteral("Given %1").arg(moment.argument);
        else if (moment.kind == Moment::Kind::Stopped)
            fate += QStringLiteral("Stopped");
        else if (moment.kind == Moment::Kind::Continued)
            fate += QStringLiteral("Continued");
        else if (moment.kind == Moment::Kind::Reaped)
            fate += QStringLiteral("Reaped");
        else if (moment.kind == Moment::Kind::Orphaned)
            fate +=
                QStringLiteral("Orphaned of ") + QString::fromStdString(trace.name(moment.name));
    }
    return fate.join(QStringLiteral(", "));
}

/// How long a lane is shown in a state, nanoseconds.
std::int64_t timeIn(const Trace& trace, const Lane& lane, State state)
{
    std::int64_t time = 0;
    for (const TrackId id : lane.tracks) {
        const Track* track = trace.track(id);
        for (std::size_t i = 0; track->kind() == TrackKind::Activity && i < track->sliceCount();
             ++i)
            if (track->slice(i).state == state)
                time += track->slice(i).end - track->slice(i).begin;
    }
    return time;
}

} // namespace

class TestWatchedRun : public QObject
{
    Q_OBJECT

private slots:
    void aProgramThatEndsIsReportedInFull();
    void aBadProgramIsAnErrorAndStartsNothing();
    void aMissingExecutableIsAnError();
    void stoppingEndsAProgramThatSpins();
    void destroyingItEndsTheRun();
    void aDeadlockIsToldAndStaysUntilStopped();
    void aTimeLimitHolds();
    void aProgramThatPrintsWithoutEndIsStopped();
    void aProgramThatPrintsALotIsHeardToItsLastLine();
    void hundredsOfThreadsAndProcessesAreAllRecorded();
    void aKilledSupervisorIsReportedAndLeavesNothing();
    void aSignalReachesTheProgramAndNobodyElse();
    void aCommandIsReachedByTheNumberThatItsLaneShows();
    void aHandlerIsOneRegionOfTheLaneItRunsIn();
    void aStoppedProcessIsSeenToBeSoUntilItGoesOn();
    void aSignalFromOutsideIsSeenWhereItArrives();
    void anOrphanIsSeenFromItsParentsEndToItsOwn();
    void aProcessIsAZombieUntilItIsJoined();
};

void TestWatchedRun::aProgramThatEndsIsReportedInFull()
{
    Run run("shared x = 1\nmain:\n    x = 2\n    say \"done\"\nexpect final x == 2\n");
    QVERIFY(run.m_run && run.waitForEnd());

    QCOMPARE(run.m_report->verdict, RunVerdict::Ok);
    QCOMPARE(run.m_lines, std::size_t{1});
    QCOMPARE(run.m_report->expectations.size(), std::size_t{1});
    QCOMPARE(run.m_report->expectations[0].status, JudgedExpectation::Status::Held);
    QVERIFY(!run.m_run->trace()->isLive());
    QVERIFY(run.m_run->trace()->eventCount() > 0);
}

void TestWatchedRun::aBadProgramIsAnErrorAndStartsNothing()
{
    Run run("main:\n    lock nowhere\n");
    QVERIFY(!run.m_run);
    QCOMPARE(run.m_error->kind, ErrorKind::BadProgram);
    QVERIFY(processesWith(run.m_mark).empty());
}

void TestWatchedRun::aMissingExecutableIsAnError()
{
    const auto run = WatchedRun::start("/no/such/heddle", {"test", kSpins}, {}, {});
    QVERIFY(!run);
    QCOMPARE(run.error().systemErrno, ENOENT);
}

void TestWatchedRun::stoppingEndsAProgramThatSpins()
{
    Run run(kSpins);
    QVERIFY(run.m_run && run.waitForOutput());

    run.m_run->stop();

    QVERIFY(run.waitForEnd());
    QCOMPARE(run.m_report->verdict, RunVerdict::Stopped);
    QVERIFY(processesWith(run.m_mark).empty());
}

void TestWatchedRun::destroyingItEndsTheRun()
{
    Run run(kSpins);
    QVERIFY(run.m_run && run.waitForOutput());

    run.m_run.reset();

    QVERIFY(run.m_report.has_value());
    QVERIFY(processesWith(run.m_mark).empty());
    QCOMPARE(::waitpid(-1, nullptr, WNOHANG), -1);
}

void TestWatchedRun::aDeadlockIsToldAndStaysUntilStopped()
{
    Run run("mutex m\nmain:\n    lock m\n    lock m\n");
    QVERIFY(run.m_run && run.waitForDeadlock());

    run.m_run->stop();

    QVERIFY(run.waitForEnd());
    QCOMPARE(run.m_report->verdict, RunVerdict::Deadlock);
    QCOMPARE(QString::fromStdString(run.m_deadlocks.at(0)),
        QStringLiteral("main waits for m, which it holds itself"));
}

void TestWatchedRun::aTimeLimitHolds()
{
    Run run(kSpins, std::chrono::milliseconds(50));
    QVERIFY(run.m_run && run.waitForEnd());
    QCOMPARE(run.m_report->verdict, RunVerdict::Timeout);
}

void TestWatchedRun::aProgramThatPrintsWithoutEndIsStopped()
{
    Run run("main:\n    forever:\n        say \"again and again\"\n");
    QVERIFY(run.m_run && run.waitUntil([&] { return run.m_lines > 1000; }));

    run.m_run->stop();

    QVERIFY(run.waitForEnd());
    QCOMPARE(run.m_report->verdict, RunVerdict::Stopped);
    QVERIFY(processesWith(run.m_mark).empty());
}

void TestWatchedRun::aProgramThatPrintsALotIsHeardToItsLastLine()
{
    Run run("main:\n    repeat 200100:\n        say \"one of many\"\n    say \"the last\"\n");
    QVERIFY(run.m_run && run.waitForEnd());

    QVERIFY(run.m_report->record.outputDropped > 0); // the report keeps no more
    QCOMPARE(run.m_lines, std::size_t{200'101});
    QCOMPARE(QString::fromStdString(run.m_lastLine), QStringLiteral("the last"));
}

void TestWatchedRun::hundredsOfThreadsAndProcessesAreAllRecorded()
{
    Run run(
        "event go\nthread t[i in 1..300]:\n    wait go\nprocess p[i in 1..50]:\n    wait go\n"
        "main:\n    for i in 1..300:\n        spawn t[i]\n    for i in 1..50:\n        spawn p[i]\n"
        "    set go\n"
        "    for i in 1..50:\n        join p[i]\n    for i in 1..300:\n        join t[i]\n");
    QVERIFY(run.m_run && run.waitForEnd());
    QCOMPARE(run.m_report->verdict, RunVerdict::Ok);
    QCOMPARE(run.m_report->recorder.lost, std::uint64_t{0});
}

void TestWatchedRun::aKilledSupervisorIsReportedAndLeavesNothing()
{
    Run run(kSpins);
    QVERIFY(run.m_run && run.waitForOutput());
    // The supervisor is the only process of the run that is a child of this one.
    pid_t supervisor = 0;
    for (const pid_t process : processesWith(run.m_mark)) {
        std::ifstream file("/proc/" + std::to_string(process) + "/comm");
        std::string name;
        std::getline(file, name);
        supervisor = name.rfind("watched_progra", 0) == 0 ? process : supervisor;
    }
    QVERIFY(supervisor > 0);

    QCOMPARE(::kill(supervisor, SIGKILL), 0);

    QVERIFY(run.waitForEnd());
    QCOMPARE(run.m_report->record.end, RunRecord::End::Crashed);
    QVERIFY(processesWith(run.m_mark).empty());
}

void TestWatchedRun::aSignalReachesTheProgramAndNobodyElse()
{
    SpawnOptions stranger;
    stranger.arguments = {"sleep", "1000"};
    Result<Subprocess> sleeper = Subprocess::spawn(stranger);
    QVERIFY(sleeper);
    Run run(kSpins);
    QVERIFY(run.m_run && run.waitForOutput());

    // The line keeps the order: when the program has ended, the first wish has been looked at.
    run.m_run->sendSignal(sleeper->pid(), SIGKILL);
    run.m_run->sendSignal(0, SIGUSR1);

    QVERIFY(run.waitForEnd());
    QCOMPARE(run.m_report->record.exitCode, -SIGUSR1);
    QVERIFY(!sleeper->poll()->has_value());
    QVERIFY(processesWith(run.m_mark).empty());
}

void TestWatchedRun::aCommandIsReachedByTheNumberThatItsLaneShows()
{
    Run run("main:\n    start nap = command \"sleep\", \"1000\"\n    say \"up\"\n"
            "    join nap\n    exit exit_of(nap) + 100\n");
    QVERIFY(run.m_run && run.waitForOutput());
    std::optional<Lane> nap;
    QVERIFY(run.waitUntil([&] {
        nap = laneNamed(*run.m_run->trace(), "nap");
        return nap && nap->number != 0;
    }));

    run.m_run->sendSignal(nap->number, SIGKILL);

    QVERIFY(run.waitForEnd());
    QCOMPARE(run.m_report->record.exitCode, 100 - SIGKILL);
}

void TestWatchedRun::aHandlerIsOneRegionOfTheLaneItRunsIn()
{
    Run run("on SIGUSR1:\n    say \"handled\"\nmain:\n    send SIGUSR1 to program\n");
    QVERIFY(run.m_run && run.waitForEnd());

    const std::shared_ptr<const Trace> trace = run.m_run->trace();
    QStringList regions;
    for (const Lane& lane : trace->lanes())
        for (const TrackId id : lane.tracks) {
            const Track* track = trace->track(id);
            for (std::size_t i = 0; track->kind() == TrackKind::Section && i < track->sliceCount();
                 ++i)
                regions +=
                    QString::fromStdString(lane.name + ": " + trace->name(track->slice(i).name));
        }
    QCOMPARE(regions, QStringList{QStringLiteral("main: on SIGUSR1")});
}

// A pause is long enough for the look at all processes that comes each 20 ms.
void TestWatchedRun::aStoppedProcessIsSeenToBeSoUntilItGoesOn()
{
    Run run("process child:\n    forever:\n        yield\n"
            "main:\n    spawn child\n    send SIGSTOP to child\n    sleep 500ms\n"
            "    send SIGCONT to child\n    sleep 500ms\n    send SIGKILL to child\n"
            "    join child\n");
    QVERIFY(run.m_run && run.waitForEnd());

    const std::shared_ptr<const Trace> trace = run.m_run->trace();
    const std::optional<Lane> child = laneNamed(*trace, "child");
    QVERIFY(child);
    QCOMPARE(fateOf(*trace, *child), QStringLiteral("Stopped, Continued, Killed 9, Reaped"));
}

void TestWatchedRun::aSignalFromOutsideIsSeenWhereItArrives()
{
    Run run(
        "main:\n    on SIGUSR1:\n        exit 5\n    say \"up\"\n    forever:\n        pause\n");
    QVERIFY(run.m_run && run.waitForOutput());

    run.m_run->sendSignal(0, SIGUSR1);

    QVERIFY(run.waitForEnd());
    QCOMPARE(run.m_report->record.exitCode, 5);
    const std::shared_ptr<const Trace> trace = run.m_run->trace();
    const std::optional<Lane> main = laneNamed(*trace, "main");
    QVERIFY(main);
    QCOMPARE(fateOf(*trace, *main), QStringLiteral("Given 10"));
}

void TestWatchedRun::anOrphanIsSeenFromItsParentsEndToItsOwn()
{
    Run run("process child:\n    sleep 300ms\n    exit 5\n"
            "process parent:\n    spawn child\n    exit 2\n"
            "main:\n    spawn parent\n    join parent\n    join child\n");
    QVERIFY(run.m_run && run.waitForEnd());

    const std::shared_ptr<const Trace> trace = run.m_run->trace();
    const std::optional<Lane> child = laneNamed(*trace, "child");
    const std::optional<Lane> parent = laneNamed(*trace, "parent");
    QVERIFY(child && parent);
    QCOMPARE(fateOf(*trace, *child), QStringLiteral("Orphaned of parent, Exited 5, Reaped"));
    QCOMPARE(fateOf(*trace, *parent), QStringLiteral("Exited 2, Reaped"));
}

void TestWatchedRun::aProcessIsAZombieUntilItIsJoined()
{
    Run run("event ready\nprocess child:\n    set ready\n    exit 1\n"
            "main:\n    spawn child\n    wait ready\n    sleep 300ms\n    join child\n");
    QVERIFY(run.m_run && run.waitForEnd());

    const std::shared_ptr<const Trace> trace = run.m_run->trace();
    const std::optional<Lane> child = laneNamed(*trace, "child");
    QVERIFY(child);
    QCOMPARE(fateOf(*trace, *child), QStringLiteral("Exited 1, Reaped"));
    QVERIFY(timeIn(*trace, *child, State::Zombie) > 100'000'000);
}

QTEST_APPLESS_MAIN(TestWatchedRun)
#include "tst_watched_run.moc"
