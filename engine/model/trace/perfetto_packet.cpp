// SPDX-License-Identifier: Apache-2.0
#include "engine/model/trace/perfetto_packet.h"

#include "engine/model/trace/perfetto_fields.h"
#include "engine/model/trace/trace_writer.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace heddle {

using namespace perfetto;
using protozero::data_view;
using protozero::pbf_reader;
using protozero::pbf_wire_type;

namespace {

constexpr std::size_t kMostSequences = 16UL * 1024;

// A field is taken only with the wire type it should have: anything else is skipped.
constexpr std::uint32_t varint(std::uint32_t field)
{
    return protozero::tag_and_type(field, pbf_wire_type::varint);
}
constexpr std::uint32_t bytes(std::uint32_t field)
{
    return protozero::tag_and_type(field, pbf_wire_type::length_delimited);
}
constexpr std::uint32_t fixed64(std::uint32_t field)
{
    return protozero::tag_and_type(field, pbf_wire_type::fixed64);
}

std::string_view textOf(data_view view)
{
    return {view.data(), view.size()};
}

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
    data_view event;
    data_view interned;
    data_view defaults;
    data_view clocks;
    data_view descriptor;
};

void PerfettoDecoder::split(std::string_view packet, Parts& parts)
{
    pbf_reader reader(packet.data(), packet.size());
    while (reader.next()) {
        switch (reader.tag_and_type()) {
        case varint(packet::kTimestamp):
            parts.timestamp = reader.get_uint64();
            break;
        case varint(packet::kSequenceId):
            parts.sequence = reader.get_uint32();
            break;
        case varint(packet::kSequenceFlags):
            parts.flags = reader.get_uint32();
            break;
        case varint(packet::kTimestampClockId):
            parts.clock = reader.get_uint64();
            break;
        case bytes(packet::kTrackEvent):
            parts.event = reader.get_view();
            break;
        case bytes(packet::kInternedData):
            parts.interned = reader.get_view();
            break;
        case bytes(packet::kDefaults):
            parts.defaults = reader.get_view();
            break;
        case bytes(packet::kClockSnapshot):
            parts.clocks = reader.get_view();
            break;
        case bytes(packet::kTrackDescriptor):
            parts.descriptor = reader.get_view();
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
    if (!parts.clocks.empty())
        takeClocks(own, pbf_reader(parts.clocks));
    if (!parts.defaults.empty())
        takeDefaults(own, pbf_reader(parts.defaults));
    if (!parts.interned.empty())
        takeInterned(own, pbf_reader(parts.interned));
    Decoded decoded;
    if (!parts.descriptor.empty()) {
        takeTrack(pbf_reader(parts.descriptor));
        decoded.hasTrack = true;
    }
    if (!parts.event.empty()) {
        takeEvent(own, pbf_reader(parts.event));
        m_event.time = timeOf(own, parts);
        decoded.hasEvent = true;
    }
    return decoded;
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

/// A snapshot says what all clocks show at one moment; the first that is not the sequence's own is
/// the one to which the others are led back.
void PerfettoDecoder::takeClocks(Sequence& sequence, pbf_reader data)
{
    constexpr std::uint64_t kFirstOwnClock = 64;
    struct Shown
    {
        std::uint64_t id = 0;
        Clock clock;
    };
    std::vector<Shown> shown;
    while (data.next(clock::kClocks, pbf_wire_type::length_delimited)) {
        pbf_reader each = data.get_message();
        Shown one;
        while (each.next()) {
            switch (each.tag_and_type()) {
            case varint(clock::kClockId):
                one.id = each.get_uint64();
                break;
            case varint(clock::kTimestamp):
                one.clock.value = each.get_uint64();
                break;
            case varint(clock::kIsIncremental):
                one.clock.isIncremental = each.get_bool();
                break;
            case varint(clock::kUnitMultiplier):
                one.clock.multiplier = std::max<std::uint64_t>(each.get_uint64(), 1);
                break;
            default:
                each.skip();
            }
        }
        shown.push_back(one);
    }
    const auto reference = std::find_if(
        shown.begin(), shown.end(), [](const Shown& each) { return each.id < kFirstOwnClock; });
    for (Shown& each : shown) {
        if (each.id < kFirstOwnClock)
            continue;
        if (reference != shown.end())
            each.clock.offset = reference->clock.value - each.clock.value * each.clock.multiplier;
        sequence.clocks[each.id] = each.clock;
    }
}

void PerfettoDecoder::takeDefaults(Sequence& sequence, pbf_reader data)
{
    while (data.next()) {
        switch (data.tag_and_type()) {
        case varint(defaults::kTimestampClockId):
            sequence.defaultClock = data.get_uint64();
            break;
        case bytes(defaults::kTrackEventDefaults): {
            pbf_reader event = data.get_message();
            while (event.next(defaults::kTrackUuid, pbf_wire_type::varint))
                sequence.defaultTrack = event.get_uint64();
            break;
        }
        default:
            data.skip();
        }
    }
}

void PerfettoDecoder::takeInterned(Sequence& sequence, pbf_reader data)
{
    while (data.next()) {
        const std::uint32_t table = data.tag();
        if (data.wire_type() != pbf_wire_type::length_delimited) {
            data.skip();
            continue;
        }
        pbf_reader entry = data.get_message();
        std::uint64_t iid = 0;
        data_view text;
        while (entry.next()) {
            if (entry.tag_and_type() == varint(interned::kIid))
                iid = entry.get_uint64();
            else if (entry.tag_and_type() == bytes(interned::kText))
                text = entry.get_view();
            else
                entry.skip();
        }
        const std::string_view word = textOf(text);
        if (table == interned::kEventNames)
            sequence.names.set(iid, m_defineName(word));
        else if (table == interned::kCategories && iid == own::kCategory)
            sequence.isHeddle = word == "heddle";
        else if (table == interned::kAnnotationNames)
            sequence.annotations.set(iid, annotationOf(word));
    }
}

PerfettoDecoder::Annotation PerfettoDecoder::annotationOf(std::string_view word)
{
    if (word == "line")
        return Annotation::Line;
    if (word == "object" || word == "actor")
        return Annotation::Subject;
    return word == "value" ? Annotation::Value : Annotation::Other;
}

void PerfettoDecoder::takeEvent(Sequence& sequence, pbf_reader data)
{
    m_event = {};
    m_event.isHeddle = sequence.isHeddle;
    m_event.track = sequence.defaultTrack;
    while (data.next()) {
        switch (data.tag_and_type()) {
        case varint(event::kType):
            m_event.type = data.get_uint32();
            break;
        case varint(event::kTrackUuid):
            m_event.track = data.get_uint64();
            break;
        case varint(event::kCategoryIids):
            takeCategory(data.get_uint64());
            break;
        case varint(event::kNameIid):
            m_event.nameIid = data.get_uint64();
            m_event.name = sequence.names.get(m_event.nameIid);
            break;
        case bytes(event::kName):
            takeName(textOf(data.get_view()));
            break;
        case varint(event::kCounterValue):
            m_event.counter = data.get_int64();
            break;
        case fixed64(event::kDoubleCounterValue):
            m_event.counter = roundedOf(data.get_double());
            break;
        case fixed64(event::kFlowIds):
            m_event.flow = data.get_fixed64();
            break;
        case fixed64(event::kTerminatingFlowIds):
            m_event.terminatingFlow = data.get_fixed64();
            break;
        case bytes(event::kDebugAnnotations):
            takeAnnotation(sequence, data.get_message());
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

void PerfettoDecoder::takeAnnotation(const Sequence& sequence, pbf_reader data)
{
    if (m_event.isFact) {
        takeFact(data);
        return;
    }
    Annotation which = Annotation::Other;
    while (data.next()) {
        switch (data.tag_and_type()) {
        case varint(annotation::kNameIid):
            which = sequence.annotations.get(data.get_uint64());
            break;
        case varint(annotation::kUint):
            if (which == Annotation::Line)
                m_event.line = data.get_uint64();
            else if (which == Annotation::Value)
                m_event.value = data.get_uint64();
            else
                data.skip();
            break;
        case varint(annotation::kStringIid):
            if (which == Annotation::Subject)
                m_event.subject = data.get_uint64();
            else
                data.skip();
            break;
        default:
            data.skip();
        }
    }
}

void PerfettoDecoder::takeFact(pbf_reader data)
{
    std::string key;
    PerfettoFact::Value value;
    while (data.next()) {
        switch (data.tag_and_type()) {
        case bytes(annotation::kName):
            key = data.get_string();
            break;
        case varint(annotation::kUint):
            value = data.get_uint64();
            break;
        case fixed64(annotation::kDouble):
            value = data.get_double();
            break;
        case bytes(annotation::kString):
            value = data.get_string();
            break;
        default:
            data.skip();
        }
    }
    m_fact.values[key] = std::move(value);
}

void PerfettoDecoder::takeTrack(pbf_reader data)
{
    m_track = {};
    while (data.next()) {
        switch (data.tag_and_type()) {
        case varint(descriptor::kUuid):
            m_track.uuid = data.get_uint64();
            break;
        case varint(descriptor::kParentUuid):
            m_track.parent = data.get_uint64();
            break;
        case bytes(descriptor::kName):
        case bytes(descriptor::kStaticName):
            m_track.name = data.get_string();
            break;
        case bytes(descriptor::kCounter):
            m_track.isCounter = true;
            data.skip();
            break;
        case bytes(descriptor::kThread):
            m_track.isThread = true;
            takeThread(data.get_message());
            break;
        default:
            data.skip();
        }
    }
}

void PerfettoDecoder::takeThread(pbf_reader data)
{
    while (data.next()) {
        if (data.tag_and_type() == varint(descriptor::kTid)) {
            m_track.threadId = static_cast<std::uint32_t>(data.get_int32());
        } else if (data.tag_and_type() == bytes(descriptor::kThreadName)) {
            const std::string name = data.get_string();
            if (m_track.name.empty())
                m_track.name = name;
        } else {
            data.skip();
        }
    }
}

} // namespace heddle
