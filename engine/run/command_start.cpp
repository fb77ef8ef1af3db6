// SPDX-License-Identifier: Apache-2.0
#include "engine/run/command_start.h"

#include "engine/processes/pipe.h"
#include "engine/record/recorder.h"
#include "engine/run/actor_thread.h"
#include "engine/run/command_watch.h"
#include "engine/run/pipe_object.h"
#include "engine/run/run_command.h"
#include "engine/run/source_line.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace heddle {

namespace {

constexpr int kFailedExec = 127;
constexpr int kFailedHook = 1;
constexpr mode_t kNewFile = 0666; // less what the process's umask takes away

/// One thing that the child does before it loads its program, ready to be done.
struct ChildStep
{
    enum class Kind
    {
        Connect, ///< `target` leads where `source` does
        Open, ///< `target` leads to the file `text`
        NewGroup,
        Hook, ///< runs `routine`
        Environment, ///< sets `text` to `value`
    };
    Kind kind = Kind::Connect;
    int source = -1;
    int target = -1;
    std::string text;
    std::string value;
    std::int32_t routine = -1;
};

/// All that is prepared before the fork, so that the child only carries it out.
struct ChildPlan
{
    std::vector<std::string> arguments;
    std::vector<ChildStep> steps;
    std::vector<OwnedFd> childEnds; ///< closed here once the child has its own
    bool hasHook = false;
    bool leadsGroup = false;
};

int descriptorOf(Wiring::Kind kind)
{
    switch (kind) {
    case Wiring::Kind::StandardInput:
        return STDIN_FILENO;
    case Wiring::Kind::StandardOutput:
        return STDOUT_FILENO;
    default:
        return STDERR_FILENO;
    }
}

class CommandStart
{
public:
    CommandStart(ActorThread& actor, const Instruction& instruction)
        : m_actor(actor)
        , m_instruction(instruction)
        , m_declared(actor.code().commands[static_cast<std::size_t>(instruction.target)])
    {
    }

    StepOutcome start()
    {
        prepareArguments();
        ActorRecord& record =
            m_actor.run().actors().add(ActorKind::Command, m_declared.name, false);
        m_command = &m_actor.run().commands().add(record, m_declared.name);
        Result<void> prepared = inheritOutputs();
        for (const Wiring& wiring : m_declared.wirings) {
            if (!prepared)
                break;
            prepared = prepare(wiring);
        }
        if (!prepared)
            return refused("NoResources", prepared.error().text());
        if (m_isPipeClosed)
            return refused("Closed", "An end that it is wired to was closed here.");
        return launch();
    }

private:
    void prepareArguments()
    {
        if (m_declared.isShell)
            m_plan.arguments = {"/bin/sh", "-c"};
        for (const Value& argument : m_actor.values(m_instruction.a, m_instruction.count))
            m_plan.arguments.push_back(displayText(argument, &m_actor));
    }

    [[nodiscard]] bool isWired(Wiring::Kind kind) const
    {
        for (const Wiring& wiring : m_declared.wirings)
            if (wiring.kind == kind)
                return true;
        return false;
    }

    /// Streams that are not wired lead to the program, which says their lines.
    Result<void> inheritOutputs()
    {
        if (!isWired(Wiring::Kind::StandardOutput)) {
            const Result<void> connected = connectToNew(STDOUT_FILENO, m_command->inheritedOutput);
            if (!connected)
                return connected;
        }
        if (!isWired(Wiring::Kind::StandardError))
            return connectToNew(STDERR_FILENO, m_command->inheritedErrorOutput);
        return {};
    }

    /// A new pipe: the child writes to it (or, its input, reads from it), `ours` is the other end.
    Result<void> connectToNew(int target, OwnedFd& ours)
    {
        Result<Pipe> pipe = Pipe::create();
        if (!pipe)
            return pipe.error();
        const bool isInput = target == STDIN_FILENO;
        ours = std::move(isInput ? pipe->writer : pipe->reader);
        OwnedFd theirs = std::move(isInput ? pipe->reader : pipe->writer);
        connect(theirs.get(), target);
        m_plan.childEnds.push_back(std::move(theirs));
        return {};
    }

    void connect(int source, int target)
    {
        ChildStep step;
        step.source = source;
        step.target = target;
        m_plan.steps.push_back(std::move(step));
    }

