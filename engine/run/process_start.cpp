// SPDX-License-Identifier: Apache-2.0
#include "engine/run/process_start.h"

#include "engine/model/program/code.h"
#include "engine/record/recorder.h"
#include "engine/run/actor_thread.h"
#include "engine/run/byte_stream.h"
#include "engine/run/command_watch.h"
#include "engine/run/pipe_object.h"
#include "engine/run/program_run.h"
#include "engine/run/signal_hold.h"
#include "engine/run/signal_operations.h"
#include "engine/signals/handler.h"
#include "engine/signals/mask.h"

#include <chrono>
#include <cstring>
#include <string>
#include <utility>

#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace heddle {

namespace {

constexpr int kFailed = 1;
constexpr std::int64_t kReaderIsOpen = 1;
constexpr std::int64_t kWriterIsOpen = 2;

/// What the child finds at the same addresses, as it is a copy of a process that had made them.
struct Places
{
    ProgramRun* run = nullptr;
    ActorRecord* record = nullptr;
    const ActorDeclaration* declared = nullptr;
    pid_t parent = 0; ///< who spawns it
};

/// What a process actor takes along: its arguments, the line to the supervisor, and the ends of pipes that
/// are still open where it is spawned.
class Luggage
{
public:
    Luggage(const Places& places, const ActorPlan& plan)
    {
        m_descriptors.push_back(places.run->channel().descriptor());
        for (PipeObject* pipe : places.run->pipes())
            addEnds(*pipe);
        m_bytes.number(plan.routine);
        m_bytes.number(static_cast<std::int64_t>(plan.arguments.size()));
        for (const Value& argument : plan.arguments)
            m_bytes.value(argument);
        m_message.assign(reinterpret_cast<const char*>(&places), sizeof places); // its bytes
        m_message += m_bytes.bytes();
    }

    [[nodiscard]] const std::string& message() const { return m_message; }
    [[nodiscard]] const std::vector<int>& descriptors() const { return m_descriptors; }

private:
    void addEnds(PipeObject& pipe)
    {
        auto reader = pipe.reader().descriptor();
        auto writer = pipe.writer().descriptor();
        m_bytes.number((reader ? kReaderIsOpen : 0) | (writer ? kWriterIsOpen : 0));
        for (auto& end : {std::move(reader), std::move(writer)}) {
            if (!end)
                continue;
            m_descriptors.push_back(end->handedOut());
            m_ends.push_back(end);
        }
    }

