// SPDX-License-Identifier: GPL-3.0-only
// bench_live_window [--json] [SECONDS [EVENTS_PER_SECOND]]: two threads record more than five million events
// a second on the default rings while a shown timeline follows them at 30 Hz.
//
// It says what came, what was lost, how long frames took and what share of a core the drawing had.
// QT_QPA_PLATFORM chooses where the window is shown; without it, nowhere ("offscreen").
#include "engine/base/clock.h"
#include "engine/base/json_writer.h"
#include "engine/record/collector.h"
#include "engine/record/recorder.h"
#include "widgets/shared/timeline_range.h"
#include "widgets/shared/trace_document.h"
#include "widgets/timeline/timeline_canvas.h"
#include "widgets/timeline/timeline_widget.h"

#include <QApplication>
#include <QTimer>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <thread>
#include <vector>

#include <sys/resource.h>
#include <time.h>

using namespace heddle;
using namespace heddle::widgets;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t kWriters = 2;

[[noreturn]] void fail(const std::string& why)
{
    static_cast<void>(std::fprintf(stderr, "bench_live_window: %s\n", why.c_str()));
    std::exit(1);
}

double secondsOf(clockid_t clock)
{
    timespec used{};
    ::clock_gettime(clock, &used);
    return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

double milliseconds(nanoseconds duration)
{
    return static_cast<double>(duration.count()) / 1e6;
}

double percentile(std::vector<double> values, double percent)
{
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(
        std::lround(percent / 100.0 * static_cast<double>(values.size() - 1)))];
}

/// Times each frame: from the moment the window is to be updated until it has been painted and shown.
class FrameWatch : public QApplication
{
public:
    using QApplication::QApplication;

    void watch(const QObject* canvas) { m_canvas = canvas; }
    [[nodiscard]] const std::vector<double>& frames() const { return m_frames; }

    bool notify(QObject* receiver, QEvent* event) override
    {
        if (event->type() == QEvent::Paint && receiver == m_canvas)
            m_isPainted = true;
        if (event->type() != QEvent::UpdateRequest || m_isInside)
            return QApplication::notify(receiver, event);
        m_isInside = true;
        m_isPainted = false;
        const nanoseconds start = monotonicNow();
        const bool isTaken = QApplication::notify(receiver, event);
        if (m_isPainted)
            m_frames.push_back(milliseconds(monotonicNow() - start));
        m_isInside = false;
        return isTaken;
    }

private:
    const QObject* m_canvas = nullptr;
    bool m_isInside = false;
    bool m_isPainted = false;
    std::vector<double> m_frames;
};

/// What each of the threads did and used.
struct Work
{
    std::uint64_t events = 0;
    double seconds = 0; ///< of a processor
};

/// A busy program: computes, takes a lock, works in it, gives it back; each millisecond its share.
constexpr std::uint64_t kEventsOfRound = 8;

void recordRound(ObjectId lock, NameId section)
{
    record(EventKind::StepBegan, 0, 0, 3);
    record(EventKind::ComputeBegan, 0, 0, 3);
    record(EventKind::ComputeEnded, 0, 0, 3);
    record(EventKind::StepBegan, 0, 0, 4);
    record(EventKind::Has, lock.value, 0, 4);
    record(EventKind::SectionEntered, section.value, 0, 5);
    record(EventKind::SectionLeft, section.value, 0, 5);
    record(EventKind::Released, lock.value, 0, 6);
}

void write(std::size_t number, std::uint64_t roundsEachMillisecond, Deadline end, Work& work)
{
    const std::string name = std::to_string(number);
    const NameId section = defineName("section");
    const ObjectId lock = defineObject(PrimitiveKind::Mutex, "lock[" + name + "]");
    bindThread(defineActor(ActorKind::Thread, "writer[" + name + "]"));
    for (nanoseconds next = monotonicNow(); !end.isOver(); next += 1ms) {
        for (std::uint64_t round = 0; round < roundsEachMillisecond; ++round)
            recordRound(lock, section);
        work.events += kEventsOfRound * roundsEachMillisecond;
        std::this_thread::sleep_until(std::chrono::steady_clock::time_point(next + 1ms));
    }
    unbindThread();
    work.events += 2; // it started and it finished
    work.seconds = secondsOf(CLOCK_THREAD_CPUTIME_ID);
}

void collect(Collector& collector, TraceDocument& document, const std::stop_token& stop, Work& work)
{
    while (!stop.stop_requested()) {
        work.events += collector.drain();
        document.notifyGrown();
        if (!collector.isUrgent())
            std::this_thread::sleep_for(5ms);
    }
    work.seconds = secondsOf(CLOCK_THREAD_CPUTIME_ID);
}

struct Figures
{
    double seconds = 0;
    std::uint64_t events = 0;
    std::uint64_t lost = 0;
    std::uint64_t slices = 0;
    std::size_t frames = 0;
    double frameP50 = 0;
    double frameP99 = 0;
    double largestFrame = 0;
    double collectorShare = 0;
    double writerShare = 0;
    double drawingShare = 0;
    double megabytes = 0;
};

std::shared_ptr<Session> startSession()
{
    Result<Session> made = Session::create();
    if (!made)
        fail(made.error().text());
    auto session = std::make_shared<Session>(std::move(*made));
    if (!startRecording(session))
        fail("recording does not start");
    return session;
}

/// A shown timeline, and a run that it follows.
class Bench
{
public:
    Bench(FrameWatch& application, double seconds, std::uint64_t eventsEachSecond)
        : m_application(application)
        , m_duration(static_cast<std::int64_t>(seconds * 1e9))
        , m_rounds(eventsEachSecond / kWriters / 1000 / kEventsOfRound + 1)
        , m_collector(startSession())
        , m_timeline(m_document, m_range)
    {
        m_range.attachTo(m_document);
        m_application.watch(&m_timeline.canvas());
        m_timeline.resize(1920, 1080);
        m_timeline.show();
    }

