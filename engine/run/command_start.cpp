// SPDX-License-Identifier: Apache-2.0
#include "engine/run/command_start.h"

#include "engine/model/program/refusals.h"
#include "engine/processes/subprocess.h"
#include "engine/record/recorder.h"
#include "engine/run/actor_thread.h"
#include "engine/run/command_hook.h"
#include "engine/run/command_watch.h"
#include "engine/run/pipe_object.h"
#include "engine/run/run_command.h"
#include "engine/run/source_line.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>
#include <utility>
#include <vector>

#include <unistd.h>

namespace heddle {

namespace {

/// What the language calls a refusal of the spawn.
std::string_view exceptionOf(const Error& error)
{
    static constexpr std::array kNotFound = {ENOENT, EACCES, ENOTDIR, ENOEXEC};
    if (error.kind == ErrorKind::InvalidArgument)
        return kBadValue;
    const bool isMissing =
        std::find(kNotFound.begin(), kNotFound.end(), error.systemErrno) != kNotFound.end();
    return isMissing ? "NotFound" : "NoResources";
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
        ActorRecord* record =
            m_actor.run().actors().add(ActorKind::Command, m_declared.name, Lifetime::KeepsProgram);
        if (record == nullptr)
            return StepOutcome::raised("NoResources", kNoRoomForActor);
        m_command = &m_actor.run().commands().add(*record, m_declared.name);
        for (const Value& argument : m_actor.values(m_instruction.a, m_instruction.count))
            m_options.arguments.push_back(displayText(argument, &m_actor));
        if (m_declared.isShell)
            m_options.interpreter = SpawnOptions::Interpreter::Shell;
        m_options.group = ProcessGroup::OfParent;
        m_options.signalActions = SpawnOptions::SignalActions::AllDefault;
        // Streams that are not wired lead to the program, which says their lines.
        if (!isWired(Wiring::Kind::StandardOutput))
            m_options.standardOutput = Redirection::toPipe();
        if (!isWired(Wiring::Kind::StandardError))
            m_options.standardError = Redirection::toPipe();
        for (const Wiring& wiring : m_declared.wirings)
            wire(wiring);
        if (m_isPipeClosed)
            return refused("Closed", kWiredEndIsClosed);
        return launch();
    }

private:
    [[nodiscard]] bool isWired(Wiring::Kind kind) const
    {
        return std::any_of(m_declared.wirings.begin(), m_declared.wirings.end(),
            [&](const Wiring& wiring) { return wiring.kind == kind; });
    }

    void wire(const Wiring& wiring)
    {
        switch (wiring.kind) {
        case Wiring::Kind::StandardInput:
            m_options.standardInput = leadTo(wiring, STDIN_FILENO);
            break;
        case Wiring::Kind::StandardOutput:
            m_options.standardOutput = leadTo(wiring, STDOUT_FILENO);
            break;
        case Wiring::Kind::StandardError:
            m_options.standardError = leadTo(wiring, STDERR_FILENO);
            break;
        case Wiring::Kind::NewGroup:
            m_leadsGroup = true;
            break;
        case Wiring::Kind::Environment:
            setEnvironment(wiring);
            break;
        case Wiring::Kind::Before:
            m_hasHook = true;
            break;
        }
    }

    void setEnvironment(const Wiring& wiring)
    {
        if (!m_options.environment)
            m_options.environment = inheritedEnvironment();
        std::erase_if(*m_options.environment,
            [&](const auto& variable) { return variable.first == wiring.text; });
        m_options.environment->emplace_back(
            wiring.text, displayText(m_actor.value(wiring.value), &m_actor));
    }

    Redirection leadTo(const Wiring& wiring, int stream)
    {
        m_isOwn.at(static_cast<std::size_t>(stream)) = wiring.end == Wiring::End::Own;
        switch (wiring.end) {
        case Wiring::End::Inherited:
            return {};
        case Wiring::End::Own:
            return Redirection::toPipe();
        case Wiring::End::Null:
            return Redirection::toNull();
        case Wiring::End::File:
            return Redirection::toFile(wiring.text);
        case Wiring::End::Pipe:
            return leadToPipe(wiring, stream);
        case Wiring::End::StandardOutput:
            break;
        }
        // From left to right: an output that is wired further on is still this process's own.
        const bool isWiredLater = isWired(Wiring::Kind::StandardOutput)
            && m_options.standardOutput.goes == Redirection::Goes::Inherited;
        return isWiredLater ? Redirection::toDescriptor(STDOUT_FILENO) : Redirection::toStdout();
    }

