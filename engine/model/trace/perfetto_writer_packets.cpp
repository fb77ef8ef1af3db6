// SPDX-License-Identifier: Apache-2.0
// The part of PerfettoWriter that knows packets and interning, not traces.
#include "engine/model/trace/perfetto_fields.h"
#include "engine/model/trace/perfetto_writer.h"

namespace heddle {

using namespace perfetto;
using protozero::pbf_writer;

namespace {

constexpr std::uint32_t kSequence = 1;

} // namespace

void PerfettoWriter::intern(std::uint32_t field, std::uint64_t iid, std::string_view text)
{
    std::string entry;
    pbf_writer part(entry);
    part.add_uint64(interned::kIid, iid);
    part.add_string(interned::kText, text.data(), text.size());
    pbf_writer(m_interned).add_message(field, entry);
}

void PerfettoWriter::internCategory(std::uint64_t iid, std::string_view text)
{
    // The few fixed numbers are looked up often: a bit each.
    const std::uint64_t bit = std::uint64_t{1} << iid;
    if ((m_knownCategories & bit) == 0)
        intern(interned::kCategories, iid, text);
    m_knownCategories |= bit;
}

void PerfettoWriter::internFixedName(std::uint64_t iid, std::string_view text)
{
    const std::uint64_t bit = std::uint64_t{1} << iid;
    if ((m_knownFixedNames & bit) == 0)
        intern(interned::kEventNames, iid, text);
    m_knownFixedNames |= bit;
}

void PerfettoWriter::internAnnotationName(std::uint64_t iid, std::string_view text)
{
    const std::uint64_t bit = std::uint64_t{1} << iid;
    if ((m_knownAnnotationNames & bit) == 0)
        intern(interned::kAnnotationNames, iid, text);
    m_knownAnnotationNames |= bit;
}

std::uint64_t PerfettoWriter::internName(NameId name)
{
    const auto [place, isNew] = m_names.try_emplace(name, own::kFirstName + m_names.size());
    if (isNew)
        intern(interned::kEventNames, place->second, m_trace.name(name));
    return place->second;
}

std::uint64_t PerfettoWriter::internString(std::uint32_t id, bool isActor)
{
    const std::uint64_t iid = own::stringOf(id, isActor);
    if (m_knownStrings.insert(iid).second) {
        intern(interned::kAnnotationStrings, iid,
            isActor ? m_trace.actorName(ActorId{id}) : m_trace.objectName(ObjectId{id}));
    }
    return iid;
}

void PerfettoWriter::flushPacket(std::int64_t time)
{
    m_packet.clear();
    pbf_writer packet(m_packet);
    packet.add_uint64(packet::kTimestamp, static_cast<std::uint64_t>(time));
    packet.add_uint32(packet::kSequenceId, kSequence);
    packet.add_uint32(packet::kSequenceFlags,
        m_isFirst ? sequence_flags::kStateCleared : sequence_flags::kNeedsState);
    m_isFirst = false;
    if (!m_interned.empty()) {
        packet.add_message(packet::kInternedData, m_interned);
        m_interned.clear();
    }
    packet.add_message(packet::kTrackEvent, m_event);
    m_frame.clear();
    pbf_writer(m_frame).add_message(trace::kPacket, m_packet);
    m_file.write(m_frame);
}

void PerfettoWriter::writeDescriptor()
{
    m_packet.clear();
    pbf_writer packet(m_packet);
    packet.add_uint32(packet::kSequenceId, kSequence);
    packet.add_message(packet::kTrackDescriptor, m_descriptor);
    m_descriptor.clear();
    m_frame.clear();
    pbf_writer(m_frame).add_message(trace::kPacket, m_packet);
    m_file.write(m_frame);
}

} // namespace heddle
