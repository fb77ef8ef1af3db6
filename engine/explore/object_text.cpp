// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/object_text.h"

#include "engine/explore/machine_processes.h"
#include "engine/explore/sentence_text.h"

namespace heddle {

namespace {

constexpr Cell kClosedBit = 1; // of a queue's second cell

std::string namesOf(
    const Machine& machine, std::span<const Cell> state, const std::vector<std::int32_t>& actors)
{
    std::vector<std::string> names;
    names.reserve(actors.size());
    for (const std::int32_t actor : actors)
        names.push_back(machine.actorName(state, actor));
    return listText(names);
}

std::string semaphoreText(const ObjectDeclaration& declared, std::int64_t units)
{
    if (!declared.maximum)
        return countText(units, "unit");
    return std::to_string(units) + " of " + countText(*declared.maximum, "unit");
}

std::string conditionText(std::size_t waiting, const std::string& names)
{
    if (waiting == 0)
        return "nobody waits";
    return names + (waiting == 1 ? " waits" : " wait");
}

std::string endText(const Machine& machine, std::span<const Cell> state, std::int32_t pipe,
    std::uint8_t end, const std::string& nobody, const std::string& by)
{
    const std::vector<std::string> names = holdersOfEnd(machine, state, pipe, end);
    return names.empty() ? nobody : by + listText(names);
}

std::string pipeText(const Machine& machine, std::span<const Cell> state, std::int32_t pipe)
{
    const std::int64_t bytes = bytesIn(machine, state, pipe);
    return (bytes == 0 ? std::string("empty") : countText(bytes, "byte"))
        + endText(machine, state, pipe, kWriterEnd, ", no writer left", ", writers: ")
        + endText(machine, state, pipe, kReaderEnd, ", no reader left", ", readers: ");
}

std::string barrierText(const ObjectDeclaration& declared, bool isBroken, std::size_t waiting)
{
    if (isBroken)
        return "broken";
    return std::to_string(waiting) + " of " + std::to_string(declared.initial) + " are there";
}

} // namespace

std::string objectText(const Machine& machine, std::span<const Cell> state, std::int32_t object,
    const ExploredObject& read)
{
    const ObjectDeclaration& declared = machine.declarationOf(object);
    const std::size_t cell = machine.objectCell(object);
    const std::string holders = namesOf(machine, state, read.holders);
    switch (declared.kind) {
    case PrimitiveKind::Mutex:
        return state[cell] == 0 ? "free" : "held by " + holders;
    case PrimitiveKind::RecursiveMutex:
        return state[cell] == 0 ? "free"
                                : "held by " + holders
                + (state[cell + 1] > 1 ? ", " + countText(state[cell + 1], "level") : "");
    case PrimitiveKind::ReadWriteLock:
        if (state[cell] != 0)
            return "written by " + holders;
        return state[cell + 1] == 0 ? "free" : "read by " + holders;
    case PrimitiveKind::Semaphore:
        return semaphoreText(declared, state[cell]);
    case PrimitiveKind::Condition:
        return conditionText(read.waiting.size(), namesOf(machine, state, read.waiting));
    case PrimitiveKind::Event:
        return state[cell] != 0 ? "set" : "not set";
    case PrimitiveKind::Barrier:
        return barrierText(declared, state[cell] != 0, read.waiting.size());
    case PrimitiveKind::Latch:
        return "count " + std::to_string(state[cell]);
    case PrimitiveKind::Queue:
        return machine.values().value(state[cell]).toText([&](std::int64_t handle) {
            return machine.actorName(state, handle);
        }) + ((state[cell + 1] & kClosedBit) != 0 ? ", closed" : "");
    case PrimitiveKind::Pipe:
        return pipeText(machine, state, machine.layout().pipeOf(object));
    case PrimitiveKind::None:
        break;
    }
    return {};
}

} // namespace heddle
