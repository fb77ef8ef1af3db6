// SPDX-License-Identifier: GPL-3.0-only
// How long the shown timeline takes for a frame: a large trace, 1920×1080, painted by the processor.
//
// bench_timeline [LANES [SLICES_PER_LANE]]; 56 lanes of 178,572 slices are 10 million.
// bench_timeline FILE.pftrace: a trace of generate_trace, or any other.
// For each zoom: the first frame with no tile there, frames while tiles come in, settled frames; then panning.
#include "engine/base/clock.h"
#include "engine/model/trace/perfetto_format.h"
#include "tests/widgets/trace_samples.h"
#include "widgets/shared/timeline_range.h"
#include "widgets/shared/trace_document.h"
#include "widgets/timeline/timeline_canvas.h"
#include "widgets/timeline/timeline_widget.h"

#include <QApplication>
#include <QImage>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

using namespace heddle;
using namespace heddle::widgets;

namespace {

constexpr int kFramesWhileComing = 20;
constexpr int kSettledFrames = 40;
constexpr int kPanFrames = 120;

double milliseconds(std::chrono::nanoseconds duration)
{
    return static_cast<double>(duration.count()) / 1e6;
}

double percentile(std::vector<double> values, double percent)
{
    std::sort(values.begin(), values.end());
    const auto rank = static_cast<std::size_t>(
        std::lround(percent / 100.0 * static_cast<double>(values.size() - 1)));
    return values[rank];
}

/// A shown timeline of which single frames are painted into an image and timed.
class Bench
{
public:
    explicit Bench(const std::shared_ptr<const Trace>& trace)
        : m_timeline(m_document, m_range)
        , m_image(1920, 1080, QImage::Format_RGB32)
    {
        m_range.attachTo(m_document);
        m_document.setTrace(trace);
        m_timeline.resize(1920, 1080);
        m_timeline.show();
        QTest::qWait(50);
    }

    void zooms()
    {
        std::printf("%14s %10s %10s %10s %10s %12s\n", "visible", "first", "p50", "p99", "largest",
            "sharp after");
        const std::int64_t end = m_document.trace()->end();
        for (std::int64_t visible = end; visible >= 500; visible /= 2)
            zoomTo(end / 3, visible);
        std::printf("worst zoom: p99 %.2f ms at %.4f ms\n", m_worst, m_worstVisible);
    }

    void pan()
    {
        for (const std::int64_t share : {1, 100, 10'000}) {
            const std::int64_t visible = m_document.trace()->end() / 2 / share;
            std::vector<double> frames;
            for (int step = 0; step < kPanFrames; ++step) {
                const std::int64_t begin = m_document.trace()->end() / 4 + visible * step / 50;
                m_range.setVisible(
                    std::chrono::nanoseconds{begin}, std::chrono::nanoseconds{begin + visible});
                frames.push_back(frame());
                QTest::qWait(1); // lets tiles arrive, as in a window
            }
            std::printf("pan over %10.3f ms: p50 %.2f ms, p99 %.2f ms\n",
                static_cast<double>(visible) / 1e6, percentile(frames, 50), percentile(frames, 99));
            addAll(frames);
        }
    }

    void total() const
    {
        std::printf("all %zu frames: p50 %.2f ms, p99 %.2f ms (aim: p99 at most 16 ms)\n",
            m_all.size(), percentile(m_all, 50), percentile(m_all, 99));
    }

private:
    double frame()
    {
        QPainter painter(&m_image);
        const auto start = monotonicNow();
        m_timeline.canvas().view().paint(painter, m_timeline.canvas().rect());
        return milliseconds(monotonicNow() - start);
    }

    void zoomTo(std::int64_t begin, std::int64_t visible)
    {
        m_range.setVisible(
            std::chrono::nanoseconds{begin}, std::chrono::nanoseconds{begin + visible});
        const auto start = monotonicNow();
        std::vector<double> frames{frame()};
        std::chrono::nanoseconds sharp{0};
        TileCache& tiles = m_timeline.canvas().view().tiles();
        for (int count = 0; count < 2000 && sharp.count() == 0; ++count) {
            QTest::qWait(1);
            if (count < kFramesWhileComing)
                frames.push_back(frame());
            if (tiles.isIdle())
                sharp = monotonicNow() - start;
            else if (count >= kFramesWhileComing)
                frame();
        }
        const double first = frames.front();
        for (int count = 0; count < kSettledFrames; ++count)
            frames.push_back(frame());
        std::printf("%11.4f ms %7.2f ms %7.2f ms %7.2f ms %7.2f ms %9.0f ms\n",
            static_cast<double>(visible) / 1e6, first, percentile(frames, 50),
            percentile(frames, 99), percentile(frames, 100), milliseconds(sharp));
        if (const double worst = percentile(frames, 99); worst > m_worst) {
            m_worst = worst;
            m_worstVisible = static_cast<double>(visible) / 1e6;
        }
        addAll(frames);
    }

    void addAll(const std::vector<double>& frames)
    {
        m_all.insert(m_all.end(), frames.begin(), frames.end());
    }

    TraceDocument m_document;
    TimelineRange m_range;
    TimelineWidget m_timeline;
    QImage m_image;
    std::vector<double> m_all;
    double m_worst = 0; ///< p99 of the frames of one zoom
    double m_worstVisible = 0;
};

std::shared_ptr<const Trace> traceFor(int argc, char** argv)
{
    const std::string_view first = argc > 1 ? argv[1] : "";
    if (first.ends_with(".pftrace")) {
        const Result<LoadedTrace> loaded = loadPerfetto(argv[1]);
        if (loaded)
            return loaded->trace;
        static_cast<void>(
            std::fprintf(stderr, "bench_timeline: %s\n", loaded.error().text().c_str()));
        return nullptr;
    }
    const std::size_t lanes = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 56;
    const std::size_t slices = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 178'572;
    return tests::largeTrace(std::max<std::size_t>(1, lanes), std::max<std::size_t>(1, slices));
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const auto start = monotonicNow();
    const std::shared_ptr<const Trace> trace = traceFor(argc, argv);
    if (!trace)
        return 2;
    std::printf("%llu events, %.3f s long, there after %.0f ms\n",
        static_cast<unsigned long long>(trace->eventCount()),
        static_cast<double>(trace->end()) / 1e9, milliseconds(monotonicNow() - start));
    Bench bench(trace);
    bench.zooms();
    bench.pan();
    bench.total();
    return 0;
}
