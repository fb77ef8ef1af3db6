// SPDX-License-Identifier: Apache-2.0
#include "engine/run/stream_operations.h"

#include "engine/base/descriptor_wait.h"
#include "engine/model/program/refusals.h"
#include "engine/record/recorder.h"
#include "engine/run/actor_thread.h"
#include "engine/run/life_operations.h"
#include "engine/run/object_operations.h"
#include "engine/run/pipe_object.h"
#include "engine/run/run_command.h"

#include <array>
#include <utility>

#include <poll.h>

namespace heddle {

namespace {

/// What an instruction works with: a pipe, a command, or neither (and then the problem).
struct Stream
{
    PipeObject* pipe = nullptr;
    RunCommand* command = nullptr;
    StepOutcome problem;

    [[nodiscard]] bool isThere() const { return pipe != nullptr || command != nullptr; }
};

Stream streamOf(ActorThread& actor, const Instruction& instruction)
{
    Stream stream;
    if (instruction.target < 0) {
        const Value& handle = actor.value(instruction.a);
        if (handle.is(ValueKind::Handle))
            stream.command = actor.run().commands().find(handle.number());
        if (stream.command == nullptr)
            stream.problem = StepOutcome::raised(kBadValue, "This needs a pipe or a command.");
        return stream;
    }
    const ObjectDeclaration& declared =
        actor.code().objects[static_cast<std::size_t>(instruction.target)];
    const ElementIndex found = actor.element(declared.count, 0, declared.name);
    if (found.problem.isRaised()) {
        stream.problem = StepOutcome::of(found.problem);
        return stream;
    }
    stream.pipe = actor.run().object(instruction.target, found.element).asPipe();
    if (stream.pipe == nullptr)
        stream.problem = StepOutcome::raised(kBadValue, "This needs a pipe or a command.");
    return stream;
}

/// What a command's stream is called where it leads to who started it.
StepOutcome notOwn(const RunCommand& command, const char* wiring)
{
    return StepOutcome::raised(kBadValue,
        "This stream of \"" + command.handle() + "\" does not lead here: start it with \"" + wiring
            + "\".");
}

std::string bytesOf(ActorThread& actor, const Value& value)
{
    if (value.is(ValueKind::Size)) // so many bytes, whatever they are
        return std::string(
            static_cast<std::size_t>(std::max<std::int64_t>(value.number(), 0)), '?');
    return displayText(value, &actor);
}

void closeStreams(const CommandStreams& streams, char part)
{
    if (part == 'w' || part == 0)
        streams.input->close();
    if (part == 'r' || part == 0)
        streams.output->close();
    if (part == 'e' || part == 0)
        streams.errorOutput->close();
}

/// One `communicate`: feeds, and takes in both outputs, until all three have come to their end.
///
/// That of engine/processes does not fit: these streams may be used by other threads meanwhile, what was
/// read before stands in them, and each piece is an event of the recording.
class Communication
{
public:
    Communication(RunCommand& command, Deadline deadline)
        : m_command(command.record().id)
        , m_streams(command.streams())
        , m_feed(command.feed())
        , m_deadline(deadline)
    {
    }

    StepOutcome carryOut()
    {
        if (advance())
            return StepOutcome::done();
        reportWantsActor(m_command, m_deadline); // it is its turn
        const Result<void> drained = drain();
        if (drained)
            reportHasActor(m_command);
        else
            reportGaveUpActor(m_command,
                drained.error().kind == ErrorKind::Timeout ? EndOfWait::TimedOut
                                                           : EndOfWait::Cancelled);
        return outcomeOf(drained);
    }

    /// What was taken in.
    [[nodiscard]] Value result() const
    {
        ListValue both;
        both.push_back(taken(m_streams.hasOutput, *m_streams.output));
        both.push_back(taken(m_streams.hasErrorOutput, *m_streams.errorOutput));
        return Value::list(std::move(both));
    }

private:
    Result<void> drain()
    {
        while (!m_deadline.isOver()) {
            const Result<std::size_t> ready = pollDescriptors(m_open, m_deadline);
            if (!ready)
                return ready.error();
            if (advance())
                return {};
        }
        return Error{ErrorKind::Timeout, 0, "communicate", {}};
    }

    // Whether nothing is left to be done; else `m_open` is what to wait for.
    [[nodiscard]] bool advance()
    {
        m_open = {{{-1, POLLOUT, 0}, {-1, POLLIN, 0}, {-1, POLLIN, 0}}};
        const bool isFed = m_streams.input->feed(m_feed.rest);
        if (isFed)
            m_streams.input->close();
        else if (const auto input = m_streams.input->descriptor())
            m_open[0].fd = input->fd();
        const bool isRead = isAtEnd(*m_streams.output, m_open[1]);
        const bool isErrorRead = isAtEnd(*m_streams.errorOutput, m_open[2]);
        return isFed && isRead && isErrorRead;
    }

