// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/base/locks.h"
#include "engine/base/owned_fd.h"
#include "engine/base/result.h"
#include "engine/base/strong_id.h"
#include "engine/run/step_outcome.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace heddle {

/// What one end of a pipe has of the system: the descriptor that other programs get, and a second
/// description of the same pipe whose reads and writes never wait. So what this process does to its
/// own does not change the one that a command works with.
///
/// Threads: immutable; closed when the last who uses it lets go.
class StreamDescriptor
{
public:
    /// For an end that commands are wired to. `access` is O_RDONLY or O_WRONLY.
    ///
    /// Errors: SystemCall (EMFILE: this process has too many descriptors).
    [[nodiscard]] static Result<std::shared_ptr<StreamDescriptor>> shared(OwnedFd fd, int access);

    /// For an end that is this process's alone.
    ///
    /// Errors: SystemCall.
    [[nodiscard]] static Result<std::shared_ptr<StreamDescriptor>> own(OwnedFd fd);

    [[nodiscard]] int handedOut() const { return m_handedOut.get(); } ///< -1: an end of its own
    [[nodiscard]] int fd() const { return m_fd.get(); }

private:
    OwnedFd m_handedOut;
    OwnedFd m_fd;
};

/// Defines a pipe for the recording: `fd` is one of its ends.
[[nodiscard]] ObjectId definePipe(std::string_view name, int fd);

/// The end of a pipe that this process reads from, under the words of the language.
///
/// Threads: any thread. Several readers take turns at what there is; a wait holds up its own thread only.
class StreamReader
{
public:
    StreamReader() = default; ///< closed
    StreamReader(std::shared_ptr<StreamDescriptor> descriptor, ObjectId shownAs);

    /// `mode` as in the instruction Read; `most` bytes for mode 'n'.
    [[nodiscard]] StepOutcome read(char mode, std::int64_t most, Deadline deadline);

    /// Takes in what there is without waiting. Result: whether the end has been reached (or it is closed).
    [[nodiscard]] bool fill();

    /// All that was taken in so far.
    [[nodiscard]] std::string take();

    void close();
    [[nodiscard]] std::shared_ptr<StreamDescriptor> descriptor() const; ///< null once closed

private:
    void fillLocked() HEDDLE_REQUIRES(m_mutex);
    [[nodiscard]] bool isEnough(char mode) const HEDDLE_REQUIRES(m_mutex);
    [[nodiscard]] Value taken(char mode, std::int64_t most) HEDDLE_REQUIRES(m_mutex);

    mutable InternalMutex m_mutex;
    std::shared_ptr<StreamDescriptor> m_descriptor HEDDLE_GUARDED_BY(m_mutex);
    std::string m_buffer HEDDLE_GUARDED_BY(m_mutex);
    bool m_isAtEnd HEDDLE_GUARDED_BY(m_mutex) = false;
    ObjectId m_shownAs;
};

/// The end of a pipe that this process writes to.
///
/// Threads: any thread; what several write at the same time may be mixed, as the system does.
class StreamWriter
{
public:
    StreamWriter() = default; ///< closed
    StreamWriter(std::shared_ptr<StreamDescriptor> descriptor, ObjectId shownAs);

    /// Whether it leads anywhere, or did before it was closed.
    [[nodiscard]] bool isOwn() const { return m_isOwn; }

    /// Until all is written. What was written before a time limit or an exception stays written.
    [[nodiscard]] StepOutcome write(std::string_view bytes, Deadline deadline);

    /// Writes what there is room for and takes it off `bytes`.
    ///
    /// Result: whether nothing is left to do: all is written, nobody reads any more, or it is closed.
    [[nodiscard]] bool feed(std::string& bytes) const;

    void close();
    [[nodiscard]] std::shared_ptr<StreamDescriptor> descriptor() const; ///< null once closed

private:
    mutable InternalMutex m_mutex;
    std::shared_ptr<StreamDescriptor> m_descriptor HEDDLE_GUARDED_BY(m_mutex);
    ObjectId m_shownAs;
    bool m_isOwn = false;
};

} // namespace heddle
