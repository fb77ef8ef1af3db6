// SPDX-License-Identifier: Apache-2.0
#include "engine/model/trace/perfetto_packet.h"

#include "engine/model/trace/field_cursor.h"
#include "engine/model/trace/perfetto_fields.h"
#include "engine/model/trace/trace_writer.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <optional>

namespace heddle {

using namespace field_key;
using namespace perfetto;
using protozero::pbf_reader;

namespace {

constexpr std::size_t kMostSequences = 16UL * 1024;

std::int64_t roundedOf(double value)
{
    constexpr double kMost = 9e18;
    return std::isfinite(value) ? std::llround(std::clamp(value, -kMost, kMost)) : 0;
}

} // namespace

/// The fields of a packet, to be used in the order in which they depend on each other.
struct PerfettoDecoder::Parts
{
    std::uint64_t timestamp = 0;
    std::uint64_t clock = 0;
    std::uint32_t sequence = 0;
    std::uint32_t flags = 0;
    std::string_view event;

    // What a file says once or now and then.
    struct Rare
    {
        std::string_view interned;
        std::string_view defaults;
        std::string_view clocks;
        std::string_view descriptor;
    };
    std::optional<Rare> rare;

    Rare& withRare() { return rare ? *rare : rare.emplace(); }
};

void PerfettoDecoder::split(std::string_view packet, Parts& parts)
{
    FieldCursor reader(packet);
    while (reader.next()) {
        switch (reader.key()) {
        case varint(packet::kTimestamp):
            parts.timestamp = reader.varint();
            break;
        case varint(packet::kSequenceId):
            parts.sequence = static_cast<std::uint32_t>(reader.varint());
            break;
        case varint(packet::kSequenceFlags):
            parts.flags = static_cast<std::uint32_t>(reader.varint());
            break;
        case varint(packet::kTimestampClockId):
            parts.clock = reader.varint();
            break;
        case bytes(packet::kTrackEvent):
            parts.event = reader.bytes();
            break;
        case bytes(packet::kInternedData):
            parts.withRare().interned = reader.bytes();
            break;
        case bytes(packet::kDefaults):
            parts.withRare().defaults = reader.bytes();
            break;
        case bytes(packet::kClockSnapshot):
            parts.withRare().clocks = reader.bytes();
            break;
        case bytes(packet::kTrackDescriptor):
            parts.withRare().descriptor = reader.bytes();
            break;
        default:
            reader.skip();
        }
    }
}

PerfettoDecoder::Sequence& PerfettoDecoder::sequence(std::uint32_t id)
{
    if (m_last != nullptr && m_lastId == id)
        return *m_last;
    // Beyond the bound all share one: their names may be wrong, but memory is not.
    m_lastId = m_sequences.size() < kMostSequences || m_sequences.count(id) > 0 ? id : 0;
    m_last = &m_sequences[m_lastId];
    m_lastId = id;
    return *m_last;
}

PerfettoDecoder::Decoded PerfettoDecoder::decode(std::string_view packet)
{
    Parts parts;
    split(packet, parts);
    Sequence& own = sequence(parts.sequence);
    if ((parts.flags & sequence_flags::kStateCleared) != 0) {
        own.names.clear();
        own.annotations.clear();
        own.defaultTrack = 0;
        own.defaultClock = 0;
    }
    Decoded decoded;
    if (parts.rare)
        decoded.hasTrack = takeRare(own, parts);
    if (!parts.event.empty()) {
        takeEvent(own, FieldCursor(parts.event));
        m_event.time = timeOf(own, parts);
        decoded.hasEvent = true;
    }
    return decoded;
}

/// Returns whether a track was described.
bool PerfettoDecoder::takeRare(Sequence& sequence, const Parts& parts)
{
    const auto readerOf = [](std::string_view part) {
        return pbf_reader(part.data(), part.size());
    };
    if (!parts.rare->clocks.empty())
        takeClocks(sequence, readerOf(parts.rare->clocks));
    if (!parts.rare->defaults.empty())
        takeDefaults(sequence, readerOf(parts.rare->defaults));
    if (!parts.rare->interned.empty())
        takeInterned(sequence, readerOf(parts.rare->interned));
    if (parts.rare->descriptor.empty())
        return false;
    takeTrack(readerOf(parts.rare->descriptor));
    return true;
}

std::int64_t PerfettoDecoder::timeOf(Sequence& sequence, const Parts& parts)
{
    std::uint64_t time = parts.timestamp;
    const std::uint64_t id = parts.clock != 0 ? parts.clock : sequence.defaultClock;
    if (id != 0) {
        if (const auto found = sequence.clocks.find(id); found != sequence.clocks.end()) {
            Clock& clock = found->second;
            clock.value = clock.isIncremental ? clock.value + time : time;
            time = clock.value * clock.multiplier + clock.offset;
        }
    }
    return static_cast<std::int64_t>(
        std::min(time, static_cast<std::uint64_t>(TraceWriter::kLatest)));
}

void PerfettoDecoder::takeEvent(const Sequence& sequence, FieldCursor data)
{
    m_event = {};
    m_event.isHeddle = sequence.isHeddle;
    m_event.track = sequence.defaultTrack;
    while (data.next()) {
        switch (data.key()) {
        case varint(event::kType):
            m_event.type = static_cast<std::uint32_t>(data.varint());
            break;
        case varint(event::kTrackUuid):
            m_event.track = data.varint();
            break;
        case varint(event::kCategoryIids):
            takeCategory(data.varint());
            break;
        case varint(event::kNameIid):
            m_event.nameIid = data.varint();
            m_event.name = sequence.names.get(m_event.nameIid);
            break;
        case bytes(event::kName):
            takeName(data.bytes());
            break;
        case varint(event::kCounterValue):
            m_event.counter = static_cast<std::int64_t>(data.varint());
            break;
        case fixed64(event::kDoubleCounterValue):
            m_event.counter = roundedOf(std::bit_cast<double>(data.fixed64()));
            break;
        case fixed64(event::kFlowIds):
            m_event.flow = data.fixed64();
            break;
        case fixed64(event::kTerminatingFlowIds):
            m_event.terminatingFlow = data.fixed64();
            break;
        case bytes(event::kDebugAnnotations):
            takeAnnotation(sequence, data.bytes());
            break;
        default:
            data.skip();
        }
    }
}

void PerfettoDecoder::takeCategory(std::uint64_t iid)
{
    if (m_event.category != 0)
        return;
    m_event.category = iid;
    m_event.isFact = m_event.isHeddle && iid == own::kCategory;
    if (m_event.isFact)
        m_fact = {};
}

void PerfettoDecoder::takeName(std::string_view text)
{
    if (m_event.isFact)
        m_fact.name = text;
    else
        m_event.name = m_defineName(text);
}

void PerfettoDecoder::takeAnnotation(const Sequence& sequence, std::string_view message)
{
    if (m_event.isFact) {
        takeFact(pbf_reader(message.data(), message.size()));
        return;
    }
    FieldCursor data(message);
    Annotation which = Annotation::Other;
    while (data.next()) {
        switch (data.key()) {
        case varint(annotation::kNameIid):
            which = sequence.annotations.get(data.varint());
            break;
        case varint(annotation::kUint):
            if (which == Annotation::Line)
                m_event.line = data.varint();
            else if (which == Annotation::Value)
                m_event.value = data.varint();
            else
                data.skip();
            break;
        case varint(annotation::kStringIid):
            if (which == Annotation::Subject)
                m_event.subject = data.varint();
            else
                data.skip();
            break;
        default:
            data.skip();
        }
    }
}

} // namespace heddle