    ByteWriter m_bytes;
    std::string m_message;
    std::vector<int> m_descriptors;
    std::vector<std::shared_ptr<StreamDescriptor>> m_ends; ///< stay open up to the fork
};

/// In the child: puts what it was given where it belongs. Result: what it is to do.
ActorPlan unpack(ProgramRun& run, std::string_view bytes, std::span<const int> descriptors)
{
    ByteReader in(bytes);
    auto next = descriptors.begin();
    run.channel().renew(OwnedFd(*next++));
    for (PipeObject* pipe : run.pipes()) {
        const std::int64_t open = in.number();
        OwnedFd reader((open & kReaderIsOpen) != 0 ? *next++ : -1);
        OwnedFd writer((open & kWriterIsOpen) != 0 ? *next++ : -1);
        pipe->renew(std::move(reader), std::move(writer));
    }
    ActorPlan plan;
    plan.routine = static_cast<std::int32_t>(in.number());
    const std::size_t count = in.count();
    for (std::size_t number = 0; number < count; ++number)
        plan.arguments.push_back(in.value());
    return plan;
}

/// All signals are blocked up to here, so that those that come early meet the process's own dispositions.
void setFirstDispositions(ProgramRun& run, const ActorDeclaration& declared)
{
    static_cast<void>(setInitialDispositions());
    static_cast<void>(setDisposition(SIGINT, Disposition::byDefault()));
    SignalBits blocked = 0;
    for (const HandlerDeclaration& handler : declared.handlers) {
        if (handler.mode == 'b')
            blocked |= handler.signalSet;
        else if (handler.mode == 'u')
            blocked &= ~handler.signalSet;
        else
            static_cast<void>(putInForce(run, handler)); // what could fail the checker refuses
    }
    if (run.gate() != nullptr && run.gate()->holdsSignals())
        holdSignals(blocked);
    else
        static_cast<void>(setSignalMask(signalSetOf(blocked)));
}

/// Something that the process waits for at its end: a thread or a process that it has made; 0: nothing.
ActorId awaitedAtEnd(ProgramRun& run)
{
    for (const auto& handles :
        {run.actors().liveProcesses(), run.actors().liveCommands(), run.actors().liveThreads()}) {
        for (const std::int64_t handle : handles) {
            const ActorRecord* record = run.actors().find(handle);
            const bool isOwn = record->kind == ActorKind::Thread
                ? record->process.load() == ::getpid()
                : run.commands().find(handle) != nullptr;
            if (isOwn && !record->isDaemon)
                return record->id;
        }
    }
    return {};
}

/// Until all that it has made and that is no daemon has ended; whoever looks sees for whom it waits.
void waitForOwn(ProgramRun& run)
{
    constexpr nanoseconds kPace = std::chrono::milliseconds(20);
    ActorId shown;
    while (!run.life().waitForEnd(Deadline::after(kPace))) {
        const ActorId awaited = awaitedAtEnd(run);
        if (awaited == shown)
            continue;
        if (shown)
            reportHasActor(shown);
        if (awaited)
            reportWantsActor(awaited, Deadline::never());
        shown = awaited;
    }
    if (shown)
        reportHasActor(shown);
}

/// The life of the child.
int processMain(std::string_view message, std::span<const int> descriptors)
{
    Places places;
    std::memcpy(&places, message.data(), sizeof places);
    message.remove_prefix(sizeof places);
    ProgramRun& run = *places.run;
    ActorRecord& record = *places.record;
    ActorPlan plan = unpack(run, message, descriptors);
    run.becomeProcess(record, places.parent);
    run.startForkServer();
    static_cast<void>(::prctl(PR_SET_NAME, record.name.data(), 0, 0, 0));
    record.process.store(::getpid());
    record.thread.store(::gettid());
    bindThread(record.id);
    run.life().waitForBeginning();
    ActorGate gate(run.gate(), record);
    ActorThread actor(run, gate, record, plan.routine, std::move(plan.arguments));
    run.setMainActor(&actor);
    setFirstDispositions(run, *places.declared);
    actor.carryOut();
    run.setMainActor(nullptr);
    gate.end();
    run.life().removePending();
    waitForOwn(run);
    run.leaveProcess(actor.hasFailed() ? kFailed : run.life().exitCode());
}

Result<Subprocess> forkActor(const Places& places, const ActorPlan& plan)
{
    ForkServer* server = places.run->forkServer();
    if (server == nullptr)
        return Error{ErrorKind::NoResources, 0, "fork",
            "the program has no fork server: " + places.run->whyNoForkServer()};
    const Luggage luggage(places, plan);
    ForkServer::Beginning beginning;
    beginning.signalMask = ForkServer::Beginning::Signals::Blocked;
    beginning.group = ::getpgrp();
    return server->fork(&processMain, luggage.message(), luggage.descriptors(), beginning);
}

} // namespace

Result<void> startProcess(
    ProgramRun& run, ActorRecord& record, const ActorDeclaration& declared, const ActorPlan& plan)
{
    // Before its first step, so that it finds itself alive.
    record.moveTo(ActorRecord::Phase::Started);
    expectActor(record.id);
    Result<Subprocess> child = forkActor({&run, &record, &declared, ::getpid()}, plan);
    if (!child) {
        endActor(record.id, EventKind::ActorFailed, defineName("fork").value);
        record.moveTo(ActorRecord::Phase::Failed);
        return child.error();
    }
    RunCommand& process = run.commands().add(record, std::string(record.name));
    process.setProcess(*std::move(child), ProcessGroup::OfParent);
    Result<void> watched = watchCommand(run, process);
    if (!watched)
        process.end();
    return watched;
}

} // namespace heddle