    Redirection leadToPipe(const Wiring& wiring, int stream)
    {
        const std::int64_t element =
            wiring.element == kNoRegister ? 0 : m_actor.value(wiring.element).number();
        const std::int32_t count =
            m_actor.code().objects[static_cast<std::size_t>(wiring.object)].count;
        if (element < 0 || element >= count) {
            m_isPipeClosed = true;
            return {};
        }
        PipeObject* pipe =
            m_actor.run().object(wiring.object, static_cast<std::int32_t>(element)).asPipe();
        HEDDLE_ASSERT(pipe != nullptr, "the checker lets only pipes through");
        auto end =
            stream == STDIN_FILENO ? pipe->reader().descriptor() : pipe->writer().descriptor();
        if (!end) {
            m_isPipeClosed = true;
            return {};
        }
        const int fd = end->handedOut();
        m_pipeEnds.push_back(std::move(end));
        return Redirection::toDescriptor(fd);
    }

    StepOutcome launch()
    {
        if (m_hasHook)
            runHooksFirst(m_actor, *m_command, m_declared, m_options);
        else if (m_leadsGroup)
            m_options.group = ProcessGroup::Own;
        heddle::record(EventKind::ActorCreated, m_command->record().id.value, 0,
            recordedLine(m_instruction.line));
        Result<Subprocess> process = Subprocess::spawn(m_options);
        if (!process)
            return refused(exceptionOf(process.error()), process.error().text());
        Result<void> begun = takeEnds(*process);
        m_command->setProcess(
            *std::move(process), m_leadsGroup ? ProcessGroup::Own : ProcessGroup::OfParent);
        if (begun)
            begun = watchCommand(m_actor.run(), *m_command);
        if (!begun) {
            m_command->end();
            return refused("NoResources", begun.error().text());
        }
        m_actor.addChild(m_command->record().handle);
        return StepOutcome::done(Value::handle(m_command->record().handle));
    }

    /// The ends of pipes that are not the child's: its own streams, and what it says.
    Result<void> takeEnds(Subprocess& process)
    {
        std::array<OwnedFd, 3> ends{process.standardInput().takeDescriptor(),
            process.standardOutput().takeDescriptor(), process.standardError().takeDescriptor()};
        std::array<std::shared_ptr<StreamDescriptor>, 3> own;
        for (std::size_t stream = 0; stream < ends.size(); ++stream) {
            if (!m_isOwn.at(stream))
                continue;
            auto descriptor = StreamDescriptor::own(std::move(ends.at(stream)));
            if (!descriptor)
                return descriptor.error();
            own.at(stream) = *std::move(descriptor);
        }
        CommandStreams& streams = m_command->streams();
        if (own[0])
            streams.input = std::make_unique<StreamWriter>(own[0], shown(".stdin", *own[0]));
        if (own[1])
            streams.output = std::make_unique<StreamReader>(own[1], shown(".stdout", *own[1]));
        if (own[2])
            streams.errorOutput = std::make_unique<StreamReader>(own[2], shown(".stderr", *own[2]));
        streams.hasOutput = m_isOwn[1];
        streams.hasErrorOutput = m_isOwn[2];
        streams.inheritedOutput = std::move(ends[1]);
        streams.inheritedErrorOutput = std::move(ends[2]);
        return {};
    }

    [[nodiscard]] ObjectId shown(const char* stream, const StreamDescriptor& descriptor) const
    {
        return definePipe(std::string(m_command->record().name) + stream, descriptor.fd());
    }

    StepOutcome refused(std::string_view exception, std::string text)
    {
        m_command->record().moveTo(ActorRecord::Phase::Failed);
        return StepOutcome::raised(exception, std::move(text));
    }

    ActorThread& m_actor;
    const Instruction& m_instruction;
    const CommandDeclaration& m_declared;
    RunCommand* m_command = nullptr;
    SpawnOptions m_options;
    std::array<bool, 3> m_isOwn{}; ///< streams that the program has the other end of
    std::vector<std::shared_ptr<StreamDescriptor>> m_pipeEnds; ///< kept open up to the spawn
    bool m_leadsGroup = false;
    bool m_hasHook = false;
    bool m_isPipeClosed = false;
};

} // namespace

StepOutcome startCommand(ActorThread& actor, const Instruction& instruction)
{
    return CommandStart(actor, instruction).start();
}

} // namespace heddle