    Result<void> prepare(const Wiring& wiring)
    {
        ChildStep step;
        switch (wiring.kind) {
        case Wiring::Kind::NewGroup:
            step.kind = ChildStep::Kind::NewGroup;
            m_plan.leadsGroup = true;
            break;
        case Wiring::Kind::Before:
            step.kind = ChildStep::Kind::Hook;
            step.routine = wiring.routine;
            m_plan.hasHook = true;
            break;
        case Wiring::Kind::Environment:
            step.kind = ChildStep::Kind::Environment;
            step.text = wiring.text;
            step.value = displayText(m_actor.value(wiring.value), &m_actor);
            break;
        default:
            return prepareStream(wiring);
        }
        m_plan.steps.push_back(std::move(step));
        return {};
    }

    Result<void> prepareStream(const Wiring& wiring)
    {
        const int target = descriptorOf(wiring.kind);
        switch (wiring.end) {
        case Wiring::End::Inherited:
            return {};
        case Wiring::End::Own:
            return prepareOwn(target);
        case Wiring::End::StandardOutput:
            connect(STDOUT_FILENO, target);
            return {};
        case Wiring::End::Pipe:
            connectToPipe(wiring, target);
            return {};
        case Wiring::End::Null:
        case Wiring::End::File:
            break;
        }
        ChildStep step;
        step.kind = ChildStep::Kind::Open;
        step.target = target;
        step.text = wiring.end == Wiring::End::Null ? "/dev/null" : wiring.text;
        m_plan.steps.push_back(std::move(step));
        return {};
    }

    Result<void> prepareOwn(int target)
    {
        OwnedFd ours;
        if (const Result<void> connected = connectToNew(target, ours); !connected)
            return connected;
        Result<std::shared_ptr<StreamDescriptor>> descriptor =
            StreamDescriptor::own(std::move(ours));
        if (!descriptor)
            return descriptor.error();
        static constexpr std::array kNames = {".stdin", ".stdout", ".stderr"};
        const ObjectId shownAs =
            definePipe(m_command->record().name + kNames.at(static_cast<std::size_t>(target)),
                (*descriptor)->fd());
        if (target == STDIN_FILENO) {
            m_command->input = std::make_unique<StreamWriter>(*std::move(descriptor), shownAs);
            return {};
        }
        auto reader = std::make_unique<StreamReader>(*std::move(descriptor), shownAs);
        (target == STDOUT_FILENO ? m_command->hasOutput : m_command->hasErrorOutput) = true;
        (target == STDOUT_FILENO ? m_command->output : m_command->errorOutput) = std::move(reader);
        return {};
    }

    void connectToPipe(const Wiring& wiring, int target)
    {
        const std::int64_t element =
            wiring.element == kNoRegister ? 0 : m_actor.value(wiring.element).number();
        const std::int32_t count =
            m_actor.code().objects[static_cast<std::size_t>(wiring.object)].count;
        if (element < 0 || element >= count) {
            m_isPipeClosed = true;
            return;
        }
        PipeObject* pipe =
            m_actor.run().object(wiring.object, static_cast<std::int32_t>(element)).asPipe();
        HEDDLE_ASSERT(pipe != nullptr, "the checker lets only pipes through");
        const auto end =
            target == STDIN_FILENO ? pipe->reader().descriptor() : pipe->writer().descriptor();
        if (!end) {
            m_isPipeClosed = true;
            return;
        }
        m_pipeEnds.push_back(end);
        connect(end->handedOut(), target);
    }

    StepOutcome launch()
    {
        Result<Pipe> failure = Pipe::create();
        if (!failure)
            return refused("NoResources", failure.error().text());
        heddle::record(EventKind::ActorCreated, m_command->record().id.value, 0,
            recordedLine(m_instruction.line));
        const pid_t child = m_actor.run().actors().forkProcess();
        if (child == 0)
            beChild(failure->writer.get());
        if (child < 0)
            return refused("NoResources", systemError("fork").text());
        m_plan.childEnds.clear();
        failure->writer.reset();
        int childErrno = 0;
        ssize_t count = 0;
        do {
            count = ::read(failure->reader.get(), &childErrno, sizeof childErrno);
        } while (count < 0 && errno == EINTR);
        if (count == sizeof childErrno)
            return notLoaded(child, childErrno);
        return watch(child);
    }

