// SPDX-License-Identifier: GPL-3.0-only
#include "app/command_line.h"

#include "app/commands/check.h"
#include "app/commands/command_result.h"
#include "app/commands/convert.h"
#include "app/commands/explore.h"
#include "app/commands/format.h"
#include "app/commands/list.h"
#include "app/commands/render.h"
#include "app/commands/replay.h"
#include "app/commands/run.h"
#include "app/commands/stats.h"
#include "app/commands/window.h"
#include "engine/base/text.h"

#include <cstdio>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace heddle::app {

namespace {

constexpr const char* kDescription =
    "Heddle, a workbench for concurrency: programs of real threads, launched and watched live.";

constexpr const char* kExamples = R"(Examples:
  heddle                                       open the window
  heddle run locks/dining_philosophers         run a gallery program; exits 3: a deadlock
  heddle explore locks/dining_philosophers     search every schedule; prints the shortest bad one
  heddle explore my.hed --schedule bad.txt     keep it
  heddle replay my.hed bad.txt                 go through it, step by step
  heddle replay my.hed bad.txt --real          the same with real threads
  heddle run my.hed --set N=7 --repeat 20      twenty runs with another constant
  heddle run my.hed --trace my.pftrace         keep the recording
  heddle render my.pftrace --out my.png        a picture of it, without a display
  heddle stats my.pftrace                      who ran, who waited for what
  heddle check my.hed                          what is wrong with a program
  heddle list                                  the programs of the gallery

Exit codes: 0 all expectations held, 1 one failed, 2 usage or not valid, 3 deadlock, 4 time limit,
5 not decided: a limit ended the search, 6 the system refused, 128+N ended by signal N.)";

/// Reads `10s`, `250ms` or a number of seconds into any duration.
template <typename Duration>
CLI::Option* addDuration(
    CLI::App& command, const std::string& name, Duration& target, const std::string& description)
{
    const auto read = [&target, name](const std::string& text) {
        const auto duration = parseDuration(text);
        if (!duration || duration->count() < 0)
            throw CLI::ValidationError(
                name, "\"" + text + "\" is not a duration such as 10s or 250ms");
        target = *duration;
    };
    return command.add_option_function<std::string>(name, read, description)->type_name("DURATION");
}

/// `NAME=VALUE`, split at the first `=`.
std::pair<std::string, std::string> readConstant(const std::string& text)
{
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0)
        throw CLI::ValidationError("--set", "\"" + text + "\" is not of the form NAME=VALUE");
    return {text.substr(0, equals), text.substr(equals + 1)};
}

Find readFind(const std::string& text)
{
    static const std::map<std::string, Find> kNames{{"all", Find::All},
        {"deadlock", Find::Deadlock}, {"assert", Find::Assert}, {"race", Find::Race}};
    const auto found = kNames.find(text);
    if (found == kNames.end())
        throw CLI::ValidationError(
            "--find", "\"" + text + "\" is none of deadlock, assert, race and all");
    return found->second;
}

using Constants = std::vector<std::pair<std::string, std::string>>;

/// What the arguments may be, and what they turned out to say.
class CommandLine
{
public:
    CommandLine();

    int carryOut(int argc, char** argv);

private:
    CLI::App& add(
        const std::string& name, const std::string& description, std::function<int()> what);
    void addRun();
    void addHiddenRunOptions(CLI::App& command);
    void addConstants(CLI::App& command, Constants& constants);
    void addExplore();
    void addReplay();
    void addCheck();
    void addFormat();
    void addStats();
    void addConvert();
    void addRender();
    void addList();
    void addShow();
    void readSize(const std::string& text);
    [[nodiscard]] int render();
    [[nodiscard]] int openFile(int argc, char** argv);

    CLI::App m_app{kDescription, "heddle"};
    std::function<int()> m_chosen;
    std::string m_windowFile;
    RunCommand m_run;
    ExploreCommand m_explore;
    ReplayCommand m_replay;
    CheckCommand m_check;
    FormatCommand m_format;
    StatsCommand m_stats;
    ConvertCommand m_convert;
    RenderOptions m_render;
    std::optional<nanoseconds> m_renderFrom;
    std::optional<nanoseconds> m_renderTo;
    ListCommand m_list;
    std::string m_shown;
};

CommandLine::CommandLine()
{
    m_app.set_version_flag("--version", "Heddle " HEDDLE_VERSION);
    m_app.require_subcommand(0, 1);
    m_app.add_option(
        "FILE", m_windowFile, "Program, gallery id or recording to open in the window");
    addRun();
    addExplore();
    addReplay();
    addCheck();
    addFormat();
    addStats();
    addConvert();
    addRender();
    addList();
    addShow();
    m_app.footer(kExamples); // last: commands would take it over
}

