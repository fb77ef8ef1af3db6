// SPDX-License-Identifier: Apache-2.0
#include "engine/run/program_channel.h"

#include "engine/processes/packet_line.h"
#include "engine/record/recorder.h"

#include <utility>

namespace heddle {

ProgramChannel::ProgramChannel(OwnedFd socket)
    : m_socket(std::move(socket))
{
}

int ProgramChannel::descriptor()
{
    const ProcessLock::Holding turn(m_turn);
    return m_socket.get();
}

void ProgramChannel::renew(OwnedFd socket)
{
    static_cast<void>(m_socket.release()); // its number may be another one's here
    m_socket = std::move(socket);
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

void ProgramChannel::sendRefusal(std::string_view actor, std::string text, std::uint32_t line)
{
    RaisedException refused;
    refused.time = recordingNow();
    refused.name = "NoResources";
    refused.text = std::move(text);
    refused.actor = std::string(actor);
    refused.line = line;
    refused.isUncaught = true;
    send(std::move(refused));
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
    for (std::size_t sent = 0; sent < frame.size() && m_socket; sent += kLongestPiece) {
        const std::string_view piece = std::string_view(frame).substr(sent, kLongestPiece);
        const PieceMark mark{sent == 0, sent + piece.size() == frame.size()};
        if (!sendPacket(m_socket.get(), &mark, sizeof mark, piece))
            m_socket.reset(); // nobody listens any more
    }
}

} // namespace heddle
