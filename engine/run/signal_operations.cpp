// SPDX-License-Identifier: Apache-2.0
#include "engine/run/signal_operations.h"

#include "engine/model/program/refusals.h"
#include "engine/record/recorder.h"
#include "engine/run/actor_thread.h"
#include "engine/run/run_command.h"
#include "engine/run/signal_hold.h"
#include "engine/run/source_line.h"
#include "engine/signals/handler.h"
#include "engine/signals/interval_timer.h"
#include "engine/signals/mask.h"
#include "engine/signals/send.h"
#include "engine/signals/signal_wait.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include <sys/syscall.h>
#include <unistd.h>

namespace heddle {

namespace {

using std::chrono::microseconds;

/// Within a block that is one step no handler begins: what the actor sends to itself there, or lets
/// through, comes behind the block.
class HandlersPutOffInBlock
{
public:
    explicit HandlersPutOffInBlock(const ActorThread& actor)
    {
        if (actor.isInAtomic())
            currentInterruptions = nullptr;
    }
    HandlersPutOffInBlock(const HandlersPutOffInBlock&) = delete;
    HandlersPutOffInBlock& operator=(const HandlersPutOffInBlock&) = delete;
    ~HandlersPutOffInBlock() { currentInterruptions = m_source; }

private:
    InterruptionSource* m_source = currentInterruptions;
};

StepOutcome notFound()
{
    return StepOutcome::raised("NotFound", kNobodyToSendTo);
}

StepOutcome sent(const Result<void>& result)
{
    if (!result && result.error().kind == ErrorKind::SystemCall)
        return notFound();
    return outcomeOf(result);
}

/// SIGKILL does not wait in the kernel for its step: the one that it is for sends it to itself then, and
/// here it is only asked whether somebody is there. Commands have no steps.
int signalToSend(ActorThread& actor, std::int64_t handle, int signal)
{
    const ActorRecord* record = actor.run().actors().find(handle);
    const bool isCommand = record != nullptr && record->kind == ActorKind::Command;
    return signal == SIGKILL && heldMask() && !isCommand ? 0 : signal;
}

/// To a process that another one of the program has made: it is there until its maker has reaped it.
StepOutcome deliverToProcess(const ActorRecord& record, int signal)
{
    const pid_t process = record.process.load();
    if (process == 0) // not yet, or it could not be made
        return notFound();
    if (process == ::getpid())
        return sent(sendSignal(process, signal));
    const OwnedFd held(static_cast<int>(::syscall(SYS_pidfd_open, process, 0)));
    if (record.isReaped.load()) // what has been opened may be another one with its number
        return notFound();
    return sent(held ? sendSignalByPidfd(held.get(), signal) : sendSignal(process, signal));
}

/// To the one with the handle, if it is there.
StepOutcome deliver(ActorThread& actor, std::int64_t handle, int signal)
{
    if (handle == kProgramHandle)
        return sent(sendSignal(actor.run().programProcess(), signal));
    if (RunCommand* command = actor.run().commands().find(handle))
        return command->sendSignal(signal) ? StepOutcome::done() : notFound();
    const ActorRecord* record = actor.run().actors().find(handle);
    if (record != nullptr
        && (record->kind == ActorKind::Process || record->kind == ActorKind::Command))
        return deliverToProcess(*record, signal);
    if (record == nullptr || !record->isAlive())
        return notFound();
    const pid_t process = record->process.load();
    if (signal == 0) // it only asks, and the process lives as long as the thread
        return sent(sendSignal(process, signal));
    const pid_t thread = record->thread.load();
    if (process != ::getpid()) // of another process of the program
        return ::syscall(SYS_tgkill, process, thread, signal) == 0 ? StepOutcome::done()
                                                                   : notFound();
    return sent(sendSignalToThread(thread, signal));
}

StepOutcome deliverToGroup(ActorThread& actor, std::int64_t handle, int signal)
{
    if (RunCommand* command = actor.run().commands().find(handle))
        return command->sendSignalToGroup(signal) ? StepOutcome::done() : notFound();
    return sent(sendSignalToGroup(::getpgrp(), signal));
}

/// Shows the actor as one that waits for a signal, as long as it lives.
class ShownAsWaiting
{
public:
    ShownAsWaiting(ActorThread& actor, Deadline deadline)
        : m_object(actor.run().signalObject())
    {
        reportWants(m_object, State::WaitSignal, deadline);
    }
    ShownAsWaiting(const ShownAsWaiting&) = delete;
    ShownAsWaiting& operator=(const ShownAsWaiting&) = delete;
    ~ShownAsWaiting()
    {
        if (m_isGivenUp)
            reportGaveUp(m_object, EndOfWait::TimedOut);
        else
            reportHas(m_object);
    }

