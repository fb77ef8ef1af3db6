// SPDX-License-Identifier: Apache-2.0
#include "engine/run/program_channel.h"

#include <cerrno>
#include <utility>

#include <sys/socket.h>

namespace heddle {

ProgramChannel::ProgramChannel(OwnedFd socket)
    : m_socket(std::move(socket))
{
}

void ProgramChannel::sendStarted(std::int64_t time)
{
    send(StartedMessage{time});
}

void ProgramChannel::sendOutput(const OutputLine& line)
{
    send(line);
}

void ProgramChannel::sendRaised(const RaisedException& exception)
{
    send(exception);
}

void ProgramChannel::sendFailedAssertion(const RaisedException& assertion)
{
    send(FailedAssertionMessage{assertion});
}

void ProgramChannel::sendFinal(std::size_t expectation, const Value& value)
{
    send(FinalMessage{expectation, value});
}

void ProgramChannel::sendActorOutcome(const ActorOutcome& outcome)
{
    send(outcome);
}

void ProgramChannel::sendExit(const std::string& name, int code)
{
    send(ExitMessage{name, code});
}

void ProgramChannel::sendHandle(const std::string& handle, const std::string& actor)
{
    send(HandleMessage{handle, actor});
}

void ProgramChannel::sendDeparture(const std::string& problem)
{
    send(DepartureMessage{problem});
}

void ProgramChannel::sendEnded(std::int64_t time)
{
    send(EndedMessage{time});
}

void ProgramChannel::send(const RunMessage& message)
{
    const std::string frame = encodeMessage(message);
    const ProcessLock::Holding turn(m_turn);
    std::size_t sent = 0;
    while (sent < frame.size() && m_socket) {
        const ssize_t count =
            ::send(m_socket.get(), frame.data() + sent, frame.size() - sent, MSG_NOSIGNAL);
        if (count >= 0)
            sent += static_cast<std::size_t>(count);
        else if (errno != EINTR)
            m_socket
                .reset(); // nobody listens any more; half a frame must not be followed by another
    }
}

} // namespace heddle
