// SPDX-License-Identifier: GPL-3.0-only
// Runs the program on standard input for real, again and again, and asks the machine whether it
// allows what happened. Arguments: number of runs, seed of the first, time scale, most states of the
// exploration, seconds after which no further run begins (0: never). Prints whether ends were compared
// with the exploration's and steps with the machine's, what was against a run, and how many runs there
// were, how many steps they took, how many were accepted.
#include "engine/explore/explore.h"
#include "engine/explore/run_acceptance.h"
#include "engine/model/program/compiler.h"
#include "engine/run/runner.h"
#include "engine/run/supervisor.h"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>

namespace {

using namespace heddle;

std::string linesOf(const RunRecord& record)
{
    std::string lines;
    for (const OutputLine& line : record.output)
        lines += (lines.empty() ? "" : " | ") + line.actor + ": " + line.text;
    return lines;
}

/// The final values of a run, by expression, that the exploration does not know.
std::string strangeFinal(const Code& code, const ExplorationReport& explored, const RunRecord& run)
{
    for (const auto& [number, value] : run.finals) {
        const std::string& text = code.expectations[number].text;
        for (const auto& [expression, values] : explored.finals) {
            if (text.rfind("final " + expression + " ", 0) == 0
                && std::find(values.begin(), values.end(), value.toText()) == values.end())
                return expression + " is " + value.toText() + " at the end";
        }
    }
    return {};
}

/// Who waits for what in the deadlocks of a run.
std::string chainsOf(const RunRecord& run)
{
    std::string text;
    for (const DeadlockReport& deadlock : run.deadlocks)
        for (const DeadlockReport::Link& link : deadlock.links)
            text += (text.empty() ? "" : ", ") + link.actor + " waits for " + link.waitsFor;
    return text;
}

bool isHeld(const ExplorationReport& explored, const JudgedExpectation& judged)
{
    return std::any_of(explored.expectations.begin(), explored.expectations.end(),
        [&](const ExploredExpectation& each) {
            return each.line == judged.line && each.text == judged.text
                && each.status == ExploredExpectation::Status::Held;
        });
}

/// An expectation that holds in every schedule and failed in the run.
std::string failedThoughHeld(const ExplorationReport& explored, const RunReport& report)
{
    for (const JudgedExpectation& judged : report.expectations)
        if (judged.status == JudgedExpectation::Status::Failed && isHeld(explored, judged))
            return "\"" + judged.text + "\" holds in every schedule, but " + judged.why;
    return {};
}

/// An end of the run that the exploration does not know.
std::string strangeEnd(const Code& code, const ExplorationReport& explored, const RunReport& report)
{
    if (report.record.end == RunRecord::End::Deadlocked && !explored.deadlockFound)
        return "a deadlock that the exploration does not know: " + chainsOf(report.record);
    if (std::string strange = strangeFinal(code, explored, report.record); !strange.empty())
        return strange;
    return failedThoughHeld(explored, report);
}

/// Who ends the run ends its processes by signals: that is not what the program did.
void forgetForcedEnds(RecordedRun& run)
{
    for (RecordedActor& actor : run.actors) {
        const bool isForced =
            actor.exitCode && (*actor.exitCode == -SIGTERM || *actor.exitCode == -SIGKILL);
        if (!isForced)
            continue;
        actor.hasEnded = false;
        actor.exitCode.reset();
    }
}

/// What is against a run; empty if nothing is.
std::string objection(const std::shared_ptr<const Code>& code, const ExplorationReport& explored,
    const SupervisedRun& run, std::size_t& steps)
{
    const RunRecord& record = run.report.record;
    if (!record.problem.empty())
        return record.problem;
    if (std::string strange = explored.limit ? "" : strangeEnd(*code, explored, run.report);
        !strange.empty())
        return strange + " It said: " + linesOf(record);
    if (acceptanceObstacle(*code))
        return {};
    Result<RecordedRun> recorded = readRecordedRun(*code, *run.trace, record.output);
    if (!recorded)
        return recorded.error().text();
    if (record.end == RunRecord::End::Ended)
        recorded->exitCode = record.exitCode;
    else
        forgetForcedEnds(*recorded);
    for (const RecordedActor& actor : recorded->actors)
        steps += actor.steps.size();
    const Result<Schedule> accepted = acceptRun(code, *recorded);
    return accepted ? std::string() : accepted.error().text() + " It said: " + linesOf(record);
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 6)
        return 2;
    const std::string text{
        std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
    const std::shared_ptr<const Code> code = compileProgram(text).code;
    if (code == nullptr)
        return 2;
    ExplorerLimits limits;
    limits.states = std::strtoull(argv[4], nullptr, 10);
    const ExplorationReport explored = explore(code, limits);
    std::cout << "ends: "
              << (explored.limit ? "not compared, " + explored.limit->text()
                                 : std::string("compared"))
              << std::endl;
    if (const std::optional<std::string> obstacle = acceptanceObstacle(*code))
        std::cout << "steps: not compared, " << *obstacle << std::endl;
    SupervisorOptions options;
    options.run.seed = std::strtoull(argv[2], nullptr, 10);
    options.run.jitter = true;
    options.run.timeScale = std::strtod(argv[3], nullptr);
    options.run.timeLimit = std::chrono::seconds(5);
    options.program = [&](ProgramChannel& channel) {
        return runProgram(*code, options.run, channel);
    };
    const int runs = std::atoi(argv[1]);
    int accepted = 0;
    std::size_t steps = 0;
    const long long seconds = std::atoll(argv[5]);
    const Deadline enough =
        seconds > 0 ? Deadline::after(std::chrono::seconds(seconds)) : Deadline::never();
    int number = 0;
    for (; number < runs && !enough.isOver(); ++number, ++options.run.seed) {
        const SupervisedRun run = supervise({"standard input", text}, code, options);
        const std::string against = objection(code, explored, run, steps);
        accepted += against.empty() ? 1 : 0;
        if (!against.empty())
            std::cout << "seed " << options.run.seed << ": " << against << std::endl;
    }
    std::cout << number << " runs, " << steps << " steps, " << accepted << " accepted" << std::endl;
    return accepted == number ? 0 : 1;
}
