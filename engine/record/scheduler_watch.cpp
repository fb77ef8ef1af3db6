// SPDX-License-Identifier: Apache-2.0
#include "engine/record/scheduler_watch.h"

#include "engine/base/clock.h"
#include "engine/base/owned_fd.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <limits>
#include <optional>
#include <utility>

#include <linux/perf_event.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

namespace heddle {

namespace {

// An ordinary user may lock 516 KiB for each processor: one page of control and 128 of data.
constexpr std::size_t kMostPages = 128;
constexpr std::size_t kFewestPages = 8;
constexpr std::uint64_t kKeptBack = 1'000'000; // ns

/// What sample_id_all puts at the end of each record, for TID | TIME | CPU.
struct RecordTrailer
{
    std::uint32_t process = 0;
    std::uint32_t thread = 0;
    std::uint64_t time = 0;
    std::uint32_t processor = 0;
    std::uint32_t unused = 0;
};

struct LostBody
{
    perf_event_header header{};
    std::uint64_t id = 0;
    std::uint64_t count = 0;
};

perf_event_attr switchEvent()
{
    perf_event_attr attributes{};
    attributes.size = sizeof attributes;
    attributes.type = PERF_TYPE_SOFTWARE;
    attributes.config = PERF_COUNT_SW_DUMMY;
    attributes.sample_type = PERF_SAMPLE_TID | PERF_SAMPLE_TIME | PERF_SAMPLE_CPU;
    attributes.sample_id_all = 1;
    attributes.context_switch = 1;
    attributes.task = 1;
    attributes.inherit = 1;
    // Asked of unprivileged users; switches are reported all the same.
    attributes.exclude_kernel = 1;
    attributes.exclude_hv = 1;
    attributes.use_clockid = 1;
    attributes.clockid = CLOCK_MONOTONIC;
    return attributes;
}

struct ForkBody
{
    perf_event_header header{};
    std::uint32_t process = 0;
    std::uint32_t parentProcess = 0;
    std::uint32_t thread = 0;
    std::uint32_t parentThread = 0;
};

// What a switch, a beginning or an end of a thread says; nothing for other records.
std::optional<TraceEvent> eventOf(
    const perf_event_header& header, const std::vector<char>& record, std::int64_t sessionStart)
{
    RecordTrailer trailer;
    if (record.size() < sizeof header + sizeof trailer)
        return std::nullopt;
    std::memcpy(&trailer, record.data() + record.size() - sizeof trailer, sizeof trailer);
    TraceEvent event;
    const std::int64_t time = static_cast<std::int64_t>(trailer.time) - sessionStart;
    event.time = static_cast<std::uint64_t>(std::max<std::int64_t>(time, 0));
    event.object = trailer.thread;
    event.value = trailer.processor;
    event.kind = EventKind::SwitchedOut;
    if (header.type == PERF_RECORD_SWITCH) {
        if ((header.misc & PERF_RECORD_MISC_SWITCH_OUT) == 0)
            event.kind = EventKind::SwitchedIn;
        event.line = (header.misc & PERF_RECORD_MISC_SWITCH_OUT_PREEMPT) != 0 ? 1 : 0;
        return event;
    }
    if (header.type == PERF_RECORD_EXIT)
        return event; // no switch is reported after it
    if (header.type == PERF_RECORD_FORK && record.size() >= sizeof(ForkBody)) {
        ForkBody body;
        std::memcpy(&body, record.data(), sizeof body);
        event.object = body.thread;
        event.line = 1; // it could run, and has no processor yet
        return event;
    }
    if (header.type == PERF_RECORD_LOST && record.size() >= sizeof(LostBody)) {
        LostBody body;
        std::memcpy(&body, record.data(), sizeof body);
        event.kind = EventKind::SwitchesLost;
        event.value = body.count;
        return event;
    }
    return std::nullopt;
}

std::size_t pageBytes()
{
    static const auto kBytes = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    return kBytes;
}

// The kernel's positions lie in shared memory and are ordinary integers there.
std::uint64_t loadAcquire(const __u64& word)
{
    return __atomic_load_n(&word, __ATOMIC_ACQUIRE);
}
void storeRelease(__u64& word, std::uint64_t value)
{
    __atomic_store_n(&word, value, __ATOMIC_RELEASE);
}

} // namespace

/// One processor's event with the ring that the kernel writes.
struct SchedulerWatch::Processor
{
    OwnedFd fd;
    void* memory = MAP_FAILED;
    std::size_t dataBytes = 0;
    std::vector<char> record; ///< the current one, put together if it wraps around

    Processor() = default;
    Processor(const Processor&) = delete;
    Processor& operator=(const Processor&) = delete;
    ~Processor()
    {
        if (memory != MAP_FAILED)
            static_cast<void>(::munmap(memory, dataBytes + pageBytes()));
    }

