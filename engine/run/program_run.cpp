// SPDX-License-Identifier: Apache-2.0
#include "engine/run/program_run.h"

#include "engine/base/futex.h"
#include "engine/record/recorder.h"
#include "engine/run/actor_thread.h"
#include "engine/run/pipe_object.h"
#include "engine/run/process_objects.h"
#include "engine/run/process_variable.h"
#include "engine/run/runner_table.h"

#include <algorithm>
#include <climits>
#include <cmath>

#include <signal.h>
#include <unistd.h>

namespace heddle {

namespace {

std::size_t asIndex(std::int32_t number)
{
    return static_cast<std::size_t>(number);
}

bool isAccess(Operation operation)
{
    return operation == Operation::LoadShared || operation == Operation::Query;
}

/// Whether the predicate that begins at this instruction looks at more than one thing.
bool looksTwice(const Code& code, std::int32_t entry)
{
    int accesses = 0;
    for (auto at = static_cast<std::size_t>(entry); at < code.instructions.size(); ++at) {
        const Operation operation = code.instructions[at].operation;
        if (operation == Operation::EndPredicate)
            break;
        accesses += isAccess(operation) ? 1 : 0;
    }
    return accesses > 1;
}

bool hasLongStep(const Code& code)
{
    return std::any_of(code.instructions.begin(), code.instructions.end(), [&](const auto& one) {
        return one.operation == Operation::BeginAtomic
            || (one.operation == Operation::AwaitUntil && looksTwice(code, one.target));
    });
}

/// Whether more than one process carries out lines of the program: actors, or hooks of commands.
bool runsInProcesses(const Code& code)
{
    return code.hasProcesses()
        || std::any_of(code.commands.begin(), code.commands.end(), [](const auto& command) {
               return std::any_of(command.wirings.begin(), command.wirings.end(),
                   [](const Wiring& wiring) { return wiring.kind == Wiring::Kind::Before; });
           });
}

/// Whether a process actor may spawn process actors: by something else than the lines of main.
bool spawnsOutsideMain(const Code& code)
{
    const std::int32_t main = code.main() == nullptr ? -1 : code.main()->routine;
    for (std::size_t number = 0; number < code.routines.size(); ++number) {
        const Routine& routine = code.routines[number];
        const auto first = code.instructions.begin() + routine.entry;
        const auto last = code.instructions.begin() + routine.end;
        const bool spawns = std::any_of(first, last, [&](const Instruction& one) {
            return one.operation == Operation::Spawn
                && code.actors[asIndex(one.target)].kind == ActorKind::Process;
        });
        if (spawns && static_cast<std::int32_t>(number) != main)
            return true;
    }
    return false;
}

/// Whether somebody in it may wait for a signal.
bool usesSignals(const Code& code)
{
    return std::any_of(code.instructions.begin(), code.instructions.end(), [](const auto& one) {
        return one.operation == Operation::Pause || one.operation == Operation::AwaitSignal;
    });
}

} // namespace

std::size_t ProgramRun::setupBytes(const Code& code)
{
    std::size_t things = asIndex(code.objectCount()) + 2;
    for (const VariableDeclaration& declaration : code.shared)
        things += declaration.initial.size();
    return things * SharedArena::kLargestThing + ActorTable::setupBytes(code);
}

ProgramRun::ProgramRun(
    const Code& code, const RunOptions& options, ProgramChannel& channel, SharedArena arena)
    : m_code(code)
    , m_options(options)
    , m_channel(channel)
    , m_arena(arena)
    , m_actors(code, m_arena)
    , m_output(channel)
    , m_gate(options.forced == nullptr
              ? nullptr
              : std::make_unique<ScheduleGate>(options.forced, code, m_actors, m_arena))
    , m_inside(std::make_unique<std::atomic<std::int64_t>[]>(code.sections.size()))
    , m_hasLongSteps(hasLongStep(code))
    , m_isShared(runsInProcesses(code))
{
    makeVariables();
    makeObjects();
    if (usesSignals(code))
        m_signalObject = defineObject(PrimitiveKind::Event, "signals");
    for (const std::string& section : code.sections)
        m_sectionNames.push_back(defineName(section));
}

void ProgramRun::makeVariables()
{
    for (const VariableDeclaration& declaration : m_code.shared) {
        std::vector<std::shared_ptr<SharedVariable>>& elements = m_variables.emplace_back();
        for (const Value& initial : declaration.initial)
            elements.push_back(m_isShared ? createProcessVariable(m_arena, declaration, initial)
                                          : SharedVariable::create(declaration, initial));
    }
}

std::shared_ptr<RunObject> ProgramRun::makeOne(const ObjectPlan& plan) const
{
    if (m_isShared) {
        if (std::shared_ptr<RunObject> common = makeProcessObject(plan))
            return common;
    }
    return makeObject(plan);
}

void ProgramRun::makeObjects()
{
    const SetupRecording recordsFirstLevels;
    m_objects.resize(asIndex(m_code.objectCount()));
    const auto make = [this](std::size_t number) {
        const ObjectDeclaration& declaration = m_code.objects[number];
        RunObject* mutex =
            declaration.mutex < 0 ? nullptr : &object(declaration.mutex, declaration.mutexElement);
        for (std::int32_t element = 0; element < declaration.count; ++element)
            m_objects[asIndex(declaration.first + element)] = makeOne({declaration,
                m_code.objectName(static_cast<std::int32_t>(number), element), mutex, *this});
    };
    for (std::size_t number = 0; number < m_code.objects.size(); ++number)
        if (m_code.objects[number].mutex < 0)
            make(number);
    for (std::size_t number = 0; number < m_code.objects.size(); ++number)
        if (m_code.objects[number].mutex >= 0) // conditions, once their mutexes are there
            make(number);
}

SharedVariable& ProgramRun::variable(std::int32_t declaration, std::int32_t element)
{
    return *m_variables[asIndex(declaration)][asIndex(element)];
}

RunObject& ProgramRun::object(std::int32_t declaration, std::int32_t element)
{
    return *m_objects[asIndex(m_code.objects[asIndex(declaration)].first + element)];
}

std::atomic<std::int64_t>& ProgramRun::inside(std::int32_t section)
{
    return m_inside[asIndex(section)];
}

NameId ProgramRun::sectionName(std::int32_t section) const
{
    return m_sectionNames[asIndex(section)];
}

nanoseconds ProgramRun::scaled(std::int64_t declared) const
{
    if (m_options.timeScale == 1)
        return nanoseconds(declared);
    constexpr double kLongest = 9e18;
    const double length = static_cast<double>(declared) * m_options.timeScale;
    return nanoseconds(static_cast<std::int64_t>(std::clamp(length, -kLongest, kLongest)));
}

Result<void> ProgramRun::setForcedAlarm(nanoseconds delay)
{
    const std::int64_t process = m_isProcessActor ? m_processRecord->handle : kProgramHandle;
    if (m_forcedAlarm == nullptr) // who sets one has the schedule's head: nobody else is here
        m_forcedAlarm = std::make_unique<ForcedAlarm>(*m_gate, process);
    return m_forcedAlarm->set(delay);
}

AfterInterruption ProgramRun::runHandler(std::int32_t routine, int signal)
{
    if (m_mainActor != nullptr)
        return m_mainActor->runHandler(routine, signal);
    if (m_isProcessActor) {
        const WaitPutAside aside;
        runHandlerAlone(*m_processRecord, routine, signal);
        return AfterInterruption::GoOn;
    }
    if (m_standIn == nullptr)
        m_standIn = m_actors.makeStandIn();
    if (m_standIn == nullptr) {
        m_channel.sendRefusal(kProgramName, kNoRoomForActor, 0);
        return AfterInterruption::GoOn;
    }
    bindThread(m_standIn->id);
    heddle::record(EventKind::HandlerBegan, 0, static_cast<std::uint64_t>(signal));
    runHandlerAlone(*m_standIn, routine, signal);
    heddle::record(EventKind::HandlerEnded, 0, static_cast<std::uint64_t>(signal));
    unbindThread();
    return AfterInterruption::GoOn;
}

// The main thread has nothing else to do: an exception in the handler is told, and ends nobody.
void ProgramRun::runHandlerAlone(ActorRecord& record, std::int32_t routine, int signal)
{
    ActorGate gate(nullptr, record);
    ActorThread actor(*this, gate, record, routine, {Value::signal(signal)});
    m_mainActor = &actor;
    actor.carryOut();
    m_mainActor = nullptr;
}

void ProgramRun::startForkServer()
{
    if (!m_isProcessActor ? !m_code.hasProcesses() : !spawnsOutsideMain(m_code))
        return;
    Result<ForkServer> server = ForkServer::start();
    if (server)
        m_forkServer.emplace(*std::move(server));
    else
        m_whyNoForkServer = server.error().text();
}

std::vector<PipeObject*> ProgramRun::pipes()
{
    std::vector<PipeObject*> pipes;
    for (const std::shared_ptr<RunObject>& object : m_objects)
        if (PipeObject* pipe = object->asPipe())
            pipes.push_back(pipe);
    return pipes;
}

void ProgramRun::becomeProcess(ActorRecord& self, pid_t parent)
{
    m_isProcessActor = true;
    m_processRecord = &self;
    m_parent = parent;
    m_pending.store(1);
}

// Neither the table nor the mutex could be used, or ended, as another thread may have left them.
void ProgramRun::becomeHook()
{
    static_cast<void>(m_commands.release());
    m_commands = std::make_unique<CommandTable>();
    static_cast<void>(m_stepMutex.release());
    m_stepMutex = std::make_unique<std::mutex>();
}

void ProgramRun::leaveProcess(int code)
{
    endDaemonProcesses();
    if (::getppid() != m_parent)
        tellOwnEnd(code);
    leaveLane();
    ::_exit(code);
}

void ProgramRun::tellOwnEnd(int code)
{
    ActorRecord& record = *m_processRecord;
    record.exitCode.store(code);
    ActorOutcome outcome;
    outcome.name = std::string(record.name);
    outcome.kind = "process";
    outcome.state = "finished";
    outcome.exit = code;
    m_channel.sendActorOutcome(outcome);
    m_channel.sendExit(outcome.name, code);
    record.tellOwnEnd([&] { // recorded behind it
        endActor(record.id, EventKind::ActorExited, static_cast<std::uint64_t>(code));
    });
}

void ProgramRun::endDaemonProcesses()
{
    for (const std::int64_t handle : m_actors.liveProcesses()) {
        const ActorRecord* record = m_actors.find(handle);
        RunCommand* process = m_commands->find(handle);
        if (record != nullptr && record->isDaemon && process != nullptr)
            static_cast<void>(process->sendSignal(SIGTERM));
    }
}

void ProgramRun::begin()
{
    m_hasBegun.store(1);
    futexWake(m_hasBegun, INT_MAX, FutexScope::SharedMemory);
}

void ProgramRun::waitForBeginning()
{
    while (m_hasBegun.load() == 0)
        futexWait(m_hasBegun, 0, Deadline::never(), FutexScope::SharedMemory);
}

void ProgramRun::addPending()
{
    m_pending.fetch_add(1);
}

void ProgramRun::removePending()
{
    if (m_pending.fetch_sub(1) != 1)
        return;
    m_isOver.store(1);
    futexWake(m_isOver, INT_MAX);
}

void ProgramRun::requestExit(int code)
{
    std::uint32_t running = 0;
    const bool isFirst = m_exitRequested.compare_exchange_strong(running, 1);
    if (!isFirst)
        return;
    m_exitCode.store(code);
    m_isOver.store(1);
    futexWake(m_isOver, INT_MAX);
}

bool ProgramRun::waitForEnd(Deadline deadline)
{
    while (m_isOver.load() == 0 && !deadline.isOver()) {
        if (hasInterruption() && runInterruptions() == AfterInterruption::GiveUp) {
            static_cast<void>(interruptedError("wait for the end"));
            return m_isOver.load() != 0;
        }
        futexWaitInterruptibly(m_isOver, 0, deadline);
    }
    return m_isOver.load() != 0;
}

} // namespace heddle
