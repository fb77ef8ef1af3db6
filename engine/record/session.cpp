// SPDX-License-Identifier: Apache-2.0
#include "engine/record/session.h"

#include "engine/base/clock.h"
#include "engine/record/ticks.h"

#include <bit>
#include <limits>
#include <new>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace heddle {

namespace {

constexpr std::uint64_t kPageBytes = 4096;
constexpr std::uint32_t kMaxRings = 16 * 1024;
constexpr std::uint32_t kMaxRecords = 16 * 1024 * 1024;
constexpr std::uint32_t kMaxEntries = 16 * 1024 * 1024;
constexpr std::uint64_t kBytesPerName = 32; // an entry of the index for so many bytes of text
constexpr int kSeals = F_SEAL_SHRINK | F_SEAL_GROW;

std::uint64_t wholePages(std::uint64_t bytes)
{
    return (bytes + kPageBytes - 1) / kPageBytes * kPageBytes;
}

bool isCount(std::uint32_t value, std::uint32_t most)
{
    return value > 0 && value <= most;
}

// The counts are bounded so that no sum below can leave 64 bits.
std::optional<SessionGeometry> geometryOf(SessionGeometry counts)
{
    const bool sane = isCount(counts.rings, kMaxRings)
        && isCount(counts.recordsPerRing, kMaxRecords) && std::has_single_bit(counts.recordsPerRing)
        && isCount(counts.names, kMaxEntries) && isCount(counts.actors, kMaxEntries)
        && isCount(counts.objects, kMaxEntries) && counts.namesBytes > 0
        && counts.namesBytes <= std::numeric_limits<std::int32_t>::max();
    if (!sane)
        return std::nullopt;
    SessionGeometry where = counts;
    where.controls = wholePages(sizeof(SessionLayout));
    where.records = where.controls + wholePages(std::uint64_t{where.rings} * sizeof(RingControl));
    const std::uint64_t ringBytes = std::uint64_t{where.recordsPerRing} * sizeof(TraceEvent);
    where.nameEntries = where.records + wholePages(where.rings * ringBytes);
    where.nameTexts = where.nameEntries + wholePages(where.names * sizeof(NameEntry));
    where.actorSlots = where.nameTexts + wholePages(where.namesBytes);
    where.objectSlots = where.actorSlots + wholePages(where.actors * sizeof(ActorSlot));
    where.totalBytes = where.objectSlots + wholePages(where.objects * sizeof(ObjectSlot));
    return where;
}

Result<SessionLayout*> mapped(int fd, std::uint64_t bytes)
{
    void* memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (memory == MAP_FAILED)
        return systemError("mmap", "a recording session");
    return static_cast<SessionLayout*>(memory);
}

Error noSession(std::string why)
{
    return Error{ErrorKind::BadTrace, 0, "attach to a session", std::move(why)};
}

void fillHeader(SessionLayout& layout, const SessionGeometry& geometry, RecordingClock clock)
{
    const ClockSource source = clock == RecordingClock::Best && hasSteadyTicks()
        ? ClockSource::ProcessorTicks
        : ClockSource::MonotonicNanoseconds;
    const ClockPair start = readClockPair(source);
    layout.version = kSessionVersion;
    layout.headerBytes = sizeof(SessionLayout);
    layout.rings = geometry.rings;
    layout.recordsPerRing = geometry.recordsPerRing;
    layout.names = geometry.names;
    layout.actors = geometry.actors;
    layout.objects = geometry.objects;
    layout.namesBytes = geometry.namesBytes;
    layout.clock = static_cast<std::uint32_t>(source);
    layout.startNanoseconds = start.nanoseconds;
    layout.startTicks = start.ticks;
    layout.magic = kSessionMagic;
}

// What a foreign fd must be before it may be mapped: sealed, so that it cannot shrink under its reader.
Result<std::uint64_t> sizeOfSealed(int fd)
{
    const int seals = ::fcntl(fd, F_GET_SEALS);
    if (seals < 0 || (seals & kSeals) != kSeals)
        return noSession("the descriptor is no sealed memory");
    struct stat status = {};
    if (::fstat(fd, &status) != 0)
        return systemError("fstat", "a recording session");
    if (status.st_size < static_cast<off_t>(kPageBytes))
        return noSession("it is too short");
    return static_cast<std::uint64_t>(status.st_size);
}

Result<SessionGeometry> checkedGeometry(const SessionLayout& layout, std::uint64_t sizeBytes)
{
    if (layout.magic != kSessionMagic)
        return noSession("it does not begin as a session does");
    if (layout.version != kSessionVersion || layout.headerBytes != sizeof(SessionLayout))
        return noSession("it has version " + std::to_string(layout.version) + ", not "
            + std::to_string(kSessionVersion));
    SessionGeometry counts;
    counts.rings = layout.rings;
    counts.recordsPerRing = layout.recordsPerRing;
    counts.names = layout.names;
    counts.actors = layout.actors;
    counts.objects = layout.objects;
    counts.namesBytes = layout.namesBytes;
    const auto geometry = geometryOf(counts);
    if (!geometry || geometry->totalBytes != sizeBytes)
        return noSession("its counts do not fit its size");
    const bool knownClock = layout.clock == static_cast<std::uint32_t>(ClockSource::ProcessorTicks)
        || layout.clock == static_cast<std::uint32_t>(ClockSource::MonotonicNanoseconds);
    if (!knownClock)
        return noSession("its clock is unknown");
    return *geometry;
}

} // namespace

