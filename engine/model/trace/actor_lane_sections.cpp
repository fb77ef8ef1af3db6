// SPDX-License-Identifier: Apache-2.0
#include "engine/model/trace/actor_lane.h"

// The sections of a lane: what is named and stands within other such things.

namespace heddle {

namespace {

constexpr std::size_t kDeepest = 64;

} // namespace

void ActorLane::enter(NameId name, std::uint16_t line, std::int64_t time)
{
    if (m_sections.size() >= kDeepest) {
        if (m_tooDeep++ == 0)
            m_writer.mark(m_lane, time, "sections nested too deeply");
        return;
    }
    Section section;
    section.name = name;
    section.slice.state = State::Section;
    section.slice.line = line;
    section.slice.name = name;
    section.slice.begin = time;
    m_sections.push_back(section);
    if (m_sectionTracks.size() < m_sections.size()) {
        const auto depth = static_cast<std::uint8_t>(m_sectionTracks.size());
        m_sectionTracks.push_back(m_writer.addTrack(m_lane, TrackKind::Section, depth));
    }
    m_isPublished = false;
}

void ActorLane::leave(NameId name, std::int64_t time)
{
    if (m_tooDeep > 0) {
        --m_tooDeep;
        return;
    }
    std::size_t depth = m_sections.size();
    while (depth > 0 && m_sections[depth - 1].name != name)
        --depth;
    if (depth == 0) {
        m_writer.mark(m_lane, time, "a section was left that had not been entered");
        return;
    }
    if (depth < m_sections.size())
        m_writer.mark(m_lane, time, "a section was left before those inside it");
    closeSections(depth - 1, time);
}

void ActorLane::closeSections(std::size_t downTo, std::int64_t time)
{
    while (m_sections.size() > downTo) {
        Slice slice = m_sections.back().slice;
        slice.end = time;
        m_sections.pop_back();
        m_writer.addSlice(m_sectionTracks[m_sections.size()], slice);
        m_isPublished = false;
    }
}

} // namespace heddle