    StepOutcome watch(pid_t child)
    {
        OwnedFd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, child, 0)));
        m_command->setProcess(child, std::move(pidfd), m_plan.leadsGroup);
        const Result<void> watched = watchCommand(m_actor.run(), *m_command);
        if (!watched) {
            static_cast<void>(m_command->sendSignal(SIGKILL));
            static_cast<void>(::waitpid(child, nullptr, 0));
            return StepOutcome::of(watched.error());
        }
        m_actor.addChild(m_command->record().handle);
        return StepOutcome::done(Value::handle(m_command->record().handle));
    }

    StepOutcome notLoaded(pid_t child, int childErrno)
    {
        while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) { }
        const bool isMissing = childErrno == ENOENT || childErrno == EACCES || childErrno == ENOTDIR
            || childErrno == ENOEXEC;
        return refused(isMissing ? "NotFound" : "NoResources",
            systemError(childErrno, "start", m_plan.arguments.front()).text());
    }

    StepOutcome refused(std::string_view exception, std::string text)
    {
        m_command->record().moveTo(ActorRecord::Phase::Failed);
        m_command->input->close();
        m_command->output->close();
        m_command->errorOutput->close();
        return StepOutcome::raised(exception, std::move(text));
    }

    // The child's part.

    [[noreturn]] void beChild(int failure)
    {
        currentInterruptions = nullptr;
        for (int signal = 1; signal < NSIG; ++signal)
            static_cast<void>(::signal(signal, SIG_DFL)); // some cannot be changed
        sigset_t none;
        ::sigemptyset(&none);
        static_cast<void>(::pthread_sigmask(SIG_SETMASK, &none, nullptr));
        m_command->record().process.store(::getpid());
        bool isDone = false;
        if (m_plan.hasHook) {
            const SetupRecording records; // what its hooks say
            isDone = carryOutSteps();
        } else {
            isDone = carryOutSteps();
        }
        if (isDone)
            load();
        const int reason = errno;
        static_cast<void>(!::write(failure, &reason, sizeof reason));
        ::_exit(kFailedExec);
    }

    [[nodiscard]] bool carryOutSteps()
    {
        for (const ChildStep& step : m_plan.steps)
            if (!carryOut(step))
                return false;
        return true;
    }

    [[nodiscard]] bool carryOut(const ChildStep& step)
    {
        switch (step.kind) {
        case ChildStep::Kind::Connect:
            return ::dup2(step.source, step.target) >= 0;
        case ChildStep::Kind::Open: {
            const int flags = step.target == STDIN_FILENO ? O_RDONLY : O_WRONLY | O_CREAT | O_TRUNC;
            const OwnedFd file(::open(step.text.c_str(), flags | O_CLOEXEC, kNewFile));
            return file && ::dup2(file.get(), step.target) >= 0;
        }
        case ChildStep::Kind::NewGroup:
            return ::setpgid(0, 0) == 0;
        case ChildStep::Kind::Hook:
            runHook(step.routine);
            return true;
        case ChildStep::Kind::Environment:
            return ::setenv(step.text.c_str(), step.value.c_str(), 1) == 0;
        }
        return false;
    }

    /// A hook that fails ends the child: its program is never loaded.
    void runHook(std::int32_t routine)
    {
        ActorGate gate(nullptr, m_command->record());
        ActorThread hook(m_actor.run(), gate, m_command->record(), routine, {});
        hook.carryOut();
        if (hook.hasFailed())
            ::_exit(kFailedHook);
    }

    void load()
    {
        std::vector<char*> arguments;
        for (std::string& argument : m_plan.arguments)
            arguments.push_back(argument.data());
        arguments.push_back(nullptr);
        // Whatever this process has open beside the three standard streams stays here.
        static_cast<void>(::syscall(SYS_close_range, 3, ~0U, CLOSE_RANGE_CLOEXEC));
        ::execvp(arguments.front(), arguments.data());
    }

    ActorThread& m_actor;
    const Instruction& m_instruction;
    const CommandDeclaration& m_declared;
    RunCommand* m_command = nullptr;
    ChildPlan m_plan;
    std::vector<std::shared_ptr<StreamDescriptor>> m_pipeEnds; ///< kept open up to the fork
    bool m_isPipeClosed = false;
};

} // namespace

StepOutcome startCommand(ActorThread& actor, const Instruction& instruction)
{
    return CommandStart(actor, instruction).start();
}

} // namespace heddle
