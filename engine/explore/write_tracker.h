// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/walked_path.h"

#include <cstddef>
#include <map>

namespace heddle {

/// Who has written which shared variable last, along a schedule.
///
/// Threads: immutable.
class WriteTracker
{
public:
    struct Write
    {
        std::int32_t actor = 0;
        std::size_t step = 0; ///< its number, from 1
    };

    WriteTracker(const Machine& machine, const WalkedPath& path, std::size_t steps);

    /// The last write of the variable in this cell of a state, or null.
    [[nodiscard]] const Write* last(std::size_t cell) const;

private:
    std::map<std::size_t, Write> m_last;
};

/// The cells of the shared variables that a step wrote, also where the value stayed the same.
[[nodiscard]] std::vector<std::size_t> cellsWritten(
    const Machine& machine, const WalkedPath& path, std::size_t step);

} // namespace heddle
