// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/catalogue.h"

#include <algorithm>
#include <array>

namespace heddle {

namespace {

constexpr std::array kFunctions = {
    FunctionRow{"len", 1, 1, true, "len(QUEUE)",
        HEDDLE_TEXT("Function", "How many items a queue, list, table or text has.")},
    FunctionRow{"full", 1, 1, true, "full(QUEUE)",
        HEDDLE_TEXT("Function", "Whether a queue has no free place.")},
    FunctionRow{"empty", 1, 1, true, "empty(QUEUE)",
        HEDDLE_TEXT("Function", "Whether a queue, list, table or text has no item.")},
    FunctionRow{"value", 1, 1, true, "value(SEMAPHORE)",
        HEDDLE_TEXT("Function", "The free units of a semaphore, or the count of a latch.")},
    FunctionRow{"owner", 1, 1, true, "owner(MUTEX)",
        HEDDLE_TEXT("Function", "The handle of the actor that holds a lock, or none.")},
    FunctionRow{"locked", 1, 1, true, "locked(MUTEX)",
        HEDDLE_TEXT("Function", "Whether anybody holds a lock.")},
    FunctionRow{"waiting", 1, 1, true, "waiting(BARRIER)",
        HEDDLE_TEXT("Function", "How many actors wait for an object.")},
    FunctionRow{"broken", 1, 1, true, "broken(BARRIER)",
        HEDDLE_TEXT("Function", "Whether a barrier is broken.")},
    FunctionRow{
        "is_set", 1, 1, true, "is_set(EVENT)", HEDDLE_TEXT("Function", "Whether an event is up.")},
    FunctionRow{"alive", 1, 1, true, "alive(HANDLE)",
        HEDDLE_TEXT("Function", "Whether an actor has started and not ended.")},
    FunctionRow{"exit_of", 1, 1, true, "exit_of(HANDLE)",
        HEDDLE_TEXT("Function", "The exit code of a process or command; -n: ended by signal n.")},
    FunctionRow{"pid", 1, 1, true, "pid(HANDLE)",
        HEDDLE_TEXT("Function", "The number of a process or command.")},
    FunctionRow{"group_of", 1, 1, true, "group_of(HANDLE)",
        HEDDLE_TEXT("Function", "The number of the process group of a process or command.")},
    FunctionRow{"disposition", 1, 1, true, "disposition(SIGNAL)",
        HEDDLE_TEXT(
            "Function", "What this process does with a signal: default, ignored, handler, …")},
    FunctionRow{"signal", 0, 0, false, "signal",
        HEDDLE_TEXT("Function", "The signal that is being handled.")},
    FunctionRow{"signals", 0, 0, false, "signals",
        HEDDLE_TEXT("Function", "All signals that have a name, as a list.")},
    FunctionRow{"env", 1, 1, false, "env(TEXT)",
        HEDDLE_TEXT("Function", "A variable of the environment, or none.")},
    FunctionRow{"name", 1, 1, true, "name(HANDLE)",
        HEDDLE_TEXT("Function", "The name of an actor, as a text.")},
    FunctionRow{"live", 0, 0, true, "live()",
        HEDDLE_TEXT("Function", "The handles of all actors that live.")},
    FunctionRow{"now", 0, 0, false, "now()",
        HEDDLE_TEXT("Function", "The time since the start of the run.")},
    FunctionRow{"number", 1, 1, false, "number(TEXT)",
        HEDDLE_TEXT("Function", "The number that a text, duration or size stands for.")},
    FunctionRow{"min", 1, 100, false, "min(A, B)",
        HEDDLE_TEXT("Function", "The smallest of its arguments, or of a list.")},
    FunctionRow{"max", 1, 100, false, "max(A, B)",
        HEDDLE_TEXT("Function", "The largest of its arguments, or of a list.")},
    FunctionRow{"sum", 1, 100, false, "sum(LIST)",
        HEDDLE_TEXT("Function", "The sum of its arguments, or of a list.")},
    FunctionRow{"sorted", 1, 1, false, "sorted(LIST)",
        HEDDLE_TEXT("Function", "The items of a list, or the keys of a table, in rising order.")},
    FunctionRow{"keys", 1, 1, false, "keys(TABLE)",
        HEDDLE_TEXT("Function", "The keys of a table, as a list.")},
    FunctionRow{"top", 2, 2, false, "top(TABLE, COUNT)",
        HEDDLE_TEXT("Function", "The largest entries of a table, as rows of key and count.")},
    FunctionRow{
        "upper", 1, 1, false, "upper(TEXT)", HEDDLE_TEXT("Function", "The text in capitals.")},
    FunctionRow{"without", 2, 2, false, "without(LIST, ITEM)",
        HEDDLE_TEXT("Function", "A copy of a list or table without an item.")},
    FunctionRow{"random", 2, 2, false, "random(LOW, HIGH)",
        HEDDLE_TEXT("Function", "A number from low to high, drawn with the seed of the run.")},
    FunctionRow{"inside", 1, 1, false, "inside(\"SECTION\")",
        HEDDLE_TEXT("Function", "How many actors are in a section.")},
    FunctionRow{"me", 0, 0, false, "me", HEDDLE_TEXT("Function", "The handle of this actor.")},
    FunctionRow{"swap", 2, 2, false, "swap(NAME, VALUE)",
        HEDDLE_TEXT("Function", "Stores a value into an atomic variable and gives the old one.")},
    FunctionRow{"fetch_add", 2, 2, false, "fetch_add(NAME, AMOUNT)",
        HEDDLE_TEXT("Function", "Adds to an atomic variable and gives the old value.")},
    FunctionRow{"cas", 3, 3, false, "cas(NAME, OLD, NEW)",
        HEDDLE_TEXT("Function", "Stores the new value if the old one is there; says whether.")},
};

constexpr std::array<std::string_view, 2> kTimeValues = {"free", "ideal"};
constexpr std::array<std::string_view, 2> kNotifyValues = {"any", "fifo"};
constexpr std::array<std::string_view, 2> kOnOff = {"on", "off"};
constexpr std::array<std::string_view, 2> kMemoryValues = {"sc", "tso"};
constexpr std::array<std::string_view, 2> kLockValues = {"fair", "unfair"};
constexpr std::array<std::string_view, 4> kLogValues = {"debug", "info", "warning", "error"};

constexpr std::array kOptions = {
    OptionRow{"time", kTimeValues,
        HEDDLE_TEXT("Option", "ideal: an exploration lets time pass only when all wait")},
    OptionRow{"notify", kNotifyValues,
        HEDDLE_TEXT("Option", "fifo: a notify lets go who has waited longest")},
    OptionRow{"spurious", kOnOff,
        HEDDLE_TEXT("Option", "on: an exploration wakes waiters without a notify, too")},
    OptionRow{"memory", kMemoryValues,
        HEDDLE_TEXT("Option", "tso: an exploration delays stores as processors do")},
    OptionRow{
        "lock", kLockValues, HEDDLE_TEXT("Option", "fair: a mutex goes to who has waited longest")},
    OptionRow{"frames", {}, HEDDLE_TEXT("Option", "how deep calls may be nested")},
    OptionRow{"cap", {}, HEDDLE_TEXT("Option", "how far an exploration fills unbounded objects")},
    OptionRow{"steps", {}, HEDDLE_TEXT("Option", "how many steps an exploration goes")},
    OptionRow{"log", kLogValues, HEDDLE_TEXT("Option", "the lowest level of records shown")},
};

} // namespace

std::span<const FunctionRow> functionRows()
{
    return kFunctions;
}

std::span<const OptionRow> optionRows()
{
    return kOptions;
}

std::optional<int> findFunction(std::string_view name)
{
    const auto row = std::find_if(kFunctions.begin(), kFunctions.end(),
        [name](const FunctionRow& each) { return each.name == name; });
    if (row == kFunctions.end())
        return std::nullopt;
    return static_cast<int>(row - kFunctions.begin());
}

} // namespace heddle
