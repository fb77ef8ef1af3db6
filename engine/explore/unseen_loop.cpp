// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/unseen_loop.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace heddle {

namespace {

using Places = std::vector<std::int32_t>;

std::size_t asIndex(std::int32_t number)
{
    return static_cast<std::size_t>(number);
}

/// Where an invisible instruction may go on in its routine; nowhere behind a visible one.
Places placesBehind(const Code& code, const Routine& routine, std::int32_t at)
{
    const Instruction& instruction = code.instructions[asIndex(at)];
    Places places;
    if (isVisible(instruction.operation))
        return places;
    switch (instruction.operation) {
    case Operation::Return:
    case Operation::Raise:
    case Operation::Reraise:
        break;
    case Operation::Jump:
        places.push_back(instruction.target);
        break;
    case Operation::JumpIfFalse:
    case Operation::JumpIfTrue:
        places.push_back(instruction.target);
        [[fallthrough]];
    default:
        places.push_back(at + 1);
    }
    for (const ExceptionHandler& handler : routine.handlers)
        if (at >= handler.from && at < handler.to)
            places.push_back(handler.handler);
    std::erase_if(
        places, [&](std::int32_t place) { return place < routine.entry || place >= routine.end; });
    return places;
}

/// Looks for a way round in one routine, from each of its instructions once.
class Rounds
{
public:
    Rounds(const Code& code, const Routine& routine)
        : m_code(code)
        , m_routine(routine)
        , m_marks(asIndex(routine.end - routine.entry), Mark::Unseen)
    {
    }

    [[nodiscard]] bool isAny()
    {
        for (std::int32_t at = m_routine.entry; at < m_routine.end; ++at)
            if (mark(at) == Mark::Unseen && leadsRoundFrom(at))
                return true;
        return false;
    }

private:
    enum class Mark
    {
        Unseen,
        OnTheWay,
        Done
    };
    struct Step
    {
        std::int32_t at = 0;
        Places open; ///< places behind it that are still to be looked at
    };

    [[nodiscard]] Mark& mark(std::int32_t at) { return m_marks[asIndex(at - m_routine.entry)]; }

    void enter(std::int32_t at)
    {
        mark(at) = Mark::OnTheWay;
        m_way.push_back({at, placesBehind(m_code, m_routine, at)});
    }

    bool leadsRoundFrom(std::int32_t start)
    {
        enter(start);
        while (!m_way.empty()) {
            Step& last = m_way.back();
            if (last.open.empty()) {
                mark(last.at) = Mark::Done;
                m_way.pop_back();
                continue;
            }
            const std::int32_t next = last.open.back();
            last.open.pop_back();
            if (mark(next) == Mark::OnTheWay)
                return true;
            if (mark(next) == Mark::Unseen)
                enter(next);
        }
        return false;
    }

    const Code& m_code;
    const Routine& m_routine;
    std::vector<Mark> m_marks;
    std::vector<Step> m_way;
};

} // namespace

bool mayLoopUnseen(const Code& code)
{
    return std::any_of(code.routines.begin(), code.routines.end(),
        [&code](const Routine& routine) { return Rounds(code, routine).isAny(); });
}

} // namespace heddle