    bool map(std::size_t pages)
    {
        dataBytes = pages * pageBytes();
        memory = ::mmap(
            nullptr, dataBytes + pageBytes(), PROT_READ | PROT_WRITE, MAP_SHARED, fd.get(), 0);
        return memory != MAP_FAILED;
    }

    [[nodiscard]] perf_event_mmap_page& control() const
    {
        return *static_cast<perf_event_mmap_page*>(memory);
    }

    void copyOut(std::uint64_t position, std::size_t bytes, char* to) const
    {
        const char* data = static_cast<const char*>(memory) + pageBytes();
        const std::size_t offset = position % dataBytes;
        const std::size_t first = std::min(bytes, dataBytes - offset);
        std::memcpy(to, data + offset, first);
        std::memcpy(to + first, data, bytes - first);
    }

    template <typename Taker> void takeRecords(const Taker& take)
    {
        const std::uint64_t head = loadAcquire(control().data_head);
        std::uint64_t tail = control().data_tail;
        while (tail < head) {
            perf_event_header header{};
            copyOut(tail, sizeof header, reinterpret_cast<char*>(&header));
            if (header.size < sizeof header || header.size > head - tail)
                break; // not a record: the rest is given up
            record.resize(header.size);
            copyOut(tail, header.size, record.data());
            take(header, record);
            tail += header.size;
        }
        storeRelease(control().data_tail, head);
    }
};

SchedulerWatch::SchedulerWatch() = default;
SchedulerWatch::SchedulerWatch(SchedulerWatch&& other) noexcept = default;
SchedulerWatch& SchedulerWatch::operator=(SchedulerWatch&& other) noexcept = default;
SchedulerWatch::~SchedulerWatch() = default;

Result<SchedulerWatch> SchedulerWatch::open(pid_t process, std::int64_t sessionStart)
{
    SchedulerWatch watch;
    watch.m_sessionStart = sessionStart;
    perf_event_attr attributes = switchEvent();
    const long processors = ::sysconf(_SC_NPROCESSORS_CONF);
    for (long number = 0; number < processors; ++number) {
        auto processor = std::make_unique<Processor>();
        processor->fd.reset(static_cast<int>(::syscall(SYS_perf_event_open, &attributes, process,
            static_cast<int>(number), -1, PERF_FLAG_FD_CLOEXEC)));
        if (!processor->fd && errno == ENODEV)
            continue; // this processor is switched off
        if (!processor->fd)
            return systemError("perf_event_open");
        std::size_t pages = kMostPages;
        while (!processor->map(pages) && errno == EPERM && pages > kFewestPages)
            pages /= 2;
        if (processor->memory == MAP_FAILED)
            return systemError("mmap", "a perf event");
        watch.m_processors.push_back(std::move(processor));
    }
    return watch;
}

void SchedulerWatch::drain(const Sink& sink)
{
    const auto now = static_cast<std::uint64_t>(monotonicNow().count() - m_sessionStart);
    collect();
    handOut(now > kKeptBack ? now - kKeptBack : 0, sink);
}

void SchedulerWatch::drainAll(const Sink& sink)
{
    collect();
    handOut(std::numeric_limits<std::uint64_t>::max(), sink);
}

void SchedulerWatch::collect()
{
    const auto take = [this](const perf_event_header& header, const std::vector<char>& record) {
        if (auto event = eventOf(header, record, m_sessionStart))
            m_pending.push_back(*event);
    };
    for (const auto& processor : m_processors)
        processor->takeRecords(take);
}

void SchedulerWatch::handOut(std::uint64_t before, const Sink& sink)
{
    std::stable_sort(m_pending.begin(), m_pending.end(),
        [](const TraceEvent& left, const TraceEvent& right) { return left.time < right.time; });
    const auto end = std::partition_point(m_pending.begin(), m_pending.end(),
        [&](const TraceEvent& event) { return event.time < before; });
    std::for_each(m_pending.begin(), end, sink);
    m_pending.erase(m_pending.begin(), end);
}

std::string whyRefused(const Error& error)
{
    if (error.systemErrno == ENOSYS || error.systemErrno == ENOENT)
        return "this kernel has no perf events";
    if (error.systemErrno == EACCES || error.systemErrno == EPERM) {
        std::ifstream file("/proc/sys/kernel/perf_event_paranoid");
        int level = 0;
        if (file >> level && level > 2)
            return "kernel.perf_event_paranoid is " + std::to_string(level)
                + "; allow it with: sysctl kernel.perf_event_paranoid=2";
        return "the system refuses perf events here (" + error.text()
            + "); outside of a container: sysctl kernel.perf_event_paranoid=2";
    }
    return error.text();
}

std::optional<ProcessorTime> readProcessorTime(pid_t process, pid_t thread)
{
    std::ifstream file(
        "/proc/" + std::to_string(process) + "/task/" + std::to_string(thread) + "/schedstat");
    ProcessorTime time;
    if (!(file >> time.runningNanoseconds >> time.waitingNanoseconds))
        return std::nullopt;
    return time;
}

} // namespace heddle
