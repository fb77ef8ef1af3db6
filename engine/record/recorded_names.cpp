// SPDX-License-Identifier: Apache-2.0
#include "engine/record/recorded_names.h"

#include "engine/record/definition_writer.h"

namespace heddle {

namespace {

constexpr std::size_t kLongestName = 4096;

} // namespace

NameId RecordedNames::idOf(const Session& session, std::string_view text)
{
    const std::string name(text.substr(0, kLongestName));
    const InternalLock lock(m_mutex);
    const auto known = m_ids.find(name);
    if (known != m_ids.end())
        return known->second;
    const NameId id = writeName(session, name);
    if (id)
        m_ids.emplace(name, id);
    return id;
}

void RecordedNames::clear()
{
    const InternalLock lock(m_mutex);
    m_ids.clear();
}

void RecordedNames::hold()
{
    m_mutex.lock();
}

void RecordedNames::letGo()
{
    m_mutex.unlock();
}

} // namespace heddle