Result<Session> Session::create(const SessionOptions& options)
{
    SessionGeometry counts;
    counts.rings = options.rings;
    counts.recordsPerRing = options.recordsPerRing;
    counts.names = static_cast<std::uint32_t>(options.namesBytes / kBytesPerName);
    counts.actors = options.actors;
    counts.objects = options.objects;
    counts.namesBytes = options.namesBytes;
    const auto geometry = geometryOf(counts);
    if (!geometry)
        return Error{
            ErrorKind::InvalidArgument, 0, "create a session", "its sizes are out of range"};

    OwnedFd fd(::memfd_create("heddle-session", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!fd)
        return systemError("memfd_create");
    if (::ftruncate(fd.get(), static_cast<off_t>(geometry->totalBytes)) != 0)
        return systemError("ftruncate", "a recording session");
    if (::fcntl(fd.get(), F_ADD_SEALS, kSeals | F_SEAL_SEAL) != 0)
        return systemError("fcntl F_ADD_SEALS");
    Result<SessionLayout*> memory = mapped(fd.get(), geometry->totalBytes);
    if (!memory)
        return memory.error();
    auto* layout = new (*memory) SessionLayout;
    fillHeader(*layout, *geometry, options.clock);
    return Session(std::move(fd), layout, *geometry);
}

Result<Session> Session::attach(OwnedFd fd)
{
    const Result<std::uint64_t> sizeBytes = sizeOfSealed(fd.get());
    if (!sizeBytes)
        return sizeBytes.error();
    Result<SessionLayout*> memory = mapped(fd.get(), *sizeBytes);
    if (!memory)
        return memory.error();
    const Result<SessionGeometry> geometry = checkedGeometry(**memory, *sizeBytes);
    if (!geometry) {
        static_cast<void>(::munmap(*memory, *sizeBytes));
        return geometry.error();
    }
    return Session(std::move(fd), *memory, *geometry);
}

Session::Session(OwnedFd fd, SessionLayout* layout, const SessionGeometry& geometry)
    : m_fd(std::move(fd))
    , m_layout(layout)
    , m_geometry(geometry)
    , m_clock(static_cast<ClockSource>(layout->clock))
    , m_startNanoseconds(layout->startNanoseconds)
{
}

Session::Session(Session&& other) noexcept
    : m_fd(std::move(other.m_fd))
    , m_layout(std::exchange(other.m_layout, nullptr))
    , m_geometry(other.m_geometry)
    , m_clock(other.m_clock)
    , m_startNanoseconds(other.m_startNanoseconds)
{
}

Session& Session::operator=(Session&& other) noexcept
{
    if (this == &other)
        return *this;
    unmap();
    m_fd = std::move(other.m_fd);
    m_layout = std::exchange(other.m_layout, nullptr);
    m_geometry = other.m_geometry;
    m_clock = other.m_clock;
    m_startNanoseconds = other.m_startNanoseconds;
    return *this;
}

Session::~Session()
{
    unmap();
}

void Session::unmap()
{
    if (m_layout != nullptr)
        static_cast<void>(::munmap(m_layout, m_geometry.totalBytes));
    m_layout = nullptr;
}

void Session::restart()
{
    const ClockPair start = readClockPair(m_clock);
    m_layout->startTicks = start.ticks;
    m_layout->startNanoseconds = start.nanoseconds;
    m_startNanoseconds = start.nanoseconds;
}

void Session::adoptStart()
{
    const std::int64_t start = m_layout->startNanoseconds;
    // Nothing is written where nothing changes: without a window the starter is its own watcher.
    if (start > m_startNanoseconds && start <= monotonicNow().count())
        m_startNanoseconds = start;
}

std::int64_t Session::now() const
{
    return monotonicNow().count() - m_startNanoseconds;
}

RingControl& Session::ring(std::uint32_t index) const
{
    HEDDLE_ASSERT(index < m_geometry.rings, "a ring of this session");
    return at<RingControl>(m_geometry.controls)[index];
}

TraceEvent* Session::records(std::uint32_t index) const
{
    HEDDLE_ASSERT(index < m_geometry.rings, "a ring of this session");
    return at<TraceEvent>(m_geometry.records) + std::uint64_t{index} * m_geometry.recordsPerRing;
}

NameEntry& Session::nameEntry(std::uint32_t index) const
{
    HEDDLE_ASSERT(index < m_geometry.names, "an entry of the names table");
    return at<NameEntry>(m_geometry.nameEntries)[index];
}

char* Session::nameTexts() const
{
    return at<char>(m_geometry.nameTexts);
}

ActorSlot* Session::actor(ActorId id) const
{
    if (!id || id.value > m_geometry.actors)
        return nullptr;
    return at<ActorSlot>(m_geometry.actorSlots) + (id.value - 1);
}

ObjectSlot* Session::object(ObjectId id) const
{
    if (!id || id.value > m_geometry.objects)
        return nullptr;
    return at<ObjectSlot>(m_geometry.objectSlots) + (id.value - 1);
}

} // namespace heddle
