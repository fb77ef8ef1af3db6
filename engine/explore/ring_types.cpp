// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/ring_types.h"

#include "engine/explore/live_registers.h"
#include "engine/explore/state_layout.h"
#include "engine/explore/symmetry.h"

#include <algorithm>
#include <utility>

namespace heddle {

namespace {

using Kind = RingType::Kind;

constexpr RingType kUnknown{Kind::Unknown, 0};
constexpr std::int64_t kMostOffset = std::int64_t{1} << 32U; // far from where sums overflow

std::size_t asIndex(std::int64_t number)
{
    return static_cast<std::size_t>(number);
}

RingType joined(const RingType& left, const RingType& right)
{
    if (left == right)
        return left;
    return left.isFixed() && right.isFixed() ? RingType() : kUnknown;
}

bool isSmall(std::int64_t number)
{
    return number > -kMostOffset && number < kMostOffset;
}

bool hasRingIndex(const Code& code, const LiveRegisters& live, const ActorDeclaration& actor)
{
    constexpr Register kIndex = 0;
    return actor.isArray && actor.startsByItself && isSmall(actor.low)
        && live.isReadFrom(code.routines[asIndex(actor.routine)].entry, kIndex);
}

/// What a stream or a signal names of a ring is not followed.
bool hasThreadsOnly(const Code& code)
{
    return code.commands.empty() && code.handlers.empty()
        && std::all_of(code.actors.begin(), code.actors.end(),
            [](const ActorDeclaration& actor) { return actor.kind == ActorKind::Thread; })
        && std::all_of(code.objects.begin(), code.objects.end(),
            [](const ObjectDeclaration& object) { return object.kind <= PrimitiveKind::Queue; })
        && std::all_of(code.instructions.begin(), code.instructions.end(),
            [](const Instruction& one) { return one.operation <= Operation::Exit; });
}

} // namespace

/// Follows the types through a program, until nothing changes any more.
class RingFlow
{
public:
    using Types = std::vector<RingType>;

    RingFlow(const Code& code, std::int32_t size)
        : m_code(code)
        , m_live(code, SaidTexts::Dropped)
    {
        m_found.m_size = size;
        std::int32_t registers = 1;
        for (const Routine& routine : code.routines)
            registers = std::max(registers, routine.registerCount);
        for (const Invariant& invariant : code.invariants)
            registers = std::max(registers, invariant.fragment.registerCount);
        for (const Expectation& each : code.expectations)
            registers = std::max(registers, each.fragment ? each.fragment->registerCount : 0);
        m_found.m_before.assign(code.instructions.size(), Types(asIndex(registers)));
        m_isReached.resize(code.instructions.size());
        m_returned.resize(code.routines.size());
        m_objects.resize(code.objects.size());
        m_variables.resize(code.shared.size());
    }

    std::optional<RingTypes> follow()
    {
        enter();
        while (std::exchange(m_isChanged, false) && !m_isRefused)
            for (std::size_t at = 0; at < m_code.instructions.size(); ++at)
                if (m_isReached[at])
                    pass(static_cast<std::int32_t>(at));
        if (m_found.m_actors.empty() || m_isRefused || !areUnknownsDead() || !areArraysEven())
            return std::nullopt;
        return std::move(m_found);
    }

private:
    struct Use ///< of an array
    {
        bool byPlace = false;
        bool otherwise = false;
    };

    void enter();
    void pass(std::int32_t at);
    void passOn(std::int32_t at, const Types& after);
    void passToHandlers(std::int32_t at);
    void include(std::int32_t at, const Types& types);
    void includeOne(RingType& here, const RingType& type);
    void useElement(const Instruction& instruction, const Types& types);
    [[nodiscard]] RingType resultOf(const Instruction& instruction, const Types& types);
    [[nodiscard]] RingType combined(const Instruction& instruction, const Types& types);
    [[nodiscard]] RingType fixedResult(const Instruction& instruction, const Types& types);
    [[nodiscard]] static bool areFixed(const Types& types, Register first, std::int32_t count);
    [[nodiscard]] bool areUnknownsDead() const;
    [[nodiscard]] bool areArraysEven();
    [[nodiscard]] const Routine* routineAt(std::int32_t at) const;

