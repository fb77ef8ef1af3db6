// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/machine_pipes.h"

#include "engine/explore/machine_processes.h"
#include "engine/explore/machine_streams.h"
#include "engine/explore/pipe_contents.h"

#include <algorithm>
#include <utility>

namespace heddle {

namespace {

/// How many bytes there is room for; who drains the pipe makes room for all.
std::size_t roomIn(MachineStep& step, std::int32_t pipe)
{
    if (isDrained(step.machine(), step.state(), pipe))
        return SIZE_MAX;
    const std::int64_t room =
        capacityOf(step.machine(), pipe) - bytesIn(step.machine(), step.state(), pipe);
    return static_cast<std::size_t>(std::max<std::int64_t>(room, 0));
}

void put(MachineStep& step, Cells& cells, std::int32_t pipe, const Value& piece)
{
    ListValue pieces = contentsOf(step.machine(), step.state(), pipe);
    addPiece(pieces, piece);
    cells[step.machine().layout().pipeCell(pipe)] =
        step.machine().values().intern(Value::list(std::move(pieces)));
}

} // namespace

bool hasOwnEnd(const Machine& machine, std::span<const Cell> state, std::int32_t pipe,
    std::int64_t process, std::uint8_t end)
{
    return (processRecord(machine, state, process).ends[static_cast<std::size_t>(pipe)] & end) != 0;
}

std::int32_t commandOf(const Machine& machine, std::span<const Cell> state, const Value& handle)
{
    const auto actor = static_cast<std::int32_t>(handle.number());
    const bool isCommand = handle.is(ValueKind::Handle) && actor >= 0
        && actor < machine.actorCount() && machine.isStarted(state, actor)
        && machine.identity(state, actor).kind == ActorKind::Command;
    return isCommand ? actor : -1;
}

bool isWiredToOwn(
    const Machine& machine, std::span<const Cell> state, std::int32_t command, std::size_t stream)
{
    const StreamEnd& end = machine.identity(state, command).streams[stream];
    return end.kind == StreamEnd::Kind::Pipe
        && end.pipe == machine.layout().ownPipe(command, stream);
}

ListValue contentsOf(const Machine& machine, std::span<const Cell> state, std::int32_t pipe)
{
    return machine.values().value(state[machine.layout().pipeCell(pipe)]).asList();
}

Value written(MachineStep& step)
{
    const Value& value = step.value(step.instruction().b);
    if (value.is(ValueKind::Text) || value.is(ValueKind::Size))
        return value;
    return Value::text(value.toText(
        [&step](std::int64_t handle) { return step.machine().actorName(step.state(), handle); }));
}

Writing writeInto(
    MachineStep& step, Cells& cells, std::int32_t pipe, const Value& value, std::size_t& done)
{
    const std::size_t rest = pieceLength(value) - std::min(done, pieceLength(value));
    const std::size_t room = roomIn(step, pipe);
    const bool isLong =
        pieceLength(value) > static_cast<std::size_t>(capacityOf(step.machine(), pipe));
    if (rest > room && (!isLong || room == 0))
        return Writing::Waits;
    const std::size_t count = std::min(rest, room);
    if (count > 0)
        put(step, cells, pipe, pieceOf(value, done, count));
    done += count;
    return count == rest ? Writing::Whole : Writing::Part;
}

std::size_t writtenSoFar(MachineStep& step)
{
    const LocalState& local = step.local();
    return local.phase == Phase::Writing ? static_cast<std::size_t>(local.extra) : 0;
}

} // namespace heddle
