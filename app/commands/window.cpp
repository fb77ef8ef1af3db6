// SPDX-License-Identifier: GPL-3.0-only
#include "app/commands/window.h"

#include "app/commands/command_result.h"
#include "app/display.h"
#include "app/program_source.h"
#include "app/trace_file.h"
#include "app/window_main.h"

#include <QFile>

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

/// What is wrong with the file, or nothing.
std::string problemOf(const WindowCommand& command)
{
    if (command.file.empty())
        return {};
    if (command.file == "-")
        return "The window opens files; a program on standard input goes to `heddle run -`.";
    if (isTraceName(command.file)) {
        const Result<void> trace = checkTraceSource(command.file);
        return trace ? std::string() : trace.error().detail;
    }
    const Result<RunSource> program = readProgram(command.file);
    if (program)
        return {};
    const bool isTypingMistake =
        command.meantCommand && !QFile::exists(QString::fromStdString(command.file));
    if (!isTypingMistake)
        return program.error().detail;
    return "There is no command, file or gallery program \"" + command.file
        + "\". Did you mean `heddle " + *command.meantCommand + "`?";
}

} // namespace

int openWindow(int argc, char** argv, const WindowCommand& command)
{
    const std::string problem = problemOf(command);
    if (!problem.empty()) {
        complain(problem);
        return kInvalid;
    }
    if (!hasDisplay()) {
        complain("There is no display for the window. " + insteadOfWindow(command.file));
        return kRefused;
    }
    return runWindow(argc, argv, command.file);
}

} // namespace heddle::app
