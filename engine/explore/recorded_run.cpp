// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/recorded_run.h"

#include <utility>

namespace heddle {

namespace {

Error notReadable(std::string why)
{
    return Error{ErrorKind::NotSupported, 0, "read a recorded run", std::move(why)};
}

/// Handles of the actors that exist from the start, in the order in which the runner defines them.
std::vector<std::int64_t> firstHandles(const Code& code)
{
    std::vector<std::int64_t> handles;
    for (const ActorDeclaration& actor : code.actors)
        for (std::int32_t element = 0; actor.parameterCount == 0 && element < actor.count;
             ++element)
            handles.push_back(actor.first + element);
    return handles;
}

/// Whether it is the main thread's where no actor of the program runs in it.
bool isStandIn(const Lane& lane)
{
    return lane.actorKind == ActorKind::Process && lane.name == kProgramName;
}

/// What the runner calls the actors of a recording.
class Handles
{
public:
    Handles(const Code& code, const Trace& trace)
        : m_first(firstHandles(code))
        , m_next(code.declaredInstanceCount())
    {
        for (const Lane& lane : trace.lanes())
            if (isStandIn(lane))
                m_standIn = lane.actor;
    }

    [[nodiscard]] std::int64_t of(ActorId actor) const
    {
        if (m_standIn && actor == m_standIn)
            return kProgramHandle;
        std::size_t place = actor.value - 1;
        if (place < m_first.size())
            return m_first[place];
        place -= m_standIn && actor.value > m_standIn.value ? 1 : 0; // it takes no handle
        return m_next + static_cast<std::int64_t>(place - m_first.size());
    }

private:
    std::vector<std::int64_t> m_first;
    std::int64_t m_next;
    ActorId m_standIn;
};

/// Puts an actor's operations into its own steps and those of its handlers; those inside of a block
/// that is one step are left out.
class StepFolder
{
public:
    StepFolder(const Code& code, RecordedActor& actor)
        : m_code(code)
        , m_actor(actor)
    {
    }

    bool add(const StepOperation& operation)
    {
        const bool isKnown = operation.instruction == StepOperation::kHandlerBegan
            || operation.instruction == StepOperation::kHandlerEnded
            || (operation.instruction >= 0
                && static_cast<std::size_t>(operation.instruction) < m_code.instructions.size());
        if (!isKnown)
            return false;
        if (operation.instruction == StepOperation::kHandlerBegan)
            beginHandler(operation);
        else if (operation.instruction == StepOperation::kHandlerEnded)
            endHandler(operation.time);
        else
            addStep(operation);
        m_last = operation.time;
        return true;
    }

    /// The actor has ended, with all that is open in it.
    void end(std::int64_t time)
    {
        for (const std::int32_t open : m_open)
            endLastStep(open, time);
        endLastStep(RecordedHandler::kRoutine, time);
    }

private:
    [[nodiscard]] std::int32_t current() const
    {
        return m_open.empty() ? RecordedHandler::kRoutine : m_open.back();
    }

    [[nodiscard]] std::vector<RecordedStep>& stepsOf(std::int32_t handler)
    {
        return handler == RecordedHandler::kRoutine
            ? m_actor.steps
            : m_actor.handlers[static_cast<std::size_t>(handler)].steps;
    }

    void endLastStep(std::int32_t handler, std::int64_t time)
    {
        if (!stepsOf(handler).empty())
            stepsOf(handler).back().end = time;
    }

    void beginHandler(const StepOperation& operation)
    {
        RecordedHandler handler;
        handler.interrupted = current();
        handler.stepsBefore = static_cast<std::uint32_t>(stepsOf(current()).size());
        handler.signal = static_cast<std::int32_t>(operation.operands);
        handler.earliest = m_last;
        handler.begin = operation.time;
        m_open.push_back(static_cast<std::int32_t>(m_actor.handlers.size()));
        m_actor.handlers.push_back(std::move(handler));
    }

