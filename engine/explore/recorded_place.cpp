// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/recorded_place.h"

#include <algorithm>

namespace heddle {

const std::vector<RecordedStep>& RecordedPlace::stepsOf(
    const RecordedActor& actor, std::int32_t handler)
{
    return handler == RecordedHandler::kRoutine
        ? actor.steps
        : actor.handlers[static_cast<std::size_t>(handler)].steps;
}

const RecordedStep* RecordedPlace::next(const RecordedActor& actor) const
{
    const std::vector<RecordedStep>& steps = stepsOf(actor, m_open.back().handler);
    return taken() < steps.size() ? &steps[taken()] : nullptr;
}

const RecordedHandler* RecordedPlace::nextHandler(const RecordedActor& actor) const
{
    if (m_begun >= actor.handlers.size())
        return nullptr;
    const RecordedHandler& handler = actor.handlers[m_begun];
    return handler.interrupted == m_open.back().handler ? &handler : nullptr;
}

bool RecordedPlace::mayTake(const RecordedActor& actor) const
{
    const RecordedHandler* handler = nextHandler(actor);
    return handler == nullptr || handler->stepsBefore > taken();
}

bool RecordedPlace::mayBegin(const RecordedActor& actor, std::int32_t signal) const
{
    const RecordedHandler* handler = nextHandler(actor);
    return handler != nullptr && handler->signal == signal
        && (handler->stepsBefore == taken() || handler->stepsBefore == taken() + 1);
}

std::int64_t RecordedPlace::deadline(const RecordedActor& actor) const
{
    const RecordedHandler* handler = nextHandler(actor);
    if (handler != nullptr && handler->stepsBefore <= taken() + 1)
        return handler->begin;
    const RecordedStep* step = next(actor);
    return step != nullptr ? step->end : actor.end;
}

bool RecordedPlace::isNearlyDone(const RecordedActor& actor) const
{
    return m_begun == actor.handlers.size()
        && std::all_of(m_open.begin(), m_open.end(), [&](const Open& open) {
               return open.taken + 1 >= stepsOf(actor, open.handler).size();
           });
}

bool RecordedPlace::hasMore(const RecordedActor& actor) const
{
    return next(actor) != nullptr || nextHandler(actor) != nullptr;
}

bool RecordedPlace::isOver(const RecordedActor& actor) const
{
    const std::int32_t handler = m_open.back().handler;
    return handler == RecordedHandler::kRoutine
        ? actor.hasEnded && actor.kind != ActorKind::Process // that may be ended at any place
        : actor.handlers[static_cast<std::size_t>(handler)].hasEnded;
}

void RecordedPlace::begin()
{
    m_open.push_back({static_cast<std::int32_t>(m_begun), 0});
    ++m_begun;
}

bool RecordedPlace::end(const RecordedActor& actor, bool endsStep)
{
    if (hasMore(actor))
        return false;
    const auto handler = static_cast<std::size_t>(m_open.back().handler);
    m_open.pop_back();
    const bool hadBegun = actor.handlers[handler].stepsBefore == taken() + 1;
    if (endsStep && hadBegun)
        take();
    return true;
}

void RecordedPlace::appendTo(std::vector<Cell>& key) const
{
    key.push_back(m_begun);
    for (const Open& open : m_open) {
        key.push_back(static_cast<Cell>(open.handler));
        key.push_back(open.taken);
    }
}

} // namespace heddle
