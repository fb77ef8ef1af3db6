// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/run_acceptance.h"

#include "engine/explore/run_follower.h"
#include "engine/explore/stepper.h"
#include "engine/explore/unknown_text.h"

#include <cstdint>
#include <unordered_set>
#include <utility>
#include <vector>

namespace heddle {

namespace {

struct KeyHash
{
    std::size_t operator()(const std::vector<Cell>& key) const
    {
        std::uint64_t hash = key.size();
        for (const Cell cell : key)
            hash = mixHash(hash, cell);
        return hash;
    }
};

struct Frame
{
    std::vector<RunOption> options; ///< the best one last
    RunOption current; ///< how it was come to
};

Schedule scheduleOf(const std::vector<Frame>& frames)
{
    Schedule schedule;
    for (std::size_t number = 1; number < frames.size(); ++number) {
        ScheduledStep& step = schedule.steps.emplace_back();
        step.actor = frames[number].current.actor;
        step.choice = frames[number].current.choice;
    }
    return schedule;
}

/// Depth first; places are kept, so that none is looked at twice.
Result<Schedule> search(
    RunFollower& follower, const AcceptanceLimits& limits, const std::stop_token& stop)
{
    std::unordered_set<std::vector<Cell>, KeyHash> known;
    RunOption start;
    start.place = follower.start();
    std::vector<Frame> frames;
    frames.push_back({follower.optionsFrom(start.place), std::move(start)});
    while (!frames.empty()) {
        if (follower.isAccepted(frames.back().current.place))
            return scheduleOf(frames);
        if (frames.back().options.empty()) {
            frames.pop_back();
            continue;
        }
        RunOption next = std::move(frames.back().options.back());
        frames.back().options.pop_back();
        if (!known.insert(RunFollower::keyOf(next.place)).second)
            continue;
        if (known.size() > limits.states)
            return Error{ErrorKind::NotSupported, 0, "accept a run", "The search took too long."};
        if (stop.stop_requested())
            return Error{ErrorKind::Cancelled, 0, "accept a run", {}};
        std::vector<RunOption> options = follower.optionsFrom(next.place);
        frames.push_back({std::move(options), std::move(next)});
    }
    return Error{ErrorKind::BadTrace, 0, "accept a run", follower.disagreement()};
}

} // namespace

std::optional<std::string> acceptanceObstacle(const Code& code)
{
    if (const std::optional<Sentence> obstacle = Machine::obstacle(code))
        return obstacle->text() + ".";
    for (const CommandDeclaration& command : code.commands)
        if (!command.hasContract)
            return "Nothing says what the command \"" + command.name
                + "\" does: it has no \"model\".";
    if (const CommandDeclaration* command = writerOfUnknownText(code))
        return "Nothing says which text the command \"" + command->name + "\" writes.";
    if (code.options.idealTime || code.options.totalStoreOrder)
        return "Real time is not ideal, and real threads do not say when a write is seen by "
               "others.";
    return std::nullopt;
}

Result<Schedule> acceptRun(const std::shared_ptr<const Code>& code, const RecordedRun& run,
    const AcceptanceLimits& limits, const std::stop_token& stop)
{
    if (const std::optional<std::string> obstacle = acceptanceObstacle(*code))
        return Error{ErrorKind::NotSupported, 0, "accept a run", *obstacle};
    RunFollower follower(code, run);
    Result<Schedule> accepted = search(follower, limits, stop);
    if (!accepted)
        return accepted.error();
    const std::unique_ptr<Machine> machine = machineFor(code, run, {});
    Stepper stepper(*machine);
    for (ScheduledStep& step : accepted->steps) {
        if (Result<void> moved = stepper.move(step); !moved) // names and lines, for people
            return moved.error();
    }
    return accepted;
}

} // namespace heddle
