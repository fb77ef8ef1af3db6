// SPDX-License-Identifier: GPL-3.0-only
// Runs the program on standard input as `heddle run --json` does, without the command line and Qt.
// Arguments: seed, "jitter" or "plain", time scale, time limit in milliseconds (0: none),
// bytes for what is started while it runs (0: as usual).
#include "engine/model/program/compiler.h"
#include "engine/run/runner.h"
#include "engine/run/supervisor.h"

#include <cstdlib>
#include <iostream>
#include <iterator>
#include <string>

namespace {

heddle::RunOptions readOptions(int argc, char** argv)
{
    heddle::RunOptions options;
    if (argc > 1)
        options.seed = std::strtoull(argv[1], nullptr, 10);
    options.jitter = argc > 2 && std::string(argv[2]) == "jitter";
    if (argc > 3)
        options.timeScale = std::strtod(argv[3], nullptr);
    const long long limit = argc > 4 ? std::strtoll(argv[4], nullptr, 10) : 0;
    if (limit > 0)
        options.timeLimit = std::chrono::milliseconds(limit);
    const unsigned long long actorBytes = argc > 5 ? std::strtoull(argv[5], nullptr, 10) : 0;
    if (actorBytes > 0)
        options.actorBytes = actorBytes;
    return options;
}

} // namespace

int main(int argc, char** argv)
{
    const std::string text{
        std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
    const heddle::CompiledProgram compiled = heddle::compileProgram(text);
    for (const heddle::Diagnostic& diagnostic : compiled.diagnostics)
        std::cerr << heddle::toLine(diagnostic, "standard input") << '\n';
    if (!compiled.code)
        return 2;
    heddle::SupervisorOptions options;
    options.run = readOptions(argc, argv);
    options.program = [&](heddle::ProgramChannel& channel) {
        return heddle::runProgram(*compiled.code, options.run, channel);
    };
    const heddle::SupervisedRun run =
        heddle::supervise({"standard input", text}, compiled.code, options);
    std::cout << run.report.toJson() << '\n';
    return run.report.exitCode();
}
