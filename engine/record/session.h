// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/owned_fd.h"
#include "engine/base/result.h"

#include <cstddef>
#include <cstdint>

namespace heddle {

struct SessionLayout;

struct SessionOptions
{
    std::uint32_t rings = 128; ///< threads that can record at the same time
    std::uint32_t recordsPerRing = 64 * 1024; ///< a power of two
    std::uint32_t actors = 4096; ///< actors that the deadlock watch can see
    std::uint32_t objects = 16384; ///< likewise
    std::size_t namesBytes = std::size_t {8} * 1024 * 1024;
};

/// The shared memory that a run is recorded into: made by whoever watches, inherited by fd.
///
/// It is a sealed memfd: nothing shows in /dev/shm, and it lives as long as somebody has it open, so
/// what a killed process wrote is still read. The layout is drawn in session_layout.h.
///
/// Threads: any thread.
/// Source:  memfd_create(2), fcntl(2) F_ADD_SEALS.
class Session
{
public:
    [[nodiscard]] static Result<Session> create(const SessionOptions& options = {});

    /// Maps a session made elsewhere. Errors: BadTrace if it is none, or of another version.
    [[nodiscard]] static Result<Session> attach(OwnedFd fd);

    Session(Session&& other) noexcept;
    Session& operator=(Session&& other) noexcept;
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    ~Session();

    [[nodiscard]] int fd() const { return m_fd.get(); }
    [[nodiscard]] SessionLayout& layout() const { return *m_layout; }

private:
    Session(OwnedFd fd, SessionLayout* layout, std::size_t sizeBytes);

    OwnedFd m_fd;
    SessionLayout* m_layout = nullptr;
    std::size_t m_sizeBytes = 0;
};

} // namespace heddle