CLI::App& CommandLine::add(
    const std::string& name, const std::string& description, std::function<int()> what)
{
    CLI::App* command = m_app.add_subcommand(name, description);
    command->callback([this, what = std::move(what)] { m_chosen = what; });
    return *command;
}

void CommandLine::addRun()
{
    CLI::App& command = add("run", "Run a program for real, in a process of its own",
        [this] { return runCommand(m_run); });
    command.add_option("FILE", m_run.file, "Path, gallery id, or - for standard input")->required();
    addConstants(command, m_run.run.constants);
    command.add_option("--seed", m_run.run.seed,
        "For choose, random and jitter (default 0; --repeat counts on from it)");
    command.add_flag("--jitter", m_run.run.jitter, "Delay steps at random, up to 50 us each");
    command.add_option("--repeat", m_run.repeat, "Run so many times and count the verdicts")
        ->check(CLI::Range(1, 1'000'000));
    command.add_option("--time-scale", m_run.run.timeScale, "Multiply declared durations by this")
        ->check(CLI::Range(0.000001, 1'000'000.0));
    addDuration(
        command, "--timeout", m_run.run.timeLimit, "End the run after so long; exit code 4");
    command.add_option("--trace", m_run.trace, "Write the recording here: .pftrace or .json")
        ->type_name("OUT");
    command.add_flag("--json", m_run.json, "Print one JSON object");
    command.add_flag("--quiet", m_run.quiet, "Print only what the program says");
    addHiddenRunOptions(command);
}

void CommandLine::addConstants(CLI::App& command, Constants& constants)
{
    command
        .add_option_function<std::vector<std::string>>(
            "--set",
            [&constants](const std::vector<std::string>& texts) {
                for (const std::string& text : texts)
                    constants.push_back(readConstant(text));
            },
            "Give a constant another value; may be repeated")
        ->type_name("NAME=VALUE")
        ->expected(1)
        ->take_all();
}

