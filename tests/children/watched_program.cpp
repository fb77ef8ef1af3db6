// SPDX-License-Identifier: GPL-3.0-only
// The part of `heddle run` that a WatchedRun starts, without the rest of the command line and Qt:
// run - [--timeout Nns] --session-fd N --control-fd N, other options are passed over.
#include "engine/base/text.h"
#include "engine/model/program/compiler.h"
#include "engine/run/runner.h"
#include "engine/run/supervisor.h"

#include <cstdlib>
#include <iostream>
#include <iterator>
#include <string>

int main(int argc, char** argv)
{
    heddle::SupervisorOptions options;
    options.endOnDeadlock = false;
    for (int index = 1; index + 1 < argc; ++index) {
        const std::string name = argv[index];
        const std::string value = argv[index + 1];
        if (name == "--session-fd")
            options.sessionFd = std::atoi(value.c_str());
        if (name == "--control-fd")
            options.controlFd = std::atoi(value.c_str());
        if (name == "--timeout")
            options.run.timeLimit = heddle::parseDuration(value);
    }
    const std::string text{
        std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
    const heddle::CompiledProgram compiled = heddle::compileProgram(text);
    if (!compiled.code)
        return 2;
    options.program = [&](heddle::ProgramChannel& channel) {
        return heddle::runProgram(*compiled.code, options.run, channel);
    };
    return heddle::supervise({"standard input", text}, compiled.code, options).report.exitCode();
}
