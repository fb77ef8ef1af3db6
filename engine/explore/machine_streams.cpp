// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/machine_streams.h"

#include "engine/explore/machine_objects.h"
#include "engine/explore/machine_pipes.h"
#include "engine/explore/machine_processes.h"
#include "engine/explore/machine_signals.h"
#include "engine/explore/pipe_contents.h"
#include "engine/model/program/refusals.h"

#include <algorithm>
#include <csignal>
#include <utility>

namespace heddle {

namespace {

/// The stream of a command that the part means: for itself, or for who started it.
std::size_t partOf(char part, bool isReading, bool isOwn)
{
    if (part == 'e')
        return kErrors;
    if (isOwn)
        return part == 'r' || (part == 0 && isReading) ? kInput : kOutput;
    return part == 'w' || (part == 0 && !isReading) ? kInput : kOutput;
}

StreamInUse leadingTo(const StreamEnd& end)
{
    switch (end.kind) {
    case StreamEnd::Kind::Inherited:
        return {StreamInUse::Kind::Said, -1};
    case StreamEnd::Kind::InheritedErrors:
        return {StreamInUse::Kind::SaidAsError, -1};
    case StreamEnd::Kind::Nothing:
        return {StreamInUse::Kind::Nothing, -1};
    case StreamEnd::Kind::Pipe:
        break;
    }
    return {StreamInUse::Kind::Pipe, end.pipe};
}

/// Takes so many bytes out of the pipe. Who reads lines takes the rest to itself as well.
void take(MachineStep& step, Cells& cells, std::int32_t pipe, std::size_t count, bool readsAhead)
{
    ListValue left;
    std::size_t length = 0;
    for (const Value& piece : contentsOf(step.machine(), step.state(), pipe)) {
        const std::size_t here = pieceLength(piece);
        const std::size_t gone = std::min(count, here);
        count -= gone;
        if (gone < here)
            addPiece(left, pieceOf(piece, gone, here - gone));
        length += here - gone;
    }
    const std::size_t cell = step.machine().layout().pipeCell(pipe);
    cells[cell] = step.machine().values().intern(Value::list(std::move(left)));
    const auto ahead = static_cast<std::size_t>(cells[cell + 1]);
    cells[cell + 1] = static_cast<Cell>(readsAhead ? length : std::min(ahead, length));
}

void readsNothing(MachineStep& step)
{
    step.done(step.copy(), step.instruction().mode == 'a' ? Value::text("") : Value::none());
}

void took(MachineStep& step, std::int32_t pipe, std::size_t count, const Value& result)
{
    Cells cells = step.copy();
    take(step, cells, pipe, count, step.instruction().mode == 'l');
    step.done(std::move(cells), result);
}

/// It waits for more; what has come so far is not lost when its time is over.
void waitsForInput(MachineStep& step, std::int32_t pipe)
{
    const char mode = step.instruction().mode;
    if (!step.instruction().isTimed || !step.mayTimeBeUp())
        return;
    Cells cells = step.copy();
    if (mode == 'l' || mode == 'a')
        take(step, cells, pipe, 0, true);
    step.gaveUp(std::move(cells));
}

void readPipe(MachineStep& step, std::int32_t pipe)
{
    Machine& machine = step.machine();
    const std::string text = textIn(contentsOf(machine, step.state(), pipe));
    const bool mayGrow = hasEnd(machine, step.state(), pipe, kWriterEnd);
    const char mode = step.instruction().mode;
    if (text.empty() && !mayGrow)
        return readsNothing(step);
    if (mode == 'a') {
        if (mayGrow)
            return waitsForInput(step, pipe);
        return took(step, pipe, text.size(), Value::text(text));
    }
    if (mode == 'l') {
        const std::size_t end = text.find('\n');
        if (end != std::string::npos)
            return took(step, pipe, end + 1, Value::text(text.substr(0, end)));
        if (mayGrow)
            return waitsForInput(step, pipe);
        return took(step, pipe, text.size(), Value::text(text));
    }
    if (text.empty())
        return waitsForInput(step, pipe);
    std::size_t count = text.size();
    if (mode == 'n')
        count = std::min(count,
            static_cast<std::size_t>(
                std::max<std::int64_t>(step.value(step.instruction().b).number(), 0)));
    took(step, pipe, count, Value::text(text.substr(0, count)));
}

bool isEndedBySigpipe(MachineStep& step)
{
    Machine& machine = step.machine();
    if (machine.identity(step.state(), step.actor()).kind == ActorKind::Command)
        return true;
    const ProcessRecord& record =
        processRecord(machine, step.state(), processOf(machine, step.state(), step.actor()));
    return !isIgnored(record, SIGPIPE) && handlerOf(record, SIGPIPE) == nullptr
        && (step.local().blocked & bitOf(SIGPIPE)) == 0;
}

void writePipe(MachineStep& step, std::int32_t pipe)
{
    Machine& machine = step.machine();
    const std::int64_t process = processOf(machine, step.state(), step.actor());
    const Value value = written(step);
    if (!hasEnd(machine, step.state(), pipe, kReaderEnd)) {
        Cells cells = step.copy();
        if (!isEndedBySigpipe(step)) {
            sendTo(machine, cells, process, step.actor(), SIGPIPE); // which usually is ignored
            return step.raises(std::move(cells), "BrokenPipe", kNobodyReads);
        }
        endProcess(machine, cells, process, -SIGPIPE);
        return step.ended(std::move(cells));
    }
    Cells cells = step.copy();
    std::size_t done = writtenSoFar(step);
    switch (writeInto(step, cells, pipe, value, done)) {
    case Writing::Whole:
        return step.done(std::move(cells));
    case Writing::Part:
        return step.moveTo(std::move(cells), Phase::Writing, static_cast<std::int32_t>(done));
    case Writing::Waits:
        return step.waits();
    }
}

/// The lines of a command on a stream that it has inherited are said by it.
void sayWritten(MachineStep& step, bool isError)
{
    const Value value = written(step);
    Cells cells = step.copy();
    if (value.is(ValueKind::Text)) {
        const std::string& text = value.asText();
        for (std::size_t from = 0; from < text.size();) {
            const std::size_t end = std::min(text.find('\n', from), text.size());
            step.say(cells, text.substr(from, end - from), isError);
            from = end + 1;
        }
    }
    step.done(std::move(cells));
}

bool raisesUnless(MachineStep& step, const StreamInUse& stream, std::uint8_t end)
{
    if (stream.kind == StreamInUse::Kind::None || stream.kind == StreamInUse::Kind::NotOwn) {
        step.raises(kBadValue,
            "This stream does not lead here: start the command with \"stdout to own\", \"stderr to "
            "own\" or \"stdin from own\".");
        return true;
    }
    const std::int64_t process = processOf(step.machine(), step.state(), step.actor());
    if (stream.kind != StreamInUse::Kind::Pipe
        || hasOwnEnd(step.machine(), step.state(), stream.pipe, process, end))
        return false;
    step.raises("Closed", kEndIsClosedHere);
    return true;
}

/// Whether the next step of an actor takes all that comes out of a pipe.
bool drains(
    const Machine& machine, std::span<const Cell> state, std::int32_t actor, std::int32_t pipe)
{
    const Instruction& next = machine.nextInstruction(state, actor);
    if (next.operation == Operation::Read)
        return (next.mode == 'l' || next.mode == 'a')
            && streamInUse(machine, state, actor, next.part).pipe == pipe;
    if (next.operation != Operation::Communicate)
        return false;
    const std::int32_t command =
        commandOf(machine, state, registerValue(machine.local(state, actor).state, next.a));
    const auto isOutput = [&](std::size_t stream) {
        return isWiredToOwn(machine, state, command, stream)
            && machine.layout().ownPipe(command, stream) == pipe;
    };
    return command >= 0 && (isOutput(kOutput) || isOutput(kErrors));
}

void closeObject(MachineStep& step)
{
    Machine& machine = step.machine();
    if (machine.declarationOf(step.object()).kind != PrimitiveKind::Pipe)
        return closeQueue(step);
    const char part = step.instruction().part;
    const std::uint8_t ends = part == 'r' ? kReaderEnd
        : part == 'w'                     ? kWriterEnd
                                          : kReaderEnd | kWriterEnd;
    const std::int64_t process = processOf(machine, step.state(), step.actor());
    Cells cells = step.copy();
    closeEnds(machine, cells, process, machine.layout().pipeOf(step.object()), ends);
    step.done(std::move(cells));
}

} // namespace

StreamInUse streamInUse(
    const Machine& machine, std::span<const Cell> state, std::int32_t actor, char part)
{
    const LocalFacts& facts = machine.facts(state, actor);
    const Instruction& next = *facts.next;
    if (next.target >= 0) {
        if (facts.object < 0 || machine.declarationOf(facts.object).kind != PrimitiveKind::Pipe)
            return {};
        return {StreamInUse::Kind::Pipe, machine.layout().pipeOf(facts.object)};
    }
    const bool isReading = next.operation == Operation::Read;
    const ActorIdentity& self = machine.identity(state, actor);
    if (next.a == kNoRegister) {
        if (self.kind != ActorKind::Command)
            return {};
        return leadingTo(self.streams[partOf(part, isReading, true)]);
    }
    const std::int32_t command =
        commandOf(machine, state, registerValue(machine.local(state, actor).state, next.a));
    if (command < 0)
        return {};
    const std::size_t stream = partOf(part, isReading, false);
    if (!isWiredToOwn(machine, state, command, stream))
        return {StreamInUse::Kind::NotOwn, -1};
    return {StreamInUse::Kind::Pipe, machine.layout().ownPipe(command, stream)};
}

bool isDrained(const Machine& machine, std::span<const Cell> state, std::int32_t pipe)
{
    for (std::int32_t actor = 0; actor < machine.actorCount(); ++actor) {
        if (!machine.isStarted(state, actor) || !machine.isGoing(state, actor))
            continue;
        const Phase phase = machine.facts(state, actor).phase;
        if (phase != Phase::Pending && phase != Phase::Fresh && drains(machine, state, actor, pipe))
            return true;
    }
    return false;
}

void readStream(MachineStep& step)
{
    const StreamInUse stream =
        streamInUse(step.machine(), step.state(), step.actor(), step.instruction().part);
    if (raisesUnless(step, stream, kReaderEnd))
        return;
    if (stream.kind == StreamInUse::Kind::Pipe)
        readPipe(step, stream.pipe);
    else
        readsNothing(step);
}

void writeStream(MachineStep& step)
{
    const StreamInUse stream =
        streamInUse(step.machine(), step.state(), step.actor(), step.instruction().part);
    if (raisesUnless(step, stream, kWriterEnd))
        return;
    if (stream.kind == StreamInUse::Kind::Pipe)
        writePipe(step, stream.pipe);
    else if (stream.kind == StreamInUse::Kind::Nothing)
        step.done(step.copy());
    else
        sayWritten(step, stream.kind == StreamInUse::Kind::SaidAsError);
}

void closeStream(MachineStep& step)
{
    Machine& machine = step.machine();
    const Instruction& next = step.instruction();
    if (next.target >= 0)
        return closeObject(step);
    const std::int64_t process = processOf(machine, step.state(), step.actor());
    Cells cells = step.copy();
    const bool isOwn = next.a == kNoRegister;
    for (const char part : {'r', 'w', 'e'}) {
        if (next.part != 0 && next.part != part)
            continue;
        const StreamInUse stream = streamInUse(machine, step.state(), step.actor(), part);
        if (stream.kind == StreamInUse::Kind::None)
            return step.raises(kBadValue, "\"close\" needs a pipe or a command.");
        const bool isReader = isOwn ? part == 'r' : part != 'w';
        if (stream.kind == StreamInUse::Kind::Pipe)
            closeEnds(machine, cells, process, stream.pipe, isReader ? kReaderEnd : kWriterEnd);
    }
    step.done(std::move(cells));
}

} // namespace heddle