void CommandLine::addExplore()
{
    CLI::App& command = add("explore", "Search every schedule of a program and judge it by them",
        [this] { return exploreProgram(m_explore); });
    command.add_option("FILE", m_explore.file, "Path, gallery id, or - for standard input")
        ->required();
    addConstants(command, m_explore.constants);
    command
        .add_option(
            "--max-states", m_explore.limits.states, "Stop after so many states (default 2000000)")
        ->check(CLI::Range(std::size_t{1}, std::size_t{1'000'000'000}));
    addDuration(
        command, "--max-seconds", m_explore.limits.time, "Stop after so long (default 10s)");
    command
        .add_option_function<std::uint32_t>(
            "--preemptions", [this](std::uint32_t most) { m_explore.limits.preemptions = most; },
            "Leave schedules with more preemptions out")
        ->type_name("N")
        ->check(CLI::Range(0U, 10'000U));
    command
        .add_option_function<std::string>(
            "--find", [this](const std::string& what) { m_explore.limits.find = readFind(what); },
            "End the search with the first such thing")
        ->type_name("deadlock|assert|race|all");
    command.add_option("--schedule", m_explore.schedule, "Write the most telling schedule here")
        ->type_name("OUT");
    command.add_flag("--json", m_explore.json, "Print one JSON object");
}

void CommandLine::addReplay()
{
    CLI::App& command = add("replay", "Go through a schedule that explore has written",
        [this] { return replaySchedule(m_replay); });
    command.add_option("FILE", m_replay.file, "Path, gallery id, or - for standard input")
        ->required();
    command.add_option("SCHEDULE", m_replay.schedule, "A file of explore --schedule")->required();
    addConstants(command, m_replay.constants);
    command.add_option("--trace", m_replay.trace, "Write it as a recording: .pftrace or .json")
        ->type_name("OUT");
    command.add_flag("--json", m_replay.json, "Print one JSON object");
    CLI::Option* real = command.add_flag("--real", m_replay.isReal,
        "Force the program's real threads and processes through it; prints and exits like run");
    command
        .add_option(
            "--repeat", m_replay.repeat, "With --real: do so many times and count the verdicts")
        ->check(CLI::Range(1, 1'000'000))
        ->needs(real);
    addDuration(command, "--timeout", m_replay.timeLimit,
        "With --real: end the run after so long; exit code 4")
        ->needs(real);
}

// What the window passes; not for people.
void CommandLine::addHiddenRunOptions(CLI::App& command)
{
    command.add_option("--session-fd", m_run.sessionFd)->group("");
    command.add_option("--control-fd", m_run.controlFd)->group("");
    command.add_option("--name", m_run.name)->group("");
    command.add_option("--schedule", m_run.schedule)->group("");
}

void CommandLine::addCheck()
{
    CLI::App& command =
        add("check", "Say what is wrong with programs", [this] { return checkPrograms(m_check); });
    command.add_option("FILE", m_check.files, "Paths, gallery ids, or -")->required();
    command.add_flag(
        "--listing", m_check.listing, "Print the compiled code, an instruction a line");
    command.add_flag("--json", m_check.json, "Print one JSON object");
}

void CommandLine::addFormat()
{
    CLI::App& command = add("format", "Write programs in their canonical form, in place",
        [this] { return formatPrograms(m_format); });
    command.add_option("FILE", m_format.files, "Paths; - goes to standard output")->required();
    command.add_flag(
        "--check", m_format.checkOnly, "Write nothing; exit with 1 if something would change");
}

void CommandLine::addStats()
{
    CLI::App& command = add("stats", "Show who ran and who waited for what in a recording",
        [this] { return showStatistics(m_stats); });
    command.add_option("TRACE", m_stats.trace, "A .pftrace file")->required();
    command.add_flag("--json", m_stats.json, "Print one JSON object");
    addDuration(command, "--from", m_stats.from, "Only from here on");
    addDuration(command, "--to", m_stats.to, "Only up to here");
}

void CommandLine::addConvert()
{
    CLI::App& command = add("convert",
        "Write a recording in another form, or a program as a model for SPIN, by extension",
        [this] { return convertFile(m_convert); });
    command.add_option("IN", m_convert.input, "A .pftrace file, or a program")->required();
    command.add_option("OUT", m_convert.output, "A .pftrace, .json or .pml file")->required();
}

void CommandLine::addRender()
{
    CLI::App& command = add("render", "Draw the timeline of a recording, without a display",
        [this] { return render(); });
    command.add_option("TRACE", m_render.tracePath, "A .pftrace file")->required();
    command.add_option("--out", m_render.outputPath, "A .png or .svg file")
        ->type_name("FILE")
        ->required();
    command
        .add_option_function<std::string>(
            "--size", [this](const std::string& text) { readSize(text); },
            "Pixels, such as 1600x900 (default: 1600 wide, as high as the lanes need)")
        ->type_name("WxH");
    addDuration(command, "--from", m_renderFrom, "Only from here on");
    addDuration(command, "--to", m_renderTo, "Only up to here");
    command.add_flag("--dark", m_render.isDark, "Light on dark");
}

void CommandLine::readSize(const std::string& text)
{
    constexpr int kLargest = 32'000;
    int width = 0;
    int height = 0;
    char rest = 0;
    const int read = std::sscanf(text.c_str(), "%6dx%6d%c", &width, &height, &rest);
    if (read != 2 || width < 1 || height < 1 || width > kLargest || height > kLargest)
        throw CLI::ValidationError("--size", "\"" + text + "\" is not a size such as 1600x900");
    m_render.width = width;
    m_render.height = height;
}

int CommandLine::render()
{
    if (m_renderFrom)
        m_render.from = m_renderFrom->count();
    if (m_renderTo)
        m_render.to = m_renderTo->count();
    return renderCommand(m_render);
}

void CommandLine::addList()
{
    CLI::App& command = add("list", "List the gallery's programs, kinds or primitives",
        [this] { return listWhatThereIs(m_list); });
    const std::map<std::string, Listed> names{{"programs", Listed::Programs},
        {"kinds", Listed::Kinds}, {"primitives", Listed::Primitives}};
    command.add_option("WHAT", m_list.what, "programs (default), kinds or primitives")
        ->transform(CLI::CheckedTransformer(names).description("programs|kinds|primitives"));
    command.add_flag("--json", m_list.json, "Print one JSON object");
}

void CommandLine::addShow()
{
    CLI::App& command =
        add("show", "Print a program of the gallery", [this] { return showProgram(m_shown); });
    command.add_option("ID", m_shown, "Such as locks/lost_update")->required();
}

int CommandLine::openFile(int argc, char** argv)
{
    std::vector<std::string> commands;
    for (const CLI::App* command : m_app.get_subcommands({}))
        commands.push_back(command->get_name());
    return openWindow(argc, argv, {m_windowFile, nearestWord(m_windowFile, commands)});
}

int CommandLine::carryOut(int argc, char** argv)
{
    m_chosen = [&] { return openFile(argc, argv); };
    try {
        m_app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return m_app.exit(error) == 0 ? kDone : kInvalid;
    }
    return m_chosen();
}

} // namespace

int runCommandLine(int argc, char** argv)
{
    return finishOutput(CommandLine().carryOut(argc, argv));
}

} // namespace heddle::app
