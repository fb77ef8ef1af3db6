// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/recorded_run.h"

#include <algorithm>
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

std::int64_t handleOf(const Code& code, const std::vector<std::int64_t>& first, ActorId actor)
{
    const std::size_t place = actor.value - 1;
    return place < first.size()
        ? first[place]
        : code.declaredInstanceCount() + static_cast<std::int64_t>(place - first.size());
}

/// Adds an operation, unless it lies inside of a block that is one step.
class StepFolder
{
public:
    StepFolder(const Code& code, std::vector<RecordedStep>& steps)
        : m_code(code)
        , m_steps(steps)
    {
    }

    bool add(const StepOperation& operation)
    {
        const auto number = static_cast<std::size_t>(operation.instruction);
        if (number >= m_code.instructions.size())
            return false;
        if (m_depth == 0) {
            if (!m_steps.empty())
                m_steps.back().end = operation.time;
            m_steps.push_back({operation.instruction, operation.operands, operation.time});
        }
        const Operation what = m_code.instructions[number].operation;
        m_depth += what == Operation::BeginAtomic ? 1 : 0;
        m_depth -= what == Operation::EndAtomic && m_depth > 0 ? 1 : 0;
        return true;
    }

private:
    const Code& m_code;
    std::vector<RecordedStep>& m_steps;
    int m_depth = 0;
};

void readEnd(const Trace& trace, const Lane& lane, RecordedActor& actor)
{
    for (std::size_t number = trace.momentCount(lane.id); number > 0 && !actor.hasEnded; --number) {
        const Moment moment = trace.moment(lane.id, number - 1);
        actor.hasFailed = moment.kind == Moment::Kind::Failed;
        actor.hasEnded = actor.hasFailed || moment.kind == Moment::Kind::Finished;
        actor.end = actor.hasEnded ? moment.time : actor.end;
    }
    if (actor.hasEnded && !actor.steps.empty())
        actor.steps.back().end = actor.end;
}

} // namespace

Result<RecordedRun> readRecordedRun(
    const Code& code, const Trace& trace, std::vector<OutputLine> lines)
{
    if (trace.recorder().lost != 0)
        return notReadable("The recording has lost events.");
    const std::vector<std::int64_t> first = firstHandles(code);
    RecordedRun run;
    run.lines = std::move(lines);
    std::size_t operations = 0;
    for (const Lane& lane : trace.lanes()) {
        const bool isActor = lane.group == LaneGroup::Actors
            && (lane.actorKind == ActorKind::Thread || lane.actorKind == ActorKind::Timer);
        if (!isActor || !lane.actor)
            continue;
        RecordedActor& actor = run.actors.emplace_back();
        actor.handle = handleOf(code, first, lane.actor);
        actor.name = lane.name;
        StepFolder folder(code, actor.steps);
        const std::size_t count = trace.operationCount(lane.id);
        if (count == Trace::kMostOperations)
            return notReadable(lane.name + " took too many steps.");
        operations += count;
        for (std::size_t number = 0; number < count; ++number)
            if (!folder.add(trace.operation(lane.id, number)))
                return notReadable("It is a recording of another program.");
        readEnd(trace, lane, actor);
    }
    if (operations == 0)
        return notReadable("It does not say which instructions were carried out.");
    return run;
}

} // namespace heddle
