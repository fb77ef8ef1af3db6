// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/machine_pipes.h"
#include "engine/explore/machine_processes.h"
#include "engine/explore/machine_streams.h"
#include "engine/explore/pipe_contents.h"
#include "engine/model/program/refusals.h"

#include <utility>

namespace heddle {

namespace {

/// What has come by one of the command's streams: none if it is not wired to who started it.
Value collected(
    MachineStep& step, Cells& cells, std::int32_t command, std::size_t stream, bool& isComplete)
{
    Machine& machine = step.machine();
    if (!isWiredToOwn(machine, step.state(), command, stream))
        return Value::none();
    const std::int32_t pipe = machine.layout().ownPipe(command, stream);
    const std::int64_t process = processOf(machine, step.state(), step.actor());
    isComplete = isComplete && !hasEnd(machine, step.state(), pipe, kWriterEnd);
    std::string text = textIn(contentsOf(machine, step.state(), pipe));
    closeEnds(machine, cells, process, pipe, kReaderEnd);
    return Value::text(std::move(text));
}

void collectAll(MachineStep& step, std::int32_t command)
{
    Machine& machine = step.machine();
    Cells cells = step.copy();
    bool isComplete = processRecord(machine, step.state(), command).hasEnded;
    Value output = collected(step, cells, command, kOutput, isComplete);
    Value errors = collected(step, cells, command, kErrors, isComplete);
    if (!isComplete)
        return step.waits();
    changeProcess(machine, cells, command, [](ProcessRecord& record) { record.isReaped = true; });
    step.done(std::move(cells), Value::list({std::move(output), std::move(errors)}));
}

} // namespace

// The outputs stay in their pipes until all is there; isDrained makes room for them meanwhile.
void communicateWithCommand(MachineStep& step)
{
    Machine& machine = step.machine();
    const std::int32_t command = commandOf(machine, step.state(), step.value(step.instruction().a));
    if (command < 0)
        return step.raises(kBadValue, kCommunicateNeedsCommand);
    const std::int64_t process = processOf(machine, step.state(), step.actor());
    const std::int32_t input = machine.layout().ownPipe(command, kInput);
    const bool isOwn = isWiredToOwn(machine, step.state(), command, kInput);
    if (!isOwn && !step.value(step.instruction().b).is(ValueKind::None))
        return step.raises(kBadValue,
            "The input of this command does not lead here: start it with \"stdin from own\".");
    const bool isOpen = isOwn && hasOwnEnd(machine, step.state(), input, process, kWriterEnd);
    if (!isOpen)
        return collectAll(step, command);
    Cells cells = step.copy();
    const Value value =
        step.value(step.instruction().b).is(ValueKind::None) ? Value::text("") : written(step);
    std::size_t done = writtenSoFar(step);
    Writing result = Writing::Whole; // nobody reads any more: that is all that can be done
    if (hasEnd(machine, step.state(), input, kReaderEnd))
        result = writeInto(step, cells, input, value, done);
    if (result == Writing::Waits)
        return step.waits();
    if (result == Writing::Part)
        return step.moveTo(std::move(cells), Phase::Writing, static_cast<std::int32_t>(done));
    closeEnds(machine, cells, process, input, kWriterEnd);
    step.moveTo(std::move(cells), Phase::Fed, 0);
}

} // namespace heddle
