// SPDX-License-Identifier: Apache-2.0
#include "engine/run/run_message.h"

#include "engine/run/byte_stream.h"

#include <cstring>
#include <utility>

namespace heddle {

namespace {

constexpr std::size_t kHeaderBytes = sizeof(std::uint32_t) + 1;
constexpr std::size_t kLongestFrame = std::size_t{1} * 1024 * 1024 * 1024;
constexpr std::size_t kTidyAt = std::size_t{256} * 1024;

// One pair of functions for each message: what is written is read in the same order.

void write(ByteWriter& out, const StartedMessage& message)
{
    out.number(message.time);
}
void read(ByteReader& in, StartedMessage& message)
{
    message.time = in.number();
}

void write(ByteWriter& out, const OutputLine& line)
{
    out.number(line.time);
    out.text(line.actor);
    out.number(line.isError ? 1 : 0);
    out.text(line.text);
}
void read(ByteReader& in, OutputLine& line)
{
    line.time = in.number();
    line.actor = in.text();
    line.isError = in.number() != 0;
    line.text = in.text();
}

void write(ByteWriter& out, const RaisedException& raised)
{
    out.number(raised.time);
    out.text(raised.name);
    out.text(raised.text);
    out.text(raised.actor);
    out.number(raised.line);
    out.number(raised.isUncaught ? 1 : 0);
}
void read(ByteReader& in, RaisedException& raised)
{
    raised.time = in.number();
    raised.name = in.text();
    raised.text = in.text();
    raised.actor = in.text();
    raised.line = static_cast<std::uint32_t>(in.number());
    raised.isUncaught = in.number() != 0;
}

void write(ByteWriter& out, const FailedAssertionMessage& message)
{
    write(out, message.assertion);
}
void read(ByteReader& in, FailedAssertionMessage& message)
{
    read(in, message.assertion);
}

void write(ByteWriter& out, const FinalMessage& message)
{
    out.number(static_cast<std::int64_t>(message.expectation));
    out.value(message.value);
}
void read(ByteReader& in, FinalMessage& message)
{
    message.expectation = static_cast<std::uint64_t>(in.number());
    message.value = in.value();
}

void write(ByteWriter& out, const ActorOutcome& outcome)
{
    out.text(outcome.name);
    out.text(outcome.kind);
    out.text(outcome.state);
    out.number(outcome.cpuNanoseconds);
    out.number(outcome.exit.has_value() ? 1 : 0);
    out.number(outcome.exit.value_or(0));
}
void read(ByteReader& in, ActorOutcome& outcome)
{
    outcome.name = in.text();
    outcome.kind = in.text();
    outcome.state = in.text();
    outcome.cpuNanoseconds = in.number();
    const bool hasExit = in.number() != 0;
    const auto exit = static_cast<int>(in.number());
    if (hasExit)
        outcome.exit = exit;
}

void write(ByteWriter& out, const ExitMessage& message)
{
    out.text(message.name);
    out.number(message.code);
}
void read(ByteReader& in, ExitMessage& message)
{
    message.name = in.text();
    message.code = in.number();
}

void write(ByteWriter& out, const EndedMessage& message)
{
    out.number(message.time);
}
void read(ByteReader& in, EndedMessage& message)
{
    message.time = in.number();
}

DeadlockReport::PipeEnd pipeEndOf(std::int64_t number)
{
    using End = DeadlockReport::PipeEnd;
    return number == static_cast<std::int64_t>(End::Reader) ? End::Reader
        : number == static_cast<std::int64_t>(End::Writer)  ? End::Writer
                                                            : End::None;
}

void write(ByteWriter& out, const DeadlockReport& report)
{
    out.number(report.time);
    out.number(report.isCycle ? 1 : 0);
    out.number(static_cast<std::int64_t>(report.links.size()));
    for (const DeadlockReport::Link& link : report.links) {
        out.text(link.actor);
        out.text(link.waitsFor);
        out.text(link.heldBy);
        out.number(link.line);
        out.number(static_cast<std::int64_t>(link.end));
    }
}
void read(ByteReader& in, DeadlockReport& report)
{
    report.time = in.number();
    report.isCycle = in.number() != 0;
    const std::size_t size = in.count();
    for (std::size_t index = 0; index < size && !in.isBroken(); ++index) {
        DeadlockReport::Link link;
        link.actor = in.text();
        link.waitsFor = in.text();
        link.heldBy = in.text();
        link.line = static_cast<std::uint32_t>(in.number());
        link.end = pipeEndOf(in.number());
        report.links.push_back(std::move(link));
    }
}

void write(ByteWriter& out, const ProcessesMessage& message)
{
    out.number(message.guardian);
    out.number(message.program);
}
void read(ByteReader& in, ProcessesMessage& message)
{
    message.guardian = in.number();
    message.program = in.number();
}

void write(ByteWriter& out, const SupervisorMessage& message)
{
    out.number(static_cast<std::int64_t>(message.end));
    out.number(message.nanoseconds);
    out.number(message.exitCode);
    out.text(message.problem);
    out.text(message.schedulerData);
}
void read(ByteReader& in, SupervisorMessage& message)
{
    message.end = static_cast<RunRecord::End>(in.number());
    message.nanoseconds = in.number();
    message.exitCode = in.number();
    message.problem = in.text();
    message.schedulerData = in.text();
}

void write(ByteWriter& out, const DepartureMessage& message)
{
    out.text(message.problem);
}
void read(ByteReader& in, DepartureMessage& message)
{
    message.problem = in.text();
}

void write(ByteWriter& out, const HandleMessage& message)
{
    out.text(message.handle);
    out.text(message.actor);
}
void read(ByteReader& in, HandleMessage& message)
{
    message.handle = in.text();
    message.actor = in.text();
}

Error noMessage()
{
    return Error{ErrorKind::BadTrace, 0, "read a message of the run", "its bytes make no sense"};
}

template <std::size_t Index> RunMessage readAlternative(ByteReader& in)
{
    std::variant_alternative_t<Index, RunMessage> message;
    read(in, message);
    return message;
}

template <std::size_t... Indexes>
Result<RunMessage> decode(std::size_t kind, std::string_view body, std::index_sequence<Indexes...>)
{
    using Reader = RunMessage (*)(ByteReader&);
    static constexpr Reader kReaders[] = {&readAlternative<Indexes>...};
    if (kind >= sizeof...(Indexes))
        return noMessage();
    ByteReader in(body);
    RunMessage message = kReaders[kind](in);
    if (in.isBroken())
        return noMessage();
    return message;
}

} // namespace

std::string encodeMessage(const RunMessage& message)
{
    ByteWriter out;
    out.bytes().assign(kHeaderBytes, '\0');
    std::visit([&](const auto& alternative) { write(out, alternative); }, message);
    std::string& frame = out.bytes();
    const auto length = static_cast<std::uint32_t>(frame.size() - kHeaderBytes);
    std::memcpy(frame.data(), &length, sizeof length);
    frame[sizeof length] = static_cast<char>(message.index());
    return std::move(frame);
}

std::string_view PieceReader::take(std::string_view packet)
{
    PieceMark mark;
    if (packet.size() < sizeof mark)
        return {};
    std::memcpy(&mark, packet.data(), sizeof mark);
    packet.remove_prefix(sizeof mark);
    if (mark.isFirst && mark.isLast)
        return packet;
    if (mark.isFirst)
        m_frame.clear();
    m_hasBegun = mark.isFirst || m_hasBegun;
    if (!m_hasBegun)
        return {};
    m_frame.append(packet);
    m_hasBegun = !mark.isLast;
    return mark.isLast ? std::string_view(m_frame) : std::string_view();
}

void MessageReader::append(std::string_view bytes)
{
    if (m_position > kTidyAt) {
        m_bytes.erase(0, m_position);
        m_position = 0;
    }
    m_bytes.append(bytes);
}

Result<std::optional<RunMessage>> MessageReader::next()
{
    const std::string_view rest = std::string_view(m_bytes).substr(m_position);
    if (rest.size() < kHeaderBytes)
        return std::optional<RunMessage>{};
    std::uint32_t length = 0;
    std::memcpy(&length, rest.data(), sizeof length);
    if (length > kLongestFrame)
        return noMessage();
    if (rest.size() < kHeaderBytes + length)
        return std::optional<RunMessage>{};
    const auto kind = static_cast<unsigned char>(rest[sizeof length]);
    constexpr auto kAll = std::make_index_sequence<std::variant_size_v<RunMessage>>{};
    Result<RunMessage> message = decode(kind, rest.substr(kHeaderBytes, length), kAll);
    if (!message)
        return message.error();
    m_position += kHeaderBytes + length;
    return std::optional<RunMessage>(*std::move(message));
}

} // namespace heddle