    [[nodiscard]] static bool isAtEnd(StreamReader& reader, pollfd& descriptor)
    {
        if (reader.fill())
            return true;
        if (const auto end = reader.descriptor())
            descriptor.fd = end->fd();
        return false;
    }

    [[nodiscard]] static Value taken(bool isOwn, StreamReader& reader)
    {
        return isOwn ? Value::text(reader.take()) : Value::none();
    }

    ActorId m_command;
    CommandStreams& m_streams;
    CommandFeed& m_feed;
    Deadline m_deadline;
    std::array<pollfd, 3> m_open{};
};

/// Where a schedule says how much of it is written in each step, so much; else all.
StepOutcome writePart(ActorThread& actor, const Instruction& instruction, StreamWriter& writer)
{
    const std::string bytes = bytesOf(actor, actor.value(instruction.b));
    std::string_view rest = bytes;
    while (const std::optional<std::int64_t> part = actor.gate().part()) {
        const std::string_view now = rest.substr(0, static_cast<std::size_t>(*part));
        StepOutcome outcome = writer.write(now, Deadline::never());
        if (outcome.kind != StepOutcome::Kind::Done)
            return outcome;
        rest.remove_prefix(now.size());
        if (actor.gate().giveWay() == WaitGate::Turn::LimitOver)
            return StepOutcome::gaveUp();
    }
    return writer.write(rest, actor.deadline(instruction));
}

/// Behind a `communicate`, which is done as a whole: its other steps.
void passParts(ActorGate& gate)
{
    while (gate.part())
        static_cast<void>(gate.giveWay());
}

} // namespace

StepOutcome readStream(ActorThread& actor, const Instruction& instruction)
{
    Stream stream = streamOf(actor, instruction);
    if (!stream.isThere())
        return std::move(stream.problem);
    const bool isOfErrors = instruction.part == 'e';
    if (stream.command != nullptr
        && !(isOfErrors ? stream.command->streams().hasErrorOutput
                        : stream.command->streams().hasOutput))
        return notOwn(*stream.command, isOfErrors ? "stderr to own" : "stdout to own");
    StreamReader& reader = stream.pipe != nullptr ? stream.pipe->reader()
        : isOfErrors                              ? *stream.command->streams().errorOutput
                                                  : *stream.command->streams().output;
    const Value& most = actor.value(instruction.b);
    return reader.read(instruction.mode, most.is(ValueKind::None) ? 0 : most.number(),
        actor.deadline(instruction));
}

StepOutcome writeStream(ActorThread& actor, const Instruction& instruction)
{
    Stream stream = streamOf(actor, instruction);
    if (!stream.isThere())
        return std::move(stream.problem);
    if (stream.command != nullptr && !stream.command->streams().input->isOwn())
        return notOwn(*stream.command, "stdin from own");
    StreamWriter& writer =
        stream.pipe != nullptr ? stream.pipe->writer() : *stream.command->streams().input;
    return writePart(actor, instruction, writer);
}

StepOutcome closeStream(ActorThread& actor, const Instruction& instruction)
{
    const bool isObject = instruction.target >= 0;
    if (isObject
        && actor.code().objects[static_cast<std::size_t>(instruction.target)].kind
            != PrimitiveKind::Pipe)
        return useObject(actor, instruction);
    Stream stream = streamOf(actor, instruction);
    if (!stream.isThere())
        return std::move(stream.problem);
    if (stream.pipe != nullptr)
        stream.pipe->close(instruction.part);
    else
        closeStreams(stream.command->streams(), instruction.part);
    return StepOutcome::done();
}

StepOutcome communicate(ActorThread& actor, const Instruction& instruction)
{
    const Value& handle = actor.value(instruction.a);
    RunCommand* command =
        handle.is(ValueKind::Handle) ? actor.run().commands().find(handle.number()) : nullptr;
    if (command == nullptr)
        return StepOutcome::raised(kBadValue, kCommunicateNeedsCommand);
    const Value& text = actor.value(instruction.b);
    if (!text.is(ValueKind::None) && !command->streams().input->isOwn())
        return notOwn(*command, "stdin from own");
    if (!std::exchange(command->feed().hasBegun, true) && !text.is(ValueKind::None))
        command->feed().rest = bytesOf(actor, text);
    const Deadline deadline = actor.deadline(instruction);
    Communication communication(*command, deadline);
    if (StepOutcome outcome = communication.carryOut(); outcome.kind != StepOutcome::Kind::Done)
        return outcome;
    if (StepOutcome outcome = joinActor(command->record(), deadline);
        outcome.kind != StepOutcome::Kind::Done)
        return outcome;
    command->reap();
    command->feed().hasBegun = false;
    passParts(actor.gate());
    return StepOutcome::done(communication.result());
}

} // namespace heddle
