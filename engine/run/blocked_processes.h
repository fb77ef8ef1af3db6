// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/processes/process_picture.h"

#include <cstdint>
#include <functional>
#include <set>
#include <utility>
#include <vector>

namespace heddle {

/// The processes of a run at one look: who has which end of which pipe open, and which of the strangers
/// among them (commands and what they have started) are blocked for good.
///
/// A stranger is blocked if it reads from a pipe of the program's or writes to one, and everybody who has
/// the other end is stuck; or if it waits for its children and all of them are blocked. Every other one
/// may still do anything at all.
///
/// Threads: one thread at a time.
class BlockedProcesses
{
public:
    /// Whether a process of the program's own is stuck for good.
    using IsOwnStuck = std::function<bool(pid_t process)>;

    /// Nothing is known: whoever there may be can go on.
    BlockedProcesses() = default;

    /// `own` are the processes whose actors the caller judges (ended ones are passed over), `pipes` the
    /// inodes of the program's.
    BlockedProcesses(std::vector<ProcessPicture> pictures, std::set<pid_t> own,
        const std::set<std::uint64_t>& pipes);

    /// Takes those out who are not blocked if only the others are. Result: whether there were any.
    [[nodiscard]] bool takeOutMoving(const IsOwnStuck& isOwnStuck);

    [[nodiscard]] bool isKnown() const { return m_isKnown; }
    [[nodiscard]] bool isOwn(pid_t process) const { return m_own.count(process) != 0; }
    [[nodiscard]] pid_t parentOf(pid_t process) const; ///< 0: there is no such process
    [[nodiscard]] bool isBlocked(pid_t stranger) const { return m_blocked.count(stranger) != 0; }

    /// A stranger is not blocked, or nothing is known.
    [[nodiscard]] bool isSomebodyMoving() const;

    [[nodiscard]] std::vector<pid_t> holdersOf(std::uint64_t inode, bool isWriter) const;

    /// Who is held up at a pipe, of a blocked process and what it has started; null if nobody is.
    [[nodiscard]] const ProcessPicture* heldUpIn(pid_t process) const;

    /// The process itself or the nearest ancestor that is one of those looked for; 0: there is none.
    [[nodiscard]] pid_t nearest(
        pid_t process, const std::function<bool(pid_t process)>& isLookedFor) const;

    /// What differs between two looks if a stranger has come, gone or done anything in between.
    using Stamp = std::vector<std::pair<pid_t, std::uint64_t>>;
    [[nodiscard]] Stamp stamp() const;

private:
    [[nodiscard]] const ProcessPicture* find(pid_t process) const;
    [[nodiscard]] bool isStranger(const ProcessPicture& picture) const;
    [[nodiscard]] bool isHeldUp(const ProcessPicture& picture, const IsOwnStuck& isOwnStuck) const;
    [[nodiscard]] bool areChildrenBlocked(pid_t parent) const;

    std::vector<ProcessPicture> m_pictures;
    std::set<pid_t> m_own;
    bool m_isKnown = false;
    std::set<pid_t> m_blocked;
};

} // namespace heddle
