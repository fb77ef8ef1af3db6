// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/object_text.h"

#include "engine/explore/machine_processes.h"

namespace heddle {

namespace {

constexpr Cell kClosedBit = 1; // of a queue's second cell

std::vector<std::string> namesOf(
    const Machine& machine, std::span<const Cell> state, const std::vector<std::int32_t>& actors)
{
    std::vector<std::string> names;
    names.reserve(actors.size());
    for (const std::int32_t actor : actors)
        names.push_back(machine.actorName(state, actor));
    return names;
}

Sentence semaphoreText(const ObjectDeclaration& declared, std::int64_t units)
{
    const std::string count = std::to_string(units);
    if (declared.maximum)
        return Sentence::of(*declared.maximum == 1 ? HEDDLE_TEXT("Sentence", "%1 of %2 unit")
                                                   : HEDDLE_TEXT("Sentence", "%1 of %2 units"),
            {count, std::to_string(*declared.maximum)});
    return Sentence::of(
        units == 1 ? HEDDLE_TEXT("Sentence", "%1 unit") : HEDDLE_TEXT("Sentence", "%1 units"),
        {count});
}

Sentence conditionText(const std::vector<std::string>& names)
{
    if (names.empty())
        return Sentence::of(HEDDLE_TEXT("Sentence", "nobody waits"));
    return Sentence::of(names.size() == 1 ? HEDDLE_TEXT("Sentence", "%1 waits")
                                          : HEDDLE_TEXT("Sentence", "%1 wait"),
        {Sentence::list(names)});
}

Sentence pipeText(const Machine& machine, std::span<const Cell> state, std::int32_t pipe)
{
    const std::int64_t bytes = bytesIn(machine, state, pipe);
    const std::vector<std::string> writers = holdersOfEnd(machine, state, pipe, kWriterEnd);
    const std::vector<std::string> readers = holdersOfEnd(machine, state, pipe, kReaderEnd);
    const Sentence filling = bytes == 0 ? Sentence::of(HEDDLE_TEXT("Sentence", "empty"))
        : bytes == 1 ? Sentence::of(HEDDLE_TEXT("Sentence", "%1 byte"), {std::to_string(bytes)})
                     : Sentence::of(HEDDLE_TEXT("Sentence", "%1 bytes"), {std::to_string(bytes)});
    const Sentence in = writers.empty()
        ? Sentence::of(HEDDLE_TEXT("Sentence", "no writer left"))
        : Sentence::of(HEDDLE_TEXT("Sentence", "writers: %1"), {Sentence::list(writers)});
    const Sentence out = readers.empty()
        ? Sentence::of(HEDDLE_TEXT("Sentence", "no reader left"))
        : Sentence::of(HEDDLE_TEXT("Sentence", "readers: %1"), {Sentence::list(readers)});
    return Sentence::of(HEDDLE_TEXT("Sentence", "%1, %2, %3"), {filling, in, out});
}

Sentence barrierText(const ObjectDeclaration& declared, bool isBroken, std::size_t waiting)
{
    if (isBroken)
        return Sentence::of(HEDDLE_TEXT("Sentence", "broken"));
    return Sentence::of(HEDDLE_TEXT("Sentence", "%1 of %2 are there"),
        {std::to_string(waiting), std::to_string(declared.initial)});
}

Sentence queueText(const Machine& machine, std::span<const Cell> state, std::size_t cell)
{
    const std::string items = machine.values().value(state[cell]).toText([&](std::int64_t handle) {
        return machine.actorName(state, handle);
    });
    return (state[cell + 1] & kClosedBit) != 0
        ? Sentence::of(HEDDLE_TEXT("Sentence", "%1, closed"), {items})
        : Sentence(items);
}

Sentence freeText()
{
    return Sentence::of(HEDDLE_TEXT("Sentence", "free"));
}

Sentence heldText(const std::vector<std::string>& holders, Cell levels)
{
    if (levels > 1)
        return Sentence::of(HEDDLE_TEXT("Sentence", "held by %1, %2 levels"),
            {Sentence::list(holders), std::to_string(levels)});
    return Sentence::of(HEDDLE_TEXT("Sentence", "held by %1"), {Sentence::list(holders)});
}

Sentence readWriteText(bool isWritten, const std::vector<std::string>& holders)
{
    return Sentence::of(isWritten ? HEDDLE_TEXT("Sentence", "written by %1")
                                  : HEDDLE_TEXT("Sentence", "read by %1"),
        {Sentence::list(holders)});
}

} // namespace

Sentence objectText(const Machine& machine, std::span<const Cell> state, std::int32_t object,
    const ExploredObject& read)
{
    const ObjectDeclaration& declared = machine.declarationOf(object);
    const std::size_t cell = machine.objectCell(object);
    const std::vector<std::string> holders = namesOf(machine, state, read.holders);
    switch (declared.kind) {
    case PrimitiveKind::Mutex:
        return state[cell] == 0 ? freeText() : heldText(holders, 1);
    case PrimitiveKind::RecursiveMutex:
        return state[cell] == 0 ? freeText() : heldText(holders, state[cell + 1]);
    case PrimitiveKind::ReadWriteLock:
        return state[cell] == 0 && state[cell + 1] == 0 ? freeText()
                                                        : readWriteText(state[cell] != 0, holders);
    case PrimitiveKind::Semaphore:
        return semaphoreText(declared, state[cell]);
    case PrimitiveKind::Condition:
        return conditionText(namesOf(machine, state, read.waiting));
    case PrimitiveKind::Event:
        return state[cell] != 0 ? Sentence::of(HEDDLE_TEXT("Sentence", "set"))
                                : Sentence::of(HEDDLE_TEXT("Sentence", "not set"));
    case PrimitiveKind::Barrier:
        return barrierText(declared, state[cell] != 0, read.waiting.size());
    case PrimitiveKind::Latch:
        return Sentence::of(HEDDLE_TEXT("Sentence", "count %1"), {std::to_string(state[cell])});
    case PrimitiveKind::Queue:
        return queueText(machine, state, cell);
    case PrimitiveKind::Pipe:
        return pipeText(machine, state, machine.layout().pipeOf(object));
    case PrimitiveKind::None:
        break;
    }
    return {};
}

} // namespace heddle