    Figures run()
    {
        m_document.setTrace(m_collector.trace());
        QApplication::processEvents();
        const std::size_t framesBefore = m_application.frames().size();
        const nanoseconds began = monotonicNow();
        const double usedBefore = secondsOf(CLOCK_PROCESS_CPUTIME_ID);
        runThreads();
        const double ran = std::chrono::duration<double>(monotonicNow() - began).count();
        const double used = secondsOf(CLOCK_PROCESS_CPUTIME_ID) - usedBefore;
        m_collector.finish();
        stopRecording();

        Figures figures = figuresOf(ran, used);
        const auto first =
            m_application.frames().begin() + static_cast<std::ptrdiff_t>(framesBefore);
        const std::vector<double> frames(first, m_application.frames().end());
        figures.frames = frames.size();
        figures.frameP50 = percentile(frames, 50);
        figures.frameP99 = percentile(frames, 99);
        figures.largestFrame = percentile(frames, 100);
        return figures;
    }

private:
    void runThreads()
    {
        const Deadline end = Deadline::after(m_duration);
        std::jthread collecting([this](const std::stop_token& stop) {
            collect(m_collector, m_document, stop, m_collected);
        });
        std::vector<std::jthread> writers;
        for (std::size_t number = 0; number < kWriters; ++number)
            writers.emplace_back(
                [this, number, end] { write(number, m_rounds, end, m_written[number]); });
        QTimer::singleShot(std::chrono::duration_cast<std::chrono::milliseconds>(m_duration),
            Qt::PreciseTimer, &m_application, &QApplication::quit);
        QApplication::exec();
        writers.clear();
        collecting.request_stop();
    }

    [[nodiscard]] Figures figuresOf(double ran, double used) const
    {
        const RecorderFigures recorder = m_collector.trace()->recorder();
        const std::uint64_t written = m_written[0].events + m_written[1].events;
        if (recorder.events + recorder.lost != written)
            fail("of " + std::to_string(written) + " events " + std::to_string(recorder.events)
                + " came");
        rusage usage{};
        ::getrusage(RUSAGE_SELF, &usage);
        const double writing = m_written[0].seconds + m_written[1].seconds;
        Figures figures;
        figures.seconds = ran;
        figures.events = recorder.events;
        figures.lost = recorder.lost;
        figures.slices = m_collector.trace()->eventCount();
        figures.collectorShare = m_collected.seconds / ran;
        figures.writerShare = writing / ran;
        figures.drawingShare = (used - m_collected.seconds - writing) / ran;
        figures.megabytes = static_cast<double>(usage.ru_maxrss) / 1024;
        return figures;
    }

    FrameWatch& m_application;
    nanoseconds m_duration;
    std::uint64_t m_rounds;
    std::array<Work, kWriters> m_written;
    Work m_collected;
    Collector m_collector;
    TraceDocument m_document;
    TimelineRange m_range;
    TimelineWidget m_timeline;
};

void print(const Figures& figures)
{
    std::printf("%.2f s: %.3f million events a second, %llu events, %llu lost, %llu stored slices, "
                "moments and edges\n",
        figures.seconds, static_cast<double>(figures.events) / figures.seconds / 1e6,
        static_cast<unsigned long long>(figures.events),
        static_cast<unsigned long long>(figures.lost),
        static_cast<unsigned long long>(figures.slices));
    std::printf("%zu frames (%.1f a second): p50 %.2f ms, p99 %.2f ms, largest %.2f ms\n",
        figures.frames, static_cast<double>(figures.frames) / figures.seconds, figures.frameP50,
        figures.frameP99, figures.largestFrame);
    std::printf("share of a core: drawing %.1f %%, collector %.1f %%, both writers %.1f %%; memory "
                "at most %.0f MB\n",
        figures.drawingShare * 100, figures.collectorShare * 100, figures.writerShare * 100,
        figures.megabytes);
}

void printJson(const Figures& figures)
{
    JsonWriter writer;
    writer.beginObject().key("name").text("live_window");
    writer.key("seconds").number(figures.seconds);
    writer.key("events_per_second").number(static_cast<double>(figures.events) / figures.seconds);
    writer.key("events").unsignedInteger(figures.events);
    writer.key("lost").unsignedInteger(figures.lost);
    writer.key("frames").unsignedInteger(figures.frames);
    writer.key("frame_p50_ms").number(figures.frameP50);
    writer.key("frame_p99_ms").number(figures.frameP99);
    writer.key("frame_largest_ms").number(figures.largestFrame);
    writer.key("drawing_share").number(figures.drawingShare);
    writer.key("collector_share").number(figures.collectorShare);
    writer.key("writer_share").number(figures.writerShare);
    writer.key("memory_mb").number(figures.megabytes).endObject();
    std::printf("%s\n", writer.result().c_str());
}

} // namespace

int main(int count, char** arguments)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    FrameWatch application(count, arguments);
    bool isJson = false;
    std::vector<double> numbers;
    for (int index = 1; index < count; ++index) {
        if (std::string_view(arguments[index]) == "--json")
            isJson = true;
        else
            numbers.push_back(std::atof(arguments[index]));
    }
    const double seconds = numbers.empty() ? 10 : std::clamp(numbers[0], 0.2, 60.0);
    const double rate = numbers.size() < 2 ? 5.2e6 : std::clamp(numbers[1], 1e4, 5e7);
    const Figures figures = Bench(application, seconds, static_cast<std::uint64_t>(rate)).run();
    if (isJson)
        printJson(figures);
    else
        print(figures);
    return figures.lost == 0 ? 0 : 1;
}
