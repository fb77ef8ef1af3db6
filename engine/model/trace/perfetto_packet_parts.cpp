// SPDX-License-Identifier: Apache-2.0
// The part of PerfettoDecoder that reads what a file says once, not for each event.
#include "engine/model/trace/field_cursor.h"
#include "engine/model/trace/perfetto_fields.h"
#include "engine/model/trace/perfetto_packet.h"

#include <algorithm>
#include <utility>

namespace heddle {

using namespace field_key;
using namespace perfetto;
using protozero::data_view;
using protozero::pbf_reader;
using protozero::pbf_wire_type;

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
        const std::string_view word(text.data(), text.size());
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
