// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/machine_newcomers.h"
#include "engine/explore/machine_processes.h"
#include "engine/explore/machine_streams.h"
#include "engine/model/program/refusals.h"

#include <algorithm>
#include <utility>

// How commands are started, and where their streams lead.

namespace heddle {

namespace {

std::size_t asIndex(std::int32_t number)
{
    return static_cast<std::size_t>(number);
}

/// Carries out the words of a `start` line from left to right.
class Wirer
{
public:
    Wirer(MachineStep& step, Cells& cells, std::int64_t command)
        : m_step(step)
        , m_machine(step.machine())
        , m_cells(cells)
        , m_command(command)
        , m_starter(processOf(step.machine(), step.state(), step.actor()))
    {
        m_record.group = processRecord(m_machine, cells, m_starter).group;
        m_record.parent = m_starter;
        m_record.ends.assign(asIndex(m_machine.layout().pipeCount()), 0);
        m_streams[2].kind = StreamEnd::Kind::InheritedErrors;
        m_streams[0].kind = StreamEnd::Kind::Nothing; // what it might read from outside is unknown
    }

    void wire(const Wiring& wiring)
    {
        switch (wiring.kind) {
        case Wiring::Kind::StandardInput:
            return lead(0, wiring);
        case Wiring::Kind::StandardOutput:
            return lead(1, wiring);
        case Wiring::Kind::StandardError:
            return lead(2, wiring);
        case Wiring::Kind::NewGroup:
            m_record.group = m_command;
            return;
        case Wiring::Kind::Before:
            m_hooks.push_back(wiring.routine);
            return;
        case Wiring::Kind::Environment:
            return; // its contract asks nothing
        }
    }

    /// Gives the command the ends that its streams need, and its starter the others.
    void open()
    {
        for (std::size_t stream = 0; stream < m_streams.size(); ++stream) {
            if (m_streams[stream].kind != StreamEnd::Kind::Pipe)
                continue;
            const std::int32_t pipe = m_streams[stream].pipe;
            const bool isInput = stream == 0;
            m_record.ends[asIndex(pipe)] |= isInput ? kReaderEnd : kWriterEnd;
            if (pipe == m_machine.layout().ownPipe(m_command, stream))
                changeProcess(m_machine, m_cells, m_starter, [&](ProcessRecord& record) {
                    record.ends[asIndex(pipe)] |= isInput ? kWriterEnd : kReaderEnd;
                });
        }
        m_cells[m_machine.layout().processCell(m_command)] =
            m_machine.processes().intern(std::move(m_record));
    }

    [[nodiscard]] const Evaluated& problem() const { return m_problem; }
    [[nodiscard]] const std::array<StreamEnd, 3>& streams() const { return m_streams; }
    [[nodiscard]] std::vector<std::int32_t>& hooks() { return m_hooks; }

private:
    void lead(std::size_t stream, const Wiring& wiring)
    {
        StreamEnd& end = m_streams[stream];
        switch (wiring.end) {
        case Wiring::End::Inherited:
            end.kind = stream == 0 ? StreamEnd::Kind::Nothing
                : stream == 1      ? StreamEnd::Kind::Inherited
                                   : StreamEnd::Kind::InheritedErrors;
            return;
        case Wiring::End::Own:
            end = {StreamEnd::Kind::Pipe, m_machine.layout().ownPipe(m_command, stream)};
            return;
        case Wiring::End::Null:
        case Wiring::End::File:
            end.kind = StreamEnd::Kind::Nothing;
            return;
        case Wiring::End::StandardOutput:
            end = m_streams[1];
            return;
        case Wiring::End::Pipe:
            return leadToPipe(stream, wiring);
        }
    }

    void leadToPipe(std::size_t stream, const Wiring& wiring)
    {
        const ObjectDeclaration& declared = m_machine.code().objects[asIndex(wiring.object)];
        ElementIndex found;
        if (wiring.element != kNoRegister)
            found = elementIndex(m_step.value(wiring.element), 0, declared.count, declared.name);
        if (found.problem.isRaised()) {
            m_problem = found.problem;
            return;
        }
        const std::int32_t pipe = m_machine.layout().pipeOf(declared.first + found.element);
        const std::uint8_t end = stream == 0 ? kReaderEnd : kWriterEnd;
        if ((processRecord(m_machine, m_cells, m_starter).ends[asIndex(pipe)] & end) == 0)
            m_problem = Evaluated::raise("Closed", kWiredEndIsClosed);
        m_streams[stream] = {StreamEnd::Kind::Pipe, pipe};
    }

    MachineStep& m_step;
    Machine& m_machine;
    Cells& m_cells;
    const std::int64_t m_command;
    const std::int64_t m_starter;
    ProcessRecord m_record;
    std::array<StreamEnd, 3> m_streams;
    std::vector<std::int32_t> m_hooks;
    Evaluated m_problem;
};

bool hasZeroByte(const Value& argument)
{
    return argument.is(ValueKind::Text) && argument.asText().find('\0') != std::string::npos;
}

} // namespace

void startCommandActor(MachineStep& step)
{
    Machine& machine = step.machine();
    const Instruction& instruction = step.instruction();
    const CommandDeclaration& declared = machine.code().commands[asIndex(instruction.target)];
    std::vector<Value> arguments =
        registerValues(step.local().state, instruction.a, instruction.count);
    if (std::any_of(arguments.begin(), arguments.end(), hasZeroByte))
        return step.raises(kBadValue, "An argument of a command cannot hold a zero byte.");
    Cells cells = step.copy();
    Newcomer command;
    ActorIdentity& identity = command.identity;
    identity.handle = findRoom(machine, cells);
    if (identity.handle < 0)
        return;
    Wirer wirer(step, cells, identity.handle);
    for (const Wiring& wiring : declared.wirings)
        wirer.wire(wiring);
    if (wirer.problem().isRaised())
        return step.raises(wirer.problem());
    wirer.open();
    identity.base = declared.name;
    identity.name = numberedName(machine, cells, declared.name);
    identity.kind = ActorKind::Command;
    identity.process = identity.handle;
    identity.streams = wirer.streams();
    command.routine = declared.contract;
    command.arguments = std::move(arguments);
    command.hooks = std::move(wirer.hooks());
    const std::int64_t handle = identity.handle;
    place(machine, cells, std::move(command));
    LocalState local = step.local();
    local.children.push_back(handle);
    cells[machine.actorCell(step.actor())] = machine.locals().intern(std::move(local));
    step.done(std::move(cells), Value::handle(handle));
}

} // namespace heddle
