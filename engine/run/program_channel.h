// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/owned_fd.h"
#include "engine/model/run/run_report.h"
#include "engine/run/process_lock.h"
#include "engine/run/run_message.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace heddle {

/// The program process's end of the line to its supervisor: what the trace does not carry.
///
/// Every message is one frame, in packets that arrive whole or not at all: what a process that is killed
/// leaves undone is dropped, and spoils nothing of the others. A full socket makes the caller wait, so a program
/// that prints a gigabyte is slowed to the pace of its reader and nobody's memory grows. When the
/// supervisor has gone, messages are dropped without a signal: this process is about to be killed.
///
/// Threads: any thread.
/// Source:  unix(7), send(2) MSG_NOSIGNAL.
class ProgramChannel
{
public:
    explicit ProgramChannel(OwnedFd socket);

    /// For a process that is forked: what it goes on with instead of a copy of this.
    [[nodiscard]] int descriptor();

    /// In that process: `socket` takes the place of one that is not open in it.
    void renew(OwnedFd socket);

    /// The first actor is about to start.
    ///
    /// Units: nanoseconds since the start of the session (`recordingNow()`), as all times here.
    void sendStarted(std::int64_t time);

    void sendOutput(const OutputLine& line);
    void sendRaised(const RaisedException& exception);

    /// NoResources where nobody could catch it: the system has refused what the run needs for the actor.
    void sendRefusal(std::string_view actor, std::string text, std::uint32_t line);

    void sendFailedAssertion(const RaisedException& assertion);

    /// The value of the fragment of `Code::expectations[expectation]` after the last step.
    void sendFinal(std::size_t expectation, const Value& value);

    /// How an actor ended, sent when it ends, with its CPU time. Actors that never report are
    /// completed by the supervisor from the session memory and schedstat.
    void sendActorOutcome(const ActorOutcome& outcome);

    /// The exit code of a process or command; -n when it was ended by signal n.
    void sendExit(const std::string& name, int code);

    /// What a local of main calls an actor.
    void sendHandle(const std::string& handle, const std::string& actor);

    /// The program cannot begin, or does not follow the schedule that it was to be forced through; the
    /// process leaves.
    void sendDeparture(const std::string& problem);

    /// Every non-daemon actor has come to its end. Without it the run counts as cut short.
    void sendEnded(std::int64_t time);

private:
    void send(const RunMessage& message);

    ProcessLock m_turn; ///< held while a frame is sent, also by processes forked from this one
    OwnedFd m_socket;
};

} // namespace heddle
