// SPDX-License-Identifier: GPL-3.0-only
#include "app/commands/run.h"

#include "app/commands/command_result.h"
#include "app/commands/compiled_source.h"
#include "app/commands/json_text.h"
#include "app/commands/run_output.h"
#include "app/commands/run_report_text.h"
#include "app/schedule_file.h"
#include "app/trace_file.h"
#include "engine/explore/schedule_plan.h"
#include "engine/run/runner.h"
#include "engine/run/supervisor.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <map>

namespace heddle::app {

namespace {

/// For the report of a run that a signal has ended.
constexpr std::chrono::seconds kPatience{2};

/// The worse, the further behind; what is not in it is worse than all.
constexpr std::array kFromGoodToBad = {kDone, kFailed, kTimeout, kDeadlock, kInvalid, kRefused};

bool isWorse(int exitCode, int other)
{
    const auto place = [](int code) {
        return std::find(kFromGoodToBad.begin(), kFromGoodToBad.end(), code);
    };
    return place(exitCode) > place(other);
}

/// How several runs of one program went.
struct Tally
{
    int runs = 0;
    std::map<std::string, int> verdicts;
    RunReport worst;
    int exitCode = kDone;

    void add(const RunReport& report)
    {
        ++runs;
        ++verdicts[toText(report.verdict)];
        if (runs > 1 && !isWorse(report.exitCode(), exitCode))
            return;
        worst = report;
        exitCode = report.exitCode();
    }
};

/// The program's own lines have standard output to themselves, unless the report is the result.
void printReport(const RunCommand& command, const std::string& text, RunOutput& output)
{
    if (command.report == RunCommand::ReportGoes::ToStdout)
        output.print(text);
    else
        output.tell(text);
}

void printTally(const RunCommand& command, const Tally& tally, RunOutput& output)
{
    if (command.json) {
        QJsonObject verdicts;
        for (const auto& [verdict, count] : tally.verdicts)
            verdicts.insert(QString::fromStdString(verdict), count);
        const QJsonObject worst =
            QJsonDocument::fromJson(QByteArray::fromStdString(tally.worst.toJson())).object();
        output.print(
            jsonText({{QStringLiteral("program"), QString::fromStdString(tally.worst.program)},
                {QStringLiteral("runs"), tally.runs}, {QStringLiteral("verdicts"), verdicts},
                {QStringLiteral("worst"), worst}}));
        return;
    }
    if (command.quiet)
        return;
    std::string line = std::to_string(tally.runs) + " runs:";
    for (const auto& [verdict, count] : tally.verdicts)
        line += " " + std::to_string(count) + " " + verdict + ",";
    line.back() = '\n';
    printReport(command, line + reportText(tally.worst), output);
}

void printOne(const RunCommand& command, const RunReport& report, RunOutput& output)
{
    if (command.json)
        output.print(report.toJson() + "\n");
    else if (!command.quiet)
        printReport(command, reportText(report), output);
}

int saveTrace(const std::string& path, const SupervisedRun& run)
{
    if (path.empty() || run.trace == nullptr)
        return kDone;
    const Result<void> written = writeTrace(*run.trace, path);
    if (written)
        return kDone;
    complain(written.error().detail);
    return kRefused;
}

/// One process of a program after the other; a signal ends them all.
class ProgramRuns
{
public:
    ProgramRuns(const RunCommand& command, RunSource source, std::shared_ptr<const Code> code)
        : m_command(command)
        , m_source(std::move(source))
        , m_code(std::move(code))
    {
    }

