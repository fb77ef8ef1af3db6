// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/locks.h"
#include "engine/base/strong_id.h"

#include <string>
#include <string_view>
#include <unordered_map>

namespace heddle {

class Session;

/// The names that this process has written into its session, each once.
///
/// Threads: any thread.
class RecordedNames
{
public:
    /// The id of a text, which is written if it is new; 0 if the session has no room for it.
    [[nodiscard]] NameId idOf(const Session& session, std::string_view text);

    /// Forgets all: another session begins.
    void clear();

    /// Around a fork: another thread may be about to define a name, and the child would find its
    /// lock taken for ever.
    void hold() HEDDLE_ANNOTATION(no_thread_safety_analysis);
    void letGo() HEDDLE_ANNOTATION(no_thread_safety_analysis);

private:
    InternalMutex m_mutex;
    std::unordered_map<std::string, NameId> m_ids HEDDLE_GUARDED_BY(m_mutex);
};

} // namespace heddle
