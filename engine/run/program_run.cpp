// SPDX-License-Identifier: Apache-2.0
#include "engine/run/program_run.h"

#include "engine/processes/process_time.h"
#include "engine/record/recorder.h"
#include "engine/run/actor_thread.h"
#include "engine/run/code_needs.h"
#include "engine/run/pipe_object.h"
#include "engine/run/process_objects.h"
#include "engine/run/process_variable.h"
#include "engine/run/runner_table.h"

#include <algorithm>

#include <signal.h>
#include <unistd.h>

namespace heddle {

namespace {

std::size_t asIndex(std::int32_t number)
{
    return static_cast<std::size_t>(number);
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
    , m_life(m_arena)
    , m_actors(code, m_arena)
    , m_output(channel)
    , m_gate(options.forced == nullptr
              ? nullptr
              : std::make_unique<ScheduleGate>(options.forced, code, m_actors, m_arena))
    , m_inside(std::make_unique<std::atomic<std::int64_t>[]>(code.sections.size()))
    , m_hasLongSteps(heddle::hasLongSteps(code))
    , m_isShared(runsInSeveralProcesses(code))
    , m_stepLock(m_isShared ? StepLock::Holds::BetweenProcesses : StepLock::Holds::InProcess)
{
    makeVariables();
    makeObjects();
    if (waitsForSignals(code))
        m_signalObject = defineObject(PrimitiveKind::Event, "signals");
    for (const std::string& section : code.sections)
        m_sectionNames.push_back(defineName(section));
    for (const PipeObject* pipe : pipes())
        if (!pipe->problem().empty())
            m_problem = pipe->problem();
}

void ProgramRun::makeVariables()
{
    for (const VariableDeclaration& declaration : m_code.shared) {
        std::vector<std::shared_ptr<SharedVariable>>& elements = m_variables.emplace_back();
        for (const Value& initial : declaration.initial)
            elements.push_back(makeVariable(declaration, initial));
    }
}

std::shared_ptr<SharedVariable> ProgramRun::makeVariable(
    const VariableDeclaration& declaration, const Value& initial)
{
    if (!m_isShared)
        return SharedVariable::create(declaration, initial);
    if (fitsBetweenProcesses(declaration, initial))
        return createProcessVariable(m_arena, declaration, initial);
    m_problem = "shared " + declaration.name + ": its first value takes more than the "
        + std::to_string(kMostSharedBytes) + " bytes that processes share of one";
    return nullptr;
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
    actor.carryOutAsHandler();
    m_mainActor = nullptr;
}

void ProgramRun::startForkServer()
{
    if (!m_isProcessActor ? !m_code.hasProcesses() : !spawnsProcessesOutsideMain(m_code))
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
    m_life.beginAnew();
}

// The table could not be used, or ended, as another thread may have left it.
void ProgramRun::becomeHook()
{
    static_cast<void>(m_commands.release());
    m_commands = std::make_unique<CommandTable>();
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
    const std::string name(record.name);
    const nanoseconds used = processorTimeOf(::getpid()).value_or(nanoseconds(0));
    m_channel.sendActorOutcome(finishedProcess(name, record.kind, code, used.count()));
    m_channel.sendExit(name, code);
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

} // namespace heddle
