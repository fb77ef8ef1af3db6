// SPDX-License-Identifier: Apache-2.0
#include "engine/signals/mask.h"

#include "engine/signals/handler.h"

namespace heddle {

Result<SignalSet> changeSignalMask(MaskChange change, SignalSet signalSet)
{
    const sigset_t wanted = signalSet.toSystem();
    sigset_t before;
    const int failed = ::pthread_sigmask(static_cast<int>(change), &wanted, &before);
    if (failed != 0)
        return systemError(failed, "pthread_sigmask");
    if (runPendingHandlers() == AfterInterruption::GiveUp)
        return interruptedError("pthread_sigmask");
    return SignalSet::fromSystem(before);
}

Result<SignalSet> blockSignalSet(SignalSet signalSet)
{
    return changeSignalMask(MaskChange::Block, signalSet);
}

Result<SignalSet> unblockSignalSet(SignalSet signalSet)
{
    return changeSignalMask(MaskChange::Unblock, signalSet);
}

Result<SignalSet> setSignalMask(SignalSet signalSet)
{
    return changeSignalMask(MaskChange::Set, signalSet);
}

SignalSet signalMask()
{
    sigset_t now;
    ::sigemptyset(&now);
    static_cast<void>(::pthread_sigmask(SIG_BLOCK, nullptr, &now)); // asking cannot fail
    return SignalSet::fromSystem(now);
}

SignalSet pendingSignals()
{
    sigset_t now;
    ::sigemptyset(&now);
    static_cast<void>(::sigpending(&now)); // asking cannot fail
    return SignalSet::fromSystem(now);
}

} // namespace heddle
