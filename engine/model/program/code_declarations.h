// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/catalogue.h"
#include "engine/model/program/instruction.h"
#include "engine/model/program/value.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace heddle {

/// A declared object, or an array of them.
struct ObjectDeclaration
{
    PrimitiveKind kind = PrimitiveKind::None;
    std::string name;
    bool isArray = false;
    std::int32_t count = 1;
    /// Number of its first element among all objects of the program, from 0.
    std::int32_t first = 0;
    std::int64_t initial = 0; ///< semaphore: units; barrier: parties; latch: count
    std::optional<std::int64_t> maximum; ///< semaphore: bound; queue: places; pipe: bytes (64 KiB)
    std::int32_t mutex = -1; ///< condition: index into Code::objects
    std::int32_t mutexElement = 0;
    char order = 'f'; ///< queue: 'f' first in first out, 'l' last in first out, 'p' priority
    std::uint32_t line = 0;
};

/// A declared variable, or an array of them.
struct VariableDeclaration
{
    std::string name;
    bool isArray = false;
    std::int32_t count = 1;
    bool isAtomic = false;
    ValueKind kind = ValueKind::Integer; ///< of all its values; None: any kind
    std::optional<std::int64_t> minimum; ///< range-checked when set
    std::optional<std::int64_t> maximum;
    std::optional<std::int32_t> capacity; ///< of a list or table
    std::vector<Value> initial; ///< one for each element
    std::int32_t initializer = -1; ///< private: routine that runs before the first use, or -1
    std::uint32_t line = 0;
};

/// What a process does when one of these signals comes.
struct HandlerDeclaration
{
    SignalBits signalSet = 0;
    char mode =
        'h'; ///< 'h' runs `routine`, 'i' ignores, 'd' the default, 'b' blocked, 'u' unblocked
    std::int32_t routine = -1; ///< its register 0 is the signal
    std::uint32_t line = 0;
};

/// One word of a `start` line; they are carried out from left to right in the child.
struct Wiring
{
    enum class Kind : std::uint8_t
    {
        StandardInput,
        StandardOutput,
        StandardError,
        NewGroup,
        Before, ///< runs `routine`
        Environment, ///< sets the variable `text` to `value`
    };
    enum class End : std::uint8_t
    {
        Inherited,
        Own, ///< a new pipe, whose other end is reached through the handle
        Null,
        StandardOutput, ///< where stdout leads
        File, ///< `text`
        Pipe, ///< objects[object] element `element`
    };
    Kind kind = Kind::StandardInput;
    End end = End::Inherited;
    std::string text; ///< a file, or the name of a variable of the environment
    std::int32_t object = -1;
    Register element = kNoRegister; ///< of an array of pipes
    Register value = kNoRegister; ///< of an environment variable
    std::int32_t routine = -1;
};

/// A `start` line: what is to be run, where its streams lead, and what an exploration may assume.
///
/// Registers are those of the routine that holds its StartCommand.
struct CommandDeclaration
{
    std::string name; ///< of the handle it is delivered to: what its lines are said by
    bool isShell = false; ///< the one argument is a script of /bin/sh
    std::vector<Wiring> wirings; ///< in the order of the text
    bool hasContract = false; ///< whether the program says what the command does (`model`)
    std::int32_t contract = -1; ///< routine that does what the explorer may assume of it: reads and
        ///< writes the streams of the command (Read, Write, Close with t = -1 and a = -1; part 'r'
        ///< its input, 'w' its output, 'e' its error output) and ends with Exit; without `model`
        ///< it reads all, may write, and exits with 0 or 1
    bool writesUnknownText = false; ///< its contract writes "???" for what only a run can tell: an
        ///< exploration cannot judge what is said then
    std::uint32_t line = 0;
};

/// A local of `main` that a spawn line delivers its handle into: an expectation (`exit`, `by`, `in`)
/// that names it means the actors which that instruction has started, whatever they are called.
/// A command needs no such row: its declaration has the name.
struct HandleName
{
    std::string name;
    std::int32_t instruction = -1; ///< place of the Spawn in Code::instructions
};

/// A declared actor, or an array of them. Actor 0 is `main`, when there is one.
struct ActorDeclaration
{
    ActorKind kind = ActorKind::Thread;
    std::string name;
    bool isArray = false;
    bool isMain = false;
    bool isDaemon = false;
    bool startsByItself = false; ///< there is no main and it has no parameters
    std::int64_t low = 0; ///< of the array's index
    std::int32_t count = 1;
    std::int32_t first = 0; ///< instance number of its first element; spawned ones with parameters
        ///< come after all declared
    std::int32_t parameterCount = 0; ///< without the array's index, which is register 0 of an array
    std::int32_t routine = 0;
    std::vector<HandlerDeclaration> handlers; ///< of a process: in force before its first step
    std::uint32_t line = 0;
};

} // namespace heddle