    void giveUp() { m_isGivenUp = true; }

private:
    ObjectId m_object;
    bool m_isGivenUp = false;
};

Disposition dispositionOf(ProgramRun& run, const HandlerDeclaration& handler, int signal)
{
    if (handler.mode == 'i')
        return Disposition::ignored();
    if (handler.mode == 'd')
        return signal == SIGINT && run.isInterruptible() ? Disposition::interrupt()
                                                         : Disposition::byDefault();
    return Disposition::handler(
        [&run, routine = handler.routine](int number) { return run.runHandler(routine, number); });
}

StepOutcome afterHandler(AfterInterruption after)
{
    return after == AfterInterruption::GoOn ? StepOutcome::done()
                                            : StepOutcome::of(interruptedError("a step"));
}

/// A schedule may have the handler of what the actor has sent itself, or let through, within this step.
StepOutcome withForcedHandler(ActorThread& actor, StepOutcome outcome)
{
    const bool isWithin = outcome.kind == StepOutcome::Kind::Done && actor.gate().isForced()
        && actor.gate().joinsWaiters();
    if (!isWithin)
        return outcome;
    const std::optional<AfterInterruption> after = actor.gate().awaitHandler();
    return after ? afterHandler(*after) : outcome;
}

} // namespace

SignalSet signalSetOf(SignalBits bits)
{
    SignalSet set;
    for (int signal = 1; signal <= kHighestSignal; ++signal)
        if ((bits >> static_cast<unsigned>(signal - 1) & 1U) != 0)
            static_cast<void>(set.add(signal)); // a number that nobody may use is passed over
    return set;
}

Result<void> putInForce(ProgramRun& run, const HandlerDeclaration& handler)
{
    const SignalSet signalSet = signalSetOf(handler.signalSet);
    const std::optional<SignalBits> held = heldMask();
    if (held && (handler.mode == 'b' || handler.mode == 'u')) {
        setHeldMask(handler.mode == 'b' ? *held | handler.signalSet : *held & ~handler.signalSet);
        return {};
    }
    if (handler.mode == 'b' || handler.mode == 'u') {
        const Result<SignalSet> changed =
            handler.mode == 'b' ? blockSignalSet(signalSet) : unblockSignalSet(signalSet);
        return changed ? Result<void>{} : Result<void>(changed.error());
    }
    for (const int signal : signalSet.numbers()) {
        const Result<Disposition> former =
            setDisposition(signal, dispositionOf(run, handler, signal));
        if (!former)
            return former.error();
    }
    return {};
}

StepOutcome sendTo(ActorThread& actor, const Instruction& instruction)
{
    const Value& handle = actor.value(instruction.a);
    const Value& what = actor.value(instruction.b);
    const auto signal = static_cast<int>(what.number());
    if (!what.is(ValueKind::Signal) || !isValidSignal(signal))
        return StepOutcome::raised(kBadValue, kSendNeedsSignal);
    if (!handle.is(ValueKind::Handle))
        return StepOutcome::raised(kBadValue, kSendNeedsReceiver);
    const ActorRecord* record = actor.run().actors().find(handle.number());
    // Before it is sent: its handler may begin at once.
    heddle::record(EventKind::SignalSent, record == nullptr ? 0 : record->id.value,
        static_cast<std::uint64_t>(signal), recordedLine(instruction.line));
    const int now = signalToSend(actor, handle.number(), signal);
    const HandlersPutOffInBlock putOff(actor);
    StepOutcome outcome = instruction.mode == 'g' ? deliverToGroup(actor, handle.number(), now)
                                                  : deliver(actor, handle.number(), now);
    return withForcedHandler(actor, std::move(outcome));
}

StepOutcome setHandler(ActorThread& actor, const Instruction& instruction)
{
    HandlerDeclaration handler;
    handler.signalSet = instruction.signalSet;
    handler.mode = instruction.mode;
    handler.routine = instruction.target;
    const HandlersPutOffInBlock putOff(actor);
    const Result<void> result = putInForce(actor.run(), handler);
    if (!result && result.error().kind == ErrorKind::WrongThread)
        return StepOutcome::raised(kBadValue, kOnlyMainThreadHandles);
    return withForcedHandler(actor, outcomeOf(result));
}

StepOutcome setAlarm(ActorThread& actor, const Instruction& instruction)
{
    const Value& delay = actor.value(instruction.a);
    if (!delay.is(ValueKind::Duration))
        return StepOutcome::raised(kBadValue, kAlarmNeedsDuration);
    const nanoseconds scaled = actor.run().scaled(delay.number());
    IntervalTimes times;
    times.delay = std::chrono::ceil<microseconds>(scaled); // never early, and not 0 if it was not
    reportAlarm(times.delay);
    if (actor.gate().isForced())
        return outcomeOf(actor.run().setForcedAlarm(times.delay));
    const Result<IntervalTimes> former = setIntervalTimer(IntervalTimer::Real, times);
    reportAlarm(times.delay);
    return former ? StepOutcome::done() : StepOutcome::of(former.error());
}

StepOutcome pauseActor(ActorThread& actor, const Instruction& instruction)
{
    const ShownAsWaiting shown(actor, Deadline::never());
    if (actor.gate().isForced())
        if (const std::optional<AfterInterruption> after = actor.gate().awaitHandler())
            return afterHandler(*after);
    return outcomeOf(instruction.mode == 'u' ? pauseUnblocking(signalSetOf(instruction.signalSet))
                                             : pauseForSignal());
}

StepOutcome awaitSignal(ActorThread& actor, const Instruction& instruction)
{
    const SignalSet signalSet = signalSetOf(instruction.signalSet);
    const Deadline deadline = actor.deadline(instruction);
    ShownAsWaiting shown(actor, deadline);
    if (deadline.isNever()) {
        const Result<int> taken = waitForSignal(signalSet);
        return taken ? StepOutcome::done(Value::signal(*taken)) : StepOutcome::of(taken.error());
    }
    const nanoseconds left = std::max(deadline.moment() - monotonicNow(), nanoseconds(0));
    const Result<std::optional<SignalInfo>> taken = waitForSignalWithin(signalSet, left);
    if (!taken)
        return StepOutcome::of(taken.error());
    if (!*taken) {
        shown.giveUp();
        return StepOutcome::gaveUp();
    }
    return StepOutcome::done(Value::signal((*taken)->signal));
}

Evaluated dispositionText(const Value& signal)
{
    if (!signal.is(ValueKind::Signal))
        return Evaluated::raise(kBadValue, "\"disposition\" needs a signal.");
    const Result<Disposition> now = heddle::dispositionOf(static_cast<int>(signal.number()));
    if (!now)
        return Evaluated::raise(kBadValue, "The system has no such signal.");
    switch (now->kind()) {
    case Disposition::Kind::Ignored:
        return Value::text("ignored");
    case Disposition::Kind::Handler:
    case Disposition::Kind::Foreign:
        return Value::text("handler");
    case Disposition::Kind::Interrupt:
        return Value::text("interrupt");
    case Disposition::Kind::Default:
        break;
    }
    return Value::text("default");
}

} // namespace heddle
