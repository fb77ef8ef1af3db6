// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/code.h"
#include "engine/model/program/wake_reach.h"
#include "engine/run/live_actors.h"
#include "engine/run/pipe_waits.h"
#include "engine/run/signal_senders.h"

#include <memory>

namespace heddle {

/// Finds the largest set of actors of a look whose waits could be ended only from inside the set.
///
/// A lock is given back by its holder, a join ended by the actor it waits for (one that has not been
/// started: by whoever might start it), everything else by anybody outside of the set who can still
/// reach, in the program's code, an operation that would end it.
///
/// Threads: one thread at a time.
class StuckSearch
{
public:
    explicit StuckSearch(std::shared_ptr<const Code> code);

    /// Lets those go on, of the stuck ones, whom somebody may still help, until nobody is left who is.
    void narrow(LiveActors& actors, PipeWaits& pipes);

    /// Whether the one may still do what would end the wait of the other for an object.
    [[nodiscard]] bool mayHelp(const LiveActor& helper, const LiveActor& waiting);

    /// Whether, of those that narrow() has let go on, one may still send a signal that ends the wait.
    [[nodiscard]] bool maySignalReach(const LiveActor& actor, const LiveActors& actors) const
    {
        return m_senders.canReach(actor, actors);
    }

private:
    [[nodiscard]] WakeMasks reachOf(const LiveActor& actor);
    [[nodiscard]] WakeMasks reachOfMoving(const LiveActors& actors);
    [[nodiscard]] bool isHelpedBy(const WakeMasks& reach, const LiveActor& waiting) const;
    [[nodiscard]] bool canBeEnded(const LiveActor& actor, const LiveActors& actors,
        const PipeWaits& pipes, const WakeMasks& outside) const;

    std::shared_ptr<const Code> m_code;
    WakeReach m_reach;
    SignalSenders m_senders;
};

} // namespace heddle
