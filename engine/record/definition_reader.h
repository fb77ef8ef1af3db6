// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/trace/trace_builder.h"
#include "engine/record/session.h"

#include <cstdint>
#include <vector>

namespace heddle {

/// Carries names, actors and objects of a session's tables over to a trace, each once.
///
/// Threads: one thread at a time.
class DefinitionReader
{
public:
    explicit DefinitionReader(const Session& session);

    /// Takes over what has been published since the last time.
    void readInto(TraceBuilder& builder);

private:
    // How far a table has been looked at, and what was claimed below that and not yet published.
    struct Progress
    {
        std::uint32_t seen = 0;
        std::vector<std::uint32_t> unpublished;
    };

    template <typename Define>
    static void advance(Progress& progress, std::uint32_t count, const Define& define);

    const Session& m_session;
    Progress m_names;
    Progress m_actors;
    Progress m_objects;
};

} // namespace heddle
