// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/explanation.h"

#include "engine/explore/walk.h"

#include <utility>
#include <vector>

namespace heddle {

Sentence explain(const ExploredMoment& moment)
{
    if (moment.isDeadlock || moment.isLivelock)
        return moment.headline;
    std::vector<Sentence> waits;
    for (const ExploredActor& actor : moment.actors)
        if (actor.standing == ExploredActor::Standing::Waits && actor.waitsFor.empty())
            waits.push_back(actor.sentence);
    return Sentence::joined(std::move(waits));
}

void explainWitnesses(ExplorationReport& report, const std::shared_ptr<const Code>& code)
{
    for (ExploredExpectation& expectation : report.expectations) {
        if (!expectation.witness)
            continue;
        Walk walk(code);
        if (walk.follow(*expectation.witness))
            expectation.explanation = explain(walk.moment());
    }
}

} // namespace heddle
