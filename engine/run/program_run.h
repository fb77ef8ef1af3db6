// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/interruption.h"
#include "engine/model/program/code.h"
#include "engine/processes/fork_server.h"
#include "engine/run/actor_table.h"
#include "engine/run/forced_alarm.h"
#include "engine/run/output.h"
#include "engine/run/program_channel.h"
#include "engine/run/program_life.h"
#include "engine/run/run_command.h"
#include "engine/run/run_object.h"
#include "engine/run/run_options.h"
#include "engine/run/schedule_gate.h"
#include "engine/run/shared_variable.h"
#include "engine/run/step_lock.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <unistd.h>

namespace heddle {

class ActorThread;
class PipeObject;
struct ObjectPlan;

/// The world that the actors of one run share: variables, objects, sections, output, each other.
///
/// It lives until the process ends: daemons may still use it when the run is over.
///
/// Threads: any thread.
class ProgramRun
{
public:
    /// What the constructor takes of the arena, at most.
    [[nodiscard]] static std::size_t setupBytes(const Code& code);

    ProgramRun(
        const Code& code, const RunOptions& options, ProgramChannel& channel, SharedArena arena);

    /// Why the program cannot begin, one sentence: there is no room for something that it declares.
    /// Empty: it can.
    [[nodiscard]] const std::string& problem() const { return m_problem; }

    [[nodiscard]] const Code& code() const { return m_code; }
    [[nodiscard]] const RunOptions& options() const { return m_options; }
    [[nodiscard]] ProgramChannel& channel() { return m_channel; }
    [[nodiscard]] SharedArena& arena() { return m_arena; }
    [[nodiscard]] ProgramLife& life() { return m_life; } ///< of this process
    [[nodiscard]] ActorTable& actors() { return m_actors; }
    [[nodiscard]] CommandTable& commands() { return *m_commands; }
    [[nodiscard]] Output& output() { return m_output; }
    [[nodiscard]] ScheduleGate* gate() { return m_gate.get(); } ///< null where nothing is forced

    [[nodiscard]] SharedVariable& variable(std::int32_t declaration, std::int32_t element);
    [[nodiscard]] RunObject& object(std::int32_t declaration, std::int32_t element);

    /// How many actors are inside of a section.
    [[nodiscard]] std::atomic<std::int64_t>& inside(std::int32_t section);
    [[nodiscard]] NameId sectionName(std::int32_t section) const;

    /// Held for `with atomic` and for an `await until` that looks at several things; then also for
    /// every access to a shared variable, so that these are one step for everybody.
    [[nodiscard]] StepLock& stepLock() { return m_stepLock; }
    [[nodiscard]] bool hasLongSteps() const { return m_hasLongSteps; }

    /// A declared duration, with the time scale.
    [[nodiscard]] nanoseconds scaled(std::int64_t declared) const;

    /// Units: nanoseconds since the start of the run.
    [[nodiscard]] std::int64_t elapsed() const { return (monotonicNow() - m_start).count(); }

    // Signals of the program's own process.

    /// Whether SIGINT by default is the exception Interrupted in `main`.
    [[nodiscard]] bool isInterruptible() const
    {
        return m_code.main() != nullptr && !m_isProcessActor;
    }

    /// What waits for signals are shown to wait for.
    [[nodiscard]] ObjectId signalObject() const { return m_signalObject; }

    /// The main thread carries out this actor from here on; null: none any more.
    void setMainActor(ActorThread* actor) { m_mainActor = actor; }

    /// The alarm of this process, while a schedule says when it rings. Errors: NoResources.
    [[nodiscard]] Result<void> setForcedAlarm(nanoseconds delay);

    /// Runs a handler in the lane of `main` or of the process actor, or while there is none in that of the
    /// program itself.
    /// Threads: the main thread.
    AfterInterruption runHandler(std::int32_t routine, int signal);

    // Process actors.

    /// The process that the program began with.
    [[nodiscard]] pid_t programProcess() const { return m_programProcess; }
    [[nodiscard]] bool isProcessActor() const { return m_isProcessActor; }

    /// Makes the process that all process actors which this one spawns are forked from, if there can be
    /// any. To be called before there are threads and handlers of signals; where it cannot be made, each
    /// spawn fails.
    void startForkServer();
    [[nodiscard]] ForkServer* forkServer() { return m_forkServer ? &*m_forkServer : nullptr; }
    [[nodiscard]] const std::string& whyNoForkServer() const { return m_whyNoForkServer; }

    /// All pipes, by their place among the objects.
    [[nodiscard]] std::vector<PipeObject*> pipes();

    /// In a child just forked: this is the run of a process actor, which `parent` has made.
    void becomeProcess(ActorRecord& self, pid_t parent);

    /// In a child forked for a hook: the commands are its parent's, and what another thread of that may have
    /// held is free.
    void becomeHook();

    /// Ends a process actor with this exit code, whoever of its threads still runs. An orphan says so
    /// itself: nobody is left who watches it.
    [[noreturn]] void leaveProcess(int code);

    /// The program is over: its daemon processes get SIGTERM.
    void endDaemonProcesses();

private:
    void tellOwnEnd(int code);
    void runHandlerAlone(ActorRecord& record, std::int32_t routine, int signal);
    void makeVariables();
    void makeObjects();
    [[nodiscard]] std::shared_ptr<SharedVariable> makeVariable(
        const VariableDeclaration& declaration, const Value& initial);
    [[nodiscard]] std::shared_ptr<RunObject> makeOne(const ObjectPlan& plan) const;

    const Code& m_code;
    const RunOptions m_options;
    ProgramChannel& m_channel;
    SharedArena m_arena;
    ProgramLife m_life;
    ActorTable m_actors;
    std::unique_ptr<CommandTable> m_commands = std::make_unique<CommandTable>();
    Output m_output;
    std::unique_ptr<ScheduleGate> m_gate;
    std::unique_ptr<ForcedAlarm> m_forcedAlarm; ///< of this process, once there was one
    std::optional<ForkServer> m_forkServer;
    std::string m_whyNoForkServer;
    std::string m_problem;
    std::vector<std::vector<std::shared_ptr<SharedVariable>>> m_variables;
    std::vector<std::shared_ptr<RunObject>> m_objects; ///< elements of all declarations
    std::vector<NameId> m_sectionNames;
    std::unique_ptr<std::atomic<std::int64_t>[]> m_inside;
    bool m_hasLongSteps = false;
    bool m_isShared = false; ///< variables and objects lie in the memory of all processes
    StepLock m_stepLock;
    ObjectId m_signalObject;
    ActorThread* m_mainActor = nullptr; ///< the main thread's
    ActorRecord* m_processRecord = nullptr; ///< of the process actor that this is
    pid_t m_parent = 0; ///< and who made it
    ActorRecord* m_standIn = nullptr; ///< the main thread's, once a handler ran without a main
    const nanoseconds m_start = monotonicNow();
    const pid_t m_programProcess = ::getpid();
    bool m_isProcessActor = false;
};

} // namespace heddle
