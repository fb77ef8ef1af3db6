// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/code.h"

#include "engine/model/program/operation_table.h"

#include <algorithm>
#include <array>

namespace heddle {

namespace {

struct OperationRow
{
    Operation operation;
    const char* name;
};

// In the order of the enumeration, which the assertion below holds.
constexpr std::array kOperations = {
    OperationRow{Operation::Constant, "constant"},
    OperationRow{Operation::Copy, "copy"},
    OperationRow{Operation::Negate, "negate"},
    OperationRow{Operation::Not, "not"},
    OperationRow{Operation::Add, "add"},
    OperationRow{Operation::Subtract, "subtract"},
    OperationRow{Operation::Multiply, "multiply"},
    OperationRow{Operation::Divide, "divide"},
    OperationRow{Operation::Remainder, "remainder"},
    OperationRow{Operation::Equal, "equal"},
    OperationRow{Operation::NotEqual, "not-equal"},
    OperationRow{Operation::Less, "less"},
    OperationRow{Operation::LessEqual, "less-equal"},
    OperationRow{Operation::Greater, "greater"},
    OperationRow{Operation::GreaterEqual, "greater-equal"},
    OperationRow{Operation::Contains, "contains"},
    OperationRow{Operation::InRange, "in-range"},
    OperationRow{Operation::MakeList, "make-list"},
    OperationRow{Operation::MakeTable, "make-table"},
    OperationRow{Operation::Element, "element"},
    OperationRow{Operation::ReplaceElement, "replace-element"},
    OperationRow{Operation::ListOf, "list-of"},
    OperationRow{Operation::FormatText, "format-text"},
    OperationRow{Operation::Function, "function"},
    OperationRow{Operation::Jump, "jump"},
    OperationRow{Operation::JumpIfFalse, "jump-if-false"},
    OperationRow{Operation::JumpIfTrue, "jump-if-true"},
    OperationRow{Operation::LoadPrivate, "load-private"},
    OperationRow{Operation::StorePrivate, "store-private"},
    OperationRow{Operation::EnterSection, "enter-section"},
    OperationRow{Operation::LeaveSection, "leave-section"},
    OperationRow{Operation::CallRoutine, "call-routine"},
    OperationRow{Operation::Return, "return"},
    OperationRow{Operation::Raise, "raise"},
    OperationRow{Operation::Reraise, "reraise"},
    OperationRow{Operation::EndPredicate, "end-predicate"},
    OperationRow{Operation::ActorHandle, "actor-handle"},
    OperationRow{Operation::MyHandle, "my-handle"},
    OperationRow{Operation::LoadShared, "load-shared"},
    OperationRow{Operation::StoreShared, "store-shared"},
    OperationRow{Operation::StoreSharedElement, "store-shared-element"},
    OperationRow{Operation::AddShared, "add-shared"},
    OperationRow{Operation::ExchangeShared, "exchange-shared"},
    OperationRow{Operation::FetchAddShared, "fetch-add-shared"},
    OperationRow{Operation::CompareExchangeShared, "compare-exchange-shared"},
    OperationRow{Operation::Query, "query"},
    OperationRow{Operation::Lock, "lock"},
    OperationRow{Operation::Unlock, "unlock"},
    OperationRow{Operation::Acquire, "acquire"},
    OperationRow{Operation::Release, "release"},
    OperationRow{Operation::Wait, "wait"},
    OperationRow{Operation::WaitCondition, "wait-condition"},
    OperationRow{Operation::Notify, "notify"},
    OperationRow{Operation::Set, "set"},
    OperationRow{Operation::Clear, "clear"},
    OperationRow{Operation::Arrive, "arrive"},
    OperationRow{Operation::Abort, "abort"},
    OperationRow{Operation::Finish, "finish"},
    OperationRow{Operation::AwaitUntil, "await-until"},
    OperationRow{Operation::Put, "put"},
    OperationRow{Operation::Get, "get"},
    OperationRow{Operation::Close, "close"},
    OperationRow{Operation::Spawn, "spawn"},
    OperationRow{Operation::Join, "join"},
    OperationRow{Operation::JoinAll, "join-all"},
    OperationRow{Operation::Cancel, "cancel"},
    OperationRow{Operation::Compute, "compute"},
    OperationRow{Operation::Sleep, "sleep"},
    OperationRow{Operation::Yield, "yield"},
    OperationRow{Operation::Say, "say"},
    OperationRow{Operation::Progress, "progress"},
    OperationRow{Operation::Assert, "assert"},
    OperationRow{Operation::Choose, "choose"},
    OperationRow{Operation::BeginAtomic, "begin-atomic"},
    OperationRow{Operation::EndAtomic, "end-atomic"},
    OperationRow{Operation::StartTimer, "start-timer"},
    OperationRow{Operation::End, "end"},
    OperationRow{Operation::Exit, "exit"},
    OperationRow{Operation::Read, "read"},
    OperationRow{Operation::Write, "write"},
    OperationRow{Operation::Communicate, "communicate"},
    OperationRow{Operation::StartCommand, "start-command"},
    OperationRow{Operation::Send, "send"},
    OperationRow{Operation::SetHandler, "set-handler"},
    OperationRow{Operation::Alarm, "alarm"},
    OperationRow{Operation::Pause, "pause"},
    OperationRow{Operation::AwaitSignal, "await-signal"},
};

constexpr bool rowsAreInOrder()
{
    for (std::size_t i = 0; i < kOperations.size(); ++i)
        if (static_cast<std::size_t>(kOperations[i].operation) != i)
            return false;
    return kOperations.size() == kLastOperation + 1;
}
static_assert(rowsAreInOrder(), "each operation has its name");

std::string withElement(
    const std::string& name, bool isArray, std::int64_t low, std::int32_t element)
{
    return isArray ? name + "[" + std::to_string(low + element) + "]" : name;
}

} // namespace

bool isVisible(Operation operation)
{
    return static_cast<std::size_t>(operation) >= kFirstVisible;
}

const char* toText(Operation operation)
{
    return kOperations[static_cast<std::size_t>(operation)].name;
}

const ActorDeclaration* Code::main() const
{
    return !actors.empty() && actors.front().isMain ? &actors.front() : nullptr;
}

std::string_view Code::handleNameOf(std::int32_t instruction) const
{
    const auto found = std::find_if(handleNames.begin(), handleNames.end(),
        [instruction](const HandleName& each) { return each.instruction == instruction; });
    return found == handleNames.end() ? std::string_view() : std::string_view(found->name);
}

bool Code::hasProcesses() const
{
    return std::any_of(actors.begin(), actors.end(),
        [](const ActorDeclaration& actor) { return actor.kind == ActorKind::Process; });
}

std::int32_t Code::objectCount() const
{
    return objects.empty() ? 0 : objects.back().first + objects.back().count;
}

std::int32_t Code::declaredInstanceCount() const
{
    return actors.empty() ? 0 : actors.back().first + actors.back().count;
}

std::string Code::objectName(std::int32_t declaration, std::int32_t element) const
{
    const ObjectDeclaration& object = objects[static_cast<std::size_t>(declaration)];
    return withElement(object.name, object.isArray, 0, element);
}

std::string Code::instanceName(std::int32_t declaration, std::int32_t element) const
{
    const ActorDeclaration& actor = actors[static_cast<std::size_t>(declaration)];
    return withElement(actor.name, actor.isArray, actor.low, element);
}

std::int32_t findException(const Code& code, std::string_view name)
{
    const auto found = std::find(code.exceptions.begin(), code.exceptions.end(), name);
    return found == code.exceptions.end()
        ? -1
        : static_cast<std::int32_t>(found - code.exceptions.begin());
}

} // namespace heddle
