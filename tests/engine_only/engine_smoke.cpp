// SPDX-License-Identifier: GPL-3.0-only
// The engine used as a library, without Qt: compiles a program, runs it for real in a process of its
// own, and checks that its deadlock is named.
#include "engine/model/program/compiler.h"
#include "engine/run/runner.h"
#include "engine/run/supervisor.h"

#include <cstdio>

namespace {

constexpr auto kProgram = R"(program "Two keys"
mutex a, b
latch first = 2
thread left:
    lock a
    finish first
    wait first
    lock b
thread right:
    lock b
    finish first
    wait first
    lock a
expect deadlock reachable
)";

bool namesTheDeadlock()
{
    const heddle::CompiledProgram compiled = heddle::compileProgram(kProgram);
    if (!compiled.code)
        return false;
    heddle::SupervisorOptions options;
    options.run.timeLimit = std::chrono::seconds(10);
    options.program = [code = compiled.code, run = options.run](heddle::ProgramChannel& channel) {
        return heddle::runProgram(*code, run, channel);
    };
    const heddle::SupervisedRun run =
        heddle::supervise({"two keys", kProgram}, compiled.code, options);
    const auto& deadlocks = run.report.record.deadlocks;
    return run.report.exitCode() == 3 && deadlocks.size() == 1 && deadlocks[0].links.size() == 2
        && deadlocks[0].links[0].waitsFor != deadlocks[0].links[1].waitsFor;
}

} // namespace

int main()
{
    const bool passed = namesTheDeadlock();
    std::printf("%d passed, %d failed\n", passed ? 1 : 0, passed ? 0 : 1);
    return passed ? 0 : 1;
}
