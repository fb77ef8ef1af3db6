// SPDX-License-Identifier: GPL-3.0-only
#include "app/commands/window.h"

#include "app/commands/command_result.h"
#include "app/display.h"
#include "app/program_source.h"
#include "app/trace_file.h"
#include "app/window_main.h"

namespace heddle::app {

namespace {

/// What to do with the file where no window can be opened.
std::string insteadOfWindow(const std::string& file)
{
    if (isTraceName(file))
        return "`heddle render " + file + " --out picture.png` draws it, `heddle stats " + file
            + "` sums it up.";
    const std::string program = file.empty() ? "locks/dining_philosophers" : file;
    return "`heddle run " + program + "` runs the program, with `--trace out.pftrace` and then "
        + "`heddle render out.pftrace --out picture.png` there is a picture of it.";
}

/// Complains about a file that could not be opened in the window either.
bool canBeOpened(const std::string& file)
{
    if (file.empty())
        return true;
    const std::string problem = [&]() -> std::string {
        if (isTraceName(file)) {
            const Result<LoadedTrace> trace = readTrace(file);
            return trace ? std::string() : trace.error().detail;
        }
        const Result<RunSource> program = readProgram(file);
        return program ? std::string() : program.error().detail;
    }();
    if (!problem.empty())
        complain(problem);
    return problem.empty();
}

} // namespace

int openWindow(int argc, char** argv, const std::string& file)
{
    if (!canBeOpened(file))
        return kInvalid;
    if (!hasDisplay()) {
        complain("There is no display for the window. " + insteadOfWindow(file));
        return kRefused;
    }
    return runWindow(argc, argv, file);
}

} // namespace heddle::app
