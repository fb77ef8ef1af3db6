// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/sentence.h"
#include "engine/model/kinds.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace heddle {

/// A name and what it stands for, as the language writes it: "count" and "3".
struct NamedText
{
    std::string name;
    std::string value;
    bool operator==(const NamedText&) const = default;
};

/// One way in which an actor can move now.
struct ExploredMove
{
    std::int32_t actor = 0; ///< its number (handle)
    std::int32_t choice = 0; ///< among the outcomes of its next step, from 0
    std::string text; ///< "lock fork[2]", "choose k = 3", "wait room (the time limit is over)"
    bool operator==(const ExploredMove&) const = default;
};

/// What an actor is at in one state of an exploration.
struct ExploredActor
{
    enum class Standing : std::uint8_t
    {
        NotStarted,
        CanMove,
        Waits, ///< it cannot move in this state
        Idle, ///< a main thread without lines: only handlers of signals may still run in it
        Ended,
        Failed
    };
    std::int32_t number = 0;
    std::string name;
    Standing standing = Standing::NotStarted;
    std::uint32_t line = 0; ///< of its next step; 0: none
    std::string next; ///< its next step: "lock fork[2]"
    Sentence sentence; ///< what it does or why it cannot move, whole: "philosopher[1] waits for
        ///< fork[2], held by philosopher[2]."
    std::vector<std::int32_t> waitsFor; ///< actors that could end its wait
    bool spins = false; ///< it goes round a loop for ever that touches nothing shared
    bool isForced = false; ///< exactly one actor can end its wait (a holder, one to join)
    std::vector<NamedText> locals; ///< those that have a value, private variables among them
    std::vector<ExploredMove> moves; ///< one for each outcome of its next step
};

struct ExploredVariable
{
    std::string name; ///< "flag[1]"
    std::string value;
    std::int32_t lastWriter = -1; ///< number of the actor; -1: nobody yet
    std::size_t writtenAt = 0; ///< number of the step, from 1
};

struct ExploredObject
{
    std::string name; ///< "fork[2]"
    PrimitiveKind kind = PrimitiveKind::None;
    Sentence text; ///< "held by philosopher[1]", "2 units", "[3, 4]"
    std::vector<std::int32_t> holders; ///< numbers of actors
    std::vector<std::int32_t> waiting;
};

/// One state of a program under exploration, for people: what a stepper and its views show.
struct ExploredMoment
{
    std::size_t step = 0; ///< how many steps were taken to come here
    std::vector<ExploredActor> actors; ///< of those that were ever started or can be
    std::vector<ExploredVariable> variables;
    std::vector<ExploredObject> objects;
    std::vector<std::string> said; ///< so far, "name: line"
    bool isEnd = false; ///< the program has come to its end
    bool isDeadlock = false; ///< nobody can move, and somebody should
    bool isLivelock = false; ///< only who spins can move
    bool hasFailedAssertion = false; ///< an assertion has failed on the way here
    Sentence headline; ///< "step 7: philosopher[1] locks fork[2]", or the deadlock in words
};

/// Some states around a walk, for a picture.
struct StatePicture
{
    struct Node
    {
        std::uint32_t number = 0;
        bool isStart = false;
        bool isEnd = false;
        bool isDeadlock = false;
        bool isViolated = false; ///< an invariant is false in it, or an assertion fails out of it
        std::string label;
    };
    struct Edge
    {
        std::uint32_t from = 0;
        std::uint32_t to = 0;
        std::int32_t actor = 0;
        std::string text; ///< "philosopher[1]: lock fork[2]"
    };
    std::vector<Node> nodes;
    std::vector<Edge> edges;
    std::vector<std::uint32_t> walk; ///< numbers of the states that the walk went through
};

} // namespace heddle