    const Code& m_code;
    LiveRegisters m_live;
    RingTypes m_found;
    std::vector<bool> m_isReached; ///< by instruction
    std::vector<std::optional<RingType>> m_returned; ///< by routine
    std::vector<Use> m_objects; ///< by declaration
    std::vector<Use> m_variables;
    bool m_isChanged = false;
    bool m_isRefused = false;
};

void RingFlow::enter()
{
    const Types nothing(m_found.m_before.front().size());
    for (std::size_t number = 0; number < m_code.actors.size(); ++number) {
        const ActorDeclaration& actor = m_code.actors[number];
        Types types = nothing;
        if (actor.count == m_found.m_size && hasRingIndex(m_code, m_live, actor)) {
            types.front() = {Kind::Place, actor.low};
            m_found.m_actors.push_back(static_cast<std::int32_t>(number));
        }
        include(m_code.routines[asIndex(actor.routine)].entry, types);
    }
    for (const VariableDeclaration& variable : m_code.privates)
        if (variable.initializer >= 0)
            include(m_code.routines[asIndex(variable.initializer)].entry, nothing);
    for (const Invariant& invariant : m_code.invariants)
        include(invariant.fragment.entry, nothing);
    for (const Expectation& each : m_code.expectations)
        if (each.fragment)
            include(each.fragment->entry, nothing);
}

void RingFlow::include(std::int32_t at, const Types& types)
{
    Types& here = m_found.m_before[asIndex(at)];
    if (!m_isReached[asIndex(at)]) {
        m_isReached[asIndex(at)] = m_isChanged = true;
        here = types;
        return;
    }
    for (std::size_t i = 0; i < here.size(); ++i)
        includeOne(here[i], types[i]);
}

void RingFlow::includeOne(RingType& here, const RingType& type)
{
    const RingType both = joined(here, type);
    m_isChanged = m_isChanged || !(both == here);
    here = both;
}

const Routine* RingFlow::routineAt(std::int32_t at) const
{
    const auto found = std::find_if(m_code.routines.begin(), m_code.routines.end(),
        [at](const Routine& routine) { return at >= routine.entry && at < routine.end; });
    return found == m_code.routines.end() ? nullptr : &*found;
}

/// One instruction: what it makes of the types goes to all that may come next.
void RingFlow::pass(std::int32_t at)
{
    const Instruction& instruction = m_code.instructions[asIndex(at)];
    const Types before = m_found.m_before[asIndex(at)];
    useElement(instruction, before);
    passToHandlers(at);
    if (instruction.otherwise >= 0)
        include(instruction.otherwise, before);
    if (instruction.operation == Operation::AwaitUntil)
        include(instruction.target, before);
    if (instruction.operation == Operation::CallRoutine) {
        Types arguments(before.size());
        for (std::int32_t i = 0; i < instruction.count; ++i)
            arguments[asIndex(i)] = before[asIndex(instruction.a + i)];
        include(m_code.routines[asIndex(instruction.target)].entry, arguments);
        if (!m_returned[asIndex(instruction.target)])
            return; // nobody has come back yet
    }
    Types after = before;
    const RingType result = resultOf(instruction, before);
    if (instruction.result != kNoRegister)
        after[asIndex(instruction.result)] = result;
    passOn(at, after);
}

void RingFlow::passOn(std::int32_t at, const Types& after)
{
    const Instruction& instruction = m_code.instructions[asIndex(at)];
    switch (instruction.operation) {
    case Operation::Jump:
        return include(instruction.target, after);
    case Operation::JumpIfFalse:
    case Operation::JumpIfTrue:
        include(instruction.target, after);
        return include(at + 1, after);
    case Operation::Return: {
        const Routine* routine = routineAt(at);
        const RingType type =
            instruction.a == kNoRegister ? RingType() : after[asIndex(instruction.a)];
        if (routine == nullptr)
            return;
        std::optional<RingType>& returned = m_returned[asIndex(routine - m_code.routines.data())];
        m_isChanged = m_isChanged || !returned;
        returned = returned.value_or(type);
        return includeOne(*returned, type);
    }
    case Operation::Raise:
    case Operation::Reraise:
    case Operation::Exit:
    case Operation::EndPredicate:
        return;
    default:
        return include(at + 1, after);
    }
}

void RingFlow::passToHandlers(std::int32_t at)
{
    const Routine* routine = routineAt(at);
    if (routine == nullptr)
        return;
    for (const ExceptionHandler& handler : routine->handlers) {
        if (at < handler.from || at >= handler.to)
            continue;
        Types caught = m_found.m_before[asIndex(at)];
        if (handler.store != kNoRegister)
            caught[asIndex(handler.store)] = {};
        include(handler.handler, caught);
    }
}

void RingFlow::useElement(const Instruction& instruction, const Types& types)
{
    const bool isObject = isAboutObject(instruction);
    const bool hasPlace =
        instruction.index != kNoRegister && !types[asIndex(instruction.index)].isFixed();
    if (!isObject && !isSharedAccess(instruction.operation)) {
        m_isRefused = m_isRefused || hasPlace;
        return;
    }
    Use& use = (isObject ? m_objects : m_variables)[asIndex(instruction.target)];
    (hasPlace ? use.byPlace : use.otherwise) = true;
    const std::int32_t count = isObject ? m_code.objects[asIndex(instruction.target)].count
                                        : m_code.shared[asIndex(instruction.target)].count;
    const bool isPlace = hasPlace && types[asIndex(instruction.index)] == RingType{Kind::Place, 0};
    m_isRefused = m_isRefused || (hasPlace && (!isPlace || count != m_found.m_size));
}

RingType RingFlow::resultOf(const Instruction& instruction, const Types& types)
{
    switch (instruction.operation) {
    case Operation::Constant: {
        const Value& value = m_code.constants[asIndex(instruction.target)];
        if (!value.is(ValueKind::Integer) || !isSmall(value.number()))
            return {};
        return {Kind::Constant, value.number()};
    }
    case Operation::Copy:
        return types[asIndex(instruction.a)];
    case Operation::Add:
    case Operation::Subtract:
    case Operation::Remainder:
    case Operation::Equal:
    case Operation::NotEqual:
        return combined(instruction, types);
    case Operation::FormatText:
        return areFixed(types, instruction.a, instruction.count) ? RingType() : kUnknown;
    case Operation::CallRoutine:
        return *m_returned[asIndex(instruction.target)];
    case Operation::Say:
    case Operation::Return:
        return {};
    default:
        return fixedResult(instruction, types);
    }
}

/// Of two operands. A remainder has the sign of its divisor, so every number has a place.
RingType RingFlow::combined(const Instruction& instruction, const Types& types)
{
    const RingType& left = types[asIndex(instruction.a)];
    const RingType& right = types[asIndex(instruction.b)];
    if (left.isFixed() && right.isFixed())
        return {};
    const bool isLeft = left.kind == Kind::Place;
    const RingType& place = isLeft ? left : right;
    const RingType& other = isLeft ? right : left;
    const bool hasNumber = other.kind == Kind::Constant && place.kind == Kind::Place;
    RingType result;
    switch (instruction.operation) {
    case Operation::Equal:
    case Operation::NotEqual:
        m_isRefused = m_isRefused || left.kind == Kind::Unknown || !(left == right);
        return result;
    case Operation::Add:
        result = {Kind::Place, place.number + other.number};
        break;
    case Operation::Subtract:
        result = {Kind::Place, place.number - other.number};
        m_isRefused = m_isRefused || !isLeft;
        break;
    default:
        result = {Kind::Place, 0};
        m_isRefused = m_isRefused || !isLeft || other.number != m_found.m_size;
        break;
    }
    m_isRefused = m_isRefused || !hasNumber || !isSmall(result.number);
    return result;
}

RingType RingFlow::fixedResult(const Instruction& instruction, const Types& types)
{
    const std::int32_t perItem = instruction.operation == Operation::MakeTable ? 2 : 1;
    for (const Register one : {instruction.a, instruction.b, instruction.c, instruction.limit})
        m_isRefused = m_isRefused || !areFixed(types, one, 1);
    m_isRefused = m_isRefused || !areFixed(types, instruction.a, instruction.count * perItem)
        || !areFixed(types, instruction.b, instruction.count);
    return {};
}

bool RingFlow::areFixed(const Types& types, Register first, std::int32_t count)
{
    for (std::int32_t i = 0; first != kNoRegister && i < count; ++i)
        if (asIndex(first + i) < types.size() && !types[asIndex(first + i)].isFixed())
            return false;
    return true;
}

/// Whether nobody reads what is unknown where an actor can stand between two steps.
bool RingFlow::areUnknownsDead() const
{
    for (std::size_t at = 0; at < m_code.instructions.size(); ++at) {
        const Operation operation = m_code.instructions[at].operation;
        const auto number = static_cast<std::int32_t>(at);
        const Routine* routine = routineAt(number);
        const bool isStop = isVisible(operation) || operation == Operation::CallRoutine
            || operation == Operation::LoadPrivate || operation == Operation::StorePrivate;
        if (routine == nullptr || !isStop || !m_isReached[at])
            continue;
        for (Register one = 0; one < routine->registerCount; ++one)
            if (m_found.before(number, one).kind == Kind::Unknown
                && m_live.isReadDuring(number, one))
                return false;
    }
    return true;
}

/// Whether the arrays that go along are used by places only, and all their elements are alike.
bool RingFlow::areArraysEven()
{
    const auto isUneven = [](const Use& use) { return use.byPlace && use.otherwise; };
    const auto goesAlong = [](const Use& use) { return use.byPlace; };
    if (std::any_of(m_objects.begin(), m_objects.end(), isUneven)
        || std::any_of(m_variables.begin(), m_variables.end(), isUneven))
        return false;
    for (std::size_t i = 0; i < m_objects.size(); ++i) {
        const ObjectDeclaration& object = m_code.objects[i];
        const bool isOpen = object.kind == PrimitiveKind::Queue && !object.maximum;
        if ((goesAlong(m_objects[i]) && isOpen)
            || (object.mutex >= 0 && goesAlong(m_objects[asIndex(object.mutex)])))
            return false;
        m_found.m_objects.push_back(goesAlong(m_objects[i]));
    }
    for (std::size_t i = 0; i < m_variables.size(); ++i) {
        const std::vector<Value>& initial = m_code.shared[i].initial;
        m_found.m_variables.push_back(goesAlong(m_variables[i]));
        const bool isEven = std::all_of(initial.begin(), initial.end(),
            [&initial](const Value& each) { return each == initial.front(); });
        if (goesAlong(m_variables[i]) && !isEven)
            return false;
    }
    return true;
}

std::optional<RingTypes> RingTypes::find(const Code& code, std::int32_t size)
{
    if (size < 2 || !hasThreadsOnly(code) || namesActors(code) || code.options.notifyFirst
        || code.options.totalStoreOrder || usesProcesses(code))
        return std::nullopt;
    return RingFlow(code, size).follow();
}

} // namespace heddle