    void endHandler(std::int64_t time)
    {
        if (m_open.empty())
            return;
        endLastStep(m_open.back(), time);
        m_actor.handlers[static_cast<std::size_t>(m_open.back())].hasEnded = true;
        m_open.pop_back();
    }

    void addStep(const StepOperation& operation)
    {
        if (m_depth == 0) {
            endLastStep(current(), operation.time);
            stepsOf(current()).push_back(
                {operation.instruction, operation.operands, operation.time});
        }
        const Operation what =
            m_code.instructions[static_cast<std::size_t>(operation.instruction)].operation;
        m_depth += what == Operation::BeginAtomic ? 1 : 0;
        m_depth -= what == Operation::EndAtomic && m_depth > 0 ? 1 : 0;
    }

    const Code& m_code;
    RecordedActor& m_actor;
    std::vector<std::int32_t> m_open; ///< handlers that have begun and not ended
    std::int64_t m_last = 0;
    int m_depth = 0;
};

void readEnd(const Trace& trace, const Lane& lane, RecordedActor& actor)
{
    for (std::size_t number = trace.momentCount(lane.id); number > 0 && !actor.hasEnded; --number) {
        const Moment moment = trace.moment(lane.id, number - 1);
        const bool isExit = moment.kind == Moment::Kind::Exited;
        const bool isKill = moment.kind == Moment::Kind::Killed;
        actor.hasFailed = moment.kind == Moment::Kind::Failed;
        actor.hasEnded =
            actor.hasFailed || isExit || isKill || moment.kind == Moment::Kind::Finished;
        if (isExit || isKill)
            actor.exitCode = static_cast<int>(moment.argument) * (isKill ? -1 : 1);
        actor.end = actor.hasEnded ? moment.time : actor.end;
    }
}

bool isActor(const Lane& lane)
{
    return lane.group == LaneGroup::Actors && lane.actor && lane.actorKind != ActorKind::Task
        && lane.actorKind != ActorKind::Foreign;
}

class RunReader
{
public:
    RunReader(const Code& code, const Trace& trace)
        : m_code(code)
        , m_trace(trace)
        , m_handles(code, trace)
    {
    }

    /// Empty, or why it cannot be read.
    std::string read(const Lane& lane)
    {
        RecordedActor& actor = m_run.actors.emplace_back();
        actor.handle = m_handles.of(lane.actor);
        actor.name = lane.name;
        actor.kind = lane.actorKind;
        const bool isFirst = m_code.main() != nullptr && actor.handle == m_code.main()->first;
        if (actor.kind == ActorKind::Process || isFirst)
            actor.process = lane.number;
        const std::size_t count = m_trace.operationCount(lane.id);
        if (count == Trace::kMostOperations)
            return lane.name + " took too many steps.";
        m_operations += count;
        StepFolder folder(m_code, actor);
        for (std::size_t number = 0; number < count; ++number)
            if (!folder.add(m_trace.operation(lane.id, number)))
                return "It is a recording of another program.";
        if (isStandIn(lane))
            return {}; // its lane ends with each handler
        readEnd(m_trace, lane, actor);
        if (actor.hasEnded)
            folder.end(actor.end);
        return {};
    }

    [[nodiscard]] std::size_t operations() const { return m_operations; }
    [[nodiscard]] RecordedRun take() { return std::move(m_run); }

private:
    const Code& m_code;
    const Trace& m_trace;
    const Handles m_handles;
    RecordedRun m_run;
    std::size_t m_operations = 0;
};

} // namespace

Result<RecordedRun> readRecordedRun(
    const Code& code, const Trace& trace, std::vector<OutputLine> lines)
{
    if (trace.recorder().lost != 0)
        return notReadable("The recording has lost events.");
    RunReader reader(code, trace);
    for (const Lane& lane : trace.lanes()) {
        if (!isActor(lane))
            continue;
        if (std::string problem = reader.read(lane); !problem.empty())
            return notReadable(std::move(problem));
    }
    if (reader.operations() == 0)
        return notReadable("It does not say which instructions were carried out.");
    RecordedRun run = reader.take();
    run.lines = std::move(lines);
    return run;
}

} // namespace heddle