    int carryOut()
    {
        for (int number = 0; number < m_command.repeat; ++number) {
            const SupervisedRun run = runOnce(number);
            m_tally.add(run.report);
            const bool isLast = number + 1 == m_command.repeat || isUnread();
            const int saved = isLast || run.signal != 0 ? saveTrace(m_command.trace, run) : kDone;
            if (run.signal != 0)
                endAfterSignal(run);
            if (saved != kDone)
                m_tally.exitCode = saved;
            if (isUnread())
                break;
        }
        if (m_command.controlFd >= 0)
            return m_tally.exitCode;
        if (m_command.repeat > 1)
            printTally(m_command, m_tally, m_output);
        else
            printOne(m_command, m_tally.worst, m_output);
        tellIfCut(m_tally.worst);
        return m_output.isCut() && m_tally.exitCode != kTimeout ? kRefused : m_tally.exitCode;
    }

private:
    SupervisedRun runOnce(int number)
    {
        SupervisorOptions options;
        options.run = m_command.run;
        options.run.seed += static_cast<std::uint64_t>(number);
        options.sessionFd = m_command.sessionFd;
        options.controlFd = m_command.controlFd;
        options.endOnDeadlock = m_command.controlFd < 0; // a person at a window wants to look at it
        options.program = [code = m_code, run = options.run](
                              ProgramChannel& channel) { return runProgram(*code, run, channel); };
        SupervisorCallbacks callbacks;
        if (!m_command.json)
            callbacks.output = [this, limit = timeLimit()](const std::vector<OutputLine>& lines,
                                   const std::stop_token& end) {
                m_output.write(lines, end, limit);
            };
        callbacks.isToStop = [this] { return m_output.hasLostReader(); };
        return supervise(m_source, m_code, options, callbacks);
    }

    [[noreturn]] void endAfterSignal(const SupervisedRun& run)
    {
        endBySignalAfter(run.signal, kPatience);
        m_output.hurry();
        if (m_command.controlFd < 0)
            printOne(m_command, run.report, m_output);
        tellIfCut(run.report);
        endBySignal(run.signal);
    }

    [[nodiscard]] bool isUnread() const { return m_output.hasLostReader() || m_output.isCut(); }

    /// When a run that begins now is over at the latest.
    [[nodiscard]] Deadline timeLimit() const
    {
        return m_command.run.timeLimit ? Deadline::after(*m_command.run.timeLimit)
                                       : Deadline::never();
    }

    void tellIfCut(const RunReport& report)
    {
        if (!m_output.isCut())
            return;
        m_output.tell("heddle: nobody reads standard output: its rest is lost.\n");
        if (m_command.json || m_command.report == RunCommand::ReportGoes::ToStdout)
            m_output.tell(reportText(report));
    }

    const RunCommand& m_command;
    const RunSource m_source;
    const std::shared_ptr<const Code> m_code;
    Tally m_tally;
    RunOutput m_output;
};

/// Whether the recording could be written; complains if not.
int checkTarget(const RunCommand& command)
{
    if (command.trace.empty())
        return kDone;
    const Result<void> target = checkTraceTarget(command.trace);
    if (target)
        return kDone;
    complain(target.error().detail);
    return target.error().kind == ErrorKind::InvalidArgument ? kInvalid : kRefused;
}

/// Plans what the threads are forced through. Complains where that is not possible.
int forceSchedule(const std::shared_ptr<const Code>& code, RunCommand& command)
{
    const Result<Schedule> schedule = readScheduleFile(command.schedule);
    if (!schedule) {
        complain(schedule.error().detail);
        return kInvalid;
    }
    Result<ForcedSchedule> plan = planSchedule(code, *schedule);
    if (plan) {
        command.run.forced = std::make_shared<const ForcedSchedule>(*std::move(plan));
        return kDone;
    }
    const bool isUndecided = plan.error().kind == ErrorKind::NotSupported;
    complain(isUndecided ? plan.error().detail
                         : "\"" + command.schedule
                + "\" is no schedule of this program: " + plan.error().detail);
    return isUndecided ? kUndecided : kInvalid;
}

} // namespace

int runCommand(const RunCommand& wanted)
{
    RunCommand command = wanted;
    const bool isQuiet = command.controlFd >= 0 || command.quiet;
    const std::optional<CompiledSource> compiled =
        compileSource({command.file, command.run.constants, command.json, isQuiet, command.name});
    if (!compiled)
        return kInvalid;
    const int target = checkTarget(command);
    if (target != kDone)
        return target;
    if (!command.schedule.empty())
        if (const int forced = forceSchedule(compiled->code, command); forced != kDone)
            return forced;
    return ProgramRuns(command, compiled->source, compiled->code).carryOut();
}

} // namespace heddle::app
