// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/result.h"
#include "engine/model/run/run_report.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace heddle {

/// What the program process and the supervisor tell whoever collects the run.
///
/// A frame is a length (4 bytes), the alternative's number (1 byte) and its fields; numbers are 8
/// bytes in the machine's order, texts a length and their bytes. It never leaves this machine, and
/// both ends are the same executable: there is no version.
struct StartedMessage
{
    std::int64_t time = 0;
};
struct FailedAssertionMessage
{
    RaisedException assertion;
};
struct FinalMessage
{
    std::uint64_t expectation = 0;
    Value value;
};
struct ExitMessage
{
    std::string name;
    std::int64_t code = 0;
};
struct EndedMessage
{
    std::int64_t time = 0;
};

/// An actor that a local of main keeps the handle of: expectations may call it so.
struct HandleMessage
{
    std::string handle;
    std::string actor;
};

/// A forced run that has left its schedule.
struct DepartureMessage
{
    std::string problem; ///< one sentence
};

/// The supervisor's first word: whom the window has to look after if the supervisor is killed.
struct ProcessesMessage
{
    std::int64_t guardian = -1;
    std::int64_t program = -1;
};

/// The supervisor's last word: how the program process ended.
struct SupervisorMessage
{
    RunRecord::End end = RunRecord::End::Ended;
    std::int64_t nanoseconds = 0;
    std::int64_t exitCode = 0;
    std::string problem;
    std::string schedulerData; ///< "kernel" or "none: …"
};

using RunMessage = std::variant<StartedMessage, OutputLine, RaisedException, FailedAssertionMessage,
    FinalMessage, ActorOutcome, ExitMessage, EndedMessage, DeadlockReport, ProcessesMessage,
    SupervisorMessage, DepartureMessage, HandleMessage>;

/// A whole frame. Texts beyond 16 MiB are cut.
[[nodiscard]] std::string encodeMessage(const RunMessage& message);

/// A frame travels in pieces of at most so many bytes, each in a packet that begins with a mark. Pieces of
/// two frames are never mixed, but the last ones of a frame may be missing: its writer was killed.
constexpr std::size_t kLongestPiece = std::size_t{32} * 1024;
struct PieceMark
{
    bool isFirst = false;
    bool isLast = false;
};

/// Puts frames together from packets; those without their last piece are left out.
///
/// Threads: one thread at a time.
class PieceReader
{
public:
    /// The frame that is whole with this packet, if there is one; until the next call.
    [[nodiscard]] std::string_view take(std::string_view packet);

private:
    std::string m_frame;
    bool m_hasBegun = false;
};

/// Puts frames together from the pieces that a stream delivers.
///
/// Threads: one thread at a time.
class MessageReader
{
public:
    void append(std::string_view bytes);

    /// The next whole message, or nothing yet. Errors: BadTrace if the bytes are no message;
    /// nothing can be read after that.
    [[nodiscard]] Result<std::optional<RunMessage>> next();

private:
    std::string m_bytes;
    std::size_t m_position = 0;
};

} // namespace heddle
