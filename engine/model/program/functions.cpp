// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/catalogue.h"
#include "engine/model/program/evaluate.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace heddle {

namespace {

struct Call
{
    const Code& code;
    std::span<const Value> arguments;
    EvaluationContext* context;
};

using Builtin = Evaluated (*)(const Call&);

Evaluated badArgument(std::string_view function, const Value& value)
{
    return Evaluated::raise(
        kBadValue, "\"" + std::string(function) + "\" cannot do anything with " + value.toText());
}

/// The arguments, or the items of the only one if it is a list.
std::span<const Value> itemsOrArguments(const Call& call)
{
    if (call.arguments.size() == 1 && call.arguments.front().is(ValueKind::List))
        return call.arguments.front().asList();
    return call.arguments;
}

Evaluated extreme(const Call& call, Operation better)
{
    const std::span<const Value> items = itemsOrArguments(call);
    if (items.empty())
        return Evaluated::raise("Missing", "an empty list has no smallest and no largest item");
    Value best = items.front();
    for (const Value& item : items.subspan(1)) {
        Evaluated isBetter = applyBinary(better, item, best);
        if (isBetter.isRaised())
            return isBetter;
        if (isBetter.value.isTrue())
            best = item;
    }
    return best;
}

Evaluated minimum(const Call& call)
{
    return extreme(call, Operation::Less);
}

Evaluated maximum(const Call& call)
{
    return extreme(call, Operation::Greater);
}

Evaluated sum(const Call& call)
{
    const std::span<const Value> items = itemsOrArguments(call);
    if (items.empty())
        return Value::integer(0);
    Evaluated total = items.front();
    for (const Value& item : items.subspan(1)) {
        total = applyBinary(Operation::Add, total.value, item);
        if (total.isRaised())
            return total;
    }
    return total;
}

Evaluated sorted(const Call& call)
{
    Evaluated items = itemsOf(call.arguments.front());
    if (items.isRaised())
        return items;
    ListValue list = items.value.asList();
    std::sort(list.begin(), list.end());
    return Value::list(std::move(list));
}

Evaluated keys(const Call& call)
{
    return call.arguments.front().is(ValueKind::Table)
        ? itemsOf(call.arguments.front())
        : badArgument("keys", call.arguments.front());
}

Evaluated top(const Call& call)
{
    if (!call.arguments[0].is(ValueKind::Table) || !call.arguments[1].is(ValueKind::Integer))
        return badArgument("top", call.arguments[0]);
    std::vector<std::pair<Value, Value>> rows(
        call.arguments[0].asTable().begin(), call.arguments[0].asTable().end());
    std::stable_sort(rows.begin(), rows.end(),
        [](const auto& left, const auto& right) { return right.second < left.second; });
    ListValue result;
    for (const auto& [key, count] : rows) {
        if (static_cast<std::int64_t>(result.size()) >= call.arguments[1].number())
            break;
        result.push_back(Value::list({key, count}));
    }
    return Value::list(std::move(result));
}

Evaluated upper(const Call& call)
{
    if (!call.arguments.front().is(ValueKind::Text))
        return badArgument("upper", call.arguments.front());
    std::string text = call.arguments.front().asText();
    for (char& character : text)
        if (character >= 'a' && character <= 'z')
            character = static_cast<char>(character - 'a' + 'A');
    return Value::text(std::move(text));
}

Evaluated without(const Call& call)
{
    const Value& whole = call.arguments[0];
    const Value& part = call.arguments[1];
    if (whole.is(ValueKind::List)) {
        ListValue items = whole.asList();
        items.erase(std::remove(items.begin(), items.end(), part), items.end());
        return Value::list(std::move(items));
    }
    if (!whole.is(ValueKind::Text) || !part.is(ValueKind::Text))
        return badArgument("without", whole);
    std::string text = whole.asText();
    const std::string& removed = part.asText();
    for (std::size_t at = 0;
         !removed.empty() && (at = text.find(removed, at)) != std::string::npos;)
        text.erase(at, removed.size());
    return Value::text(std::move(text));
}

Evaluated number(const Call& call)
{
    const Value& value = call.arguments.front();
    const bool isNumber = value.is(ValueKind::Signal) || value.is(ValueKind::Integer)
        || value.is(ValueKind::Boolean) || value.is(ValueKind::Duration)
        || value.is(ValueKind::Size);
    if (isNumber)
        return Value::integer(value.number());
    if (!value.is(ValueKind::Text))
        return badArgument("number", value);
    const std::string& text = value.asText();
    std::int64_t result = 0;
    const auto [rest, failure] = std::from_chars(text.data(), text.data() + text.size(), result);
    if (failure != std::errc() || rest != text.data() + text.size())
        return Evaluated::raise(kBadValue, quotedText(text) + " is not a number");
    return Value::integer(result);
}

Evaluated length(const Call& call)
{
    const Value& value = call.arguments.front();
    if (value.is(ValueKind::Table))
        return Value::integer(static_cast<std::int64_t>(value.asTable().size()));
    Evaluated items = itemsOf(value);
    return items.isRaised()
        ? std::move(items)
        : Value::integer(static_cast<std::int64_t>(items.value.asList().size()));
}

Evaluated empty(const Call& call)
{
    Evaluated count = length(call);
    return count.isRaised() ? std::move(count) : Value::boolean(count.value.number() == 0);
}

/// A value of its own is never full: its bound belongs to the variable that it is stored in.
Evaluated full(const Call& call)
{
    Evaluated count = length(call);
    return count.isRaised()
        ? std::move(count)
        : Value::boolean(static_cast<std::size_t>(count.value.number()) >= kMaximumItems);
}

Evaluated needsRun(std::string_view function)
{
    return Evaluated::raise(
        kBadValue, "\"" + std::string(function) + "\" is known only while the program runs");
}

Evaluated random(const Call& call)
{
    const Value& low = call.arguments[0];
    const Value& high = call.arguments[1];
    if (low.kind() != high.kind() || (!low.is(ValueKind::Integer) && !low.is(ValueKind::Duration)))
        return badArgument("random", high);
    if (high.number() < low.number())
        return Evaluated::raise(kBadValue, "random needs a low and a high end, in this order");
    if (call.context == nullptr)
        return needsRun("random");
    const std::int64_t drawn = call.context->random(low.number(), high.number());
    return low.is(ValueKind::Duration) ? Value::duration(drawn) : Value::integer(drawn);
}

Evaluated now(const Call& call)
{
    return call.context == nullptr ? needsRun("now") : Value::duration(call.context->now());
}

Evaluated me(const Call& call)
{
    return call.context == nullptr ? needsRun("me") : Value::handle(call.context->me());
}

Evaluated inside(const Call& call)
{
    const Value& text = call.arguments.front();
    if (!text.is(ValueKind::Text))
        return badArgument("inside", text);
    if (call.context == nullptr)
        return needsRun("inside");
    const auto section =
        std::find(call.code.sections.begin(), call.code.sections.end(), text.asText());
    if (section == call.code.sections.end())
        return Value::integer(0);
    return Value::integer(
        call.context->inside(static_cast<std::int32_t>(section - call.code.sections.begin())));
}

Evaluated name(const Call& call)
{
    const Value& handle = call.arguments.front();
    if (!handle.is(ValueKind::Handle))
        return badArgument("name", handle);
    return call.context == nullptr ? needsRun("name")
                                   : Value::text(call.context->handleName(handle.number()));
}

Evaluated allSignals(const Call&)
{
    ListValue all;
    for (int number = 1; number < SIGRTMIN; ++number)
        if (::sigabbrev_np(number) != nullptr)
            all.push_back(Value::signal(number));
    all.push_back(Value::signal(SIGRTMIN));
    all.push_back(Value::signal(SIGRTMAX));
    return Value::list(std::move(all));
}

Evaluated environment(const Call& call)
{
    const Value& variable = call.arguments.front();
    if (!variable.is(ValueKind::Text))
        return badArgument("env", variable);
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing of the engine changes the environment.
    const char* value = std::getenv(variable.asText().c_str());
    return value == nullptr ? Value::none() : Value::text(value);
}

struct BuiltinRow
{
    std::string_view name;
    Builtin call;
};

constexpr std::array kBuiltins = {
    BuiltinRow{"min", minimum},
    BuiltinRow{"max", maximum},
    BuiltinRow{"sum", sum},
    BuiltinRow{"sorted", sorted},
    BuiltinRow{"keys", keys},
    BuiltinRow{"top", top},
    BuiltinRow{"upper", upper},
    BuiltinRow{"without", without},
    BuiltinRow{"number", number},
    BuiltinRow{"len", length},
    BuiltinRow{"empty", empty},
    BuiltinRow{"full", full},
    BuiltinRow{"random", random},
    BuiltinRow{"now", now},
    BuiltinRow{"me", me},
    BuiltinRow{"inside", inside},
    BuiltinRow{"name", name},
    BuiltinRow{"signals", allSignals},
    BuiltinRow{"env", environment},
};

/// The implementation of each row of functionRows(), null for those that only objects answer.
std::vector<Builtin> builtinsByRow()
{
    std::vector<Builtin> builtins;
    for (const FunctionRow& row : functionRows()) {
        const auto found = std::find_if(kBuiltins.begin(), kBuiltins.end(),
            [&row](const BuiltinRow& each) { return each.name == row.name; });
        builtins.push_back(found == kBuiltins.end() ? nullptr : found->call);
    }
    return builtins;
}

Builtin builtinOf(std::int32_t function)
{
    static const std::vector<Builtin> builtins = builtinsByRow();
    return builtins[static_cast<std::size_t>(function)];
}

} // namespace

bool isComputable(std::int32_t function)
{
    return builtinOf(function) != nullptr;
}

Evaluated callFunction(const Code& code, std::int32_t function, std::span<const Value> arguments,
    EvaluationContext* context)
{
    const FunctionRow& row = functionRows()[static_cast<std::size_t>(function)];
    const Builtin builtin = builtinOf(function);
    const auto count = static_cast<int>(arguments.size());
    if (builtin == nullptr || count < row.minimumArguments || count > row.maximumArguments)
        return Evaluated::raise(
            kBadValue, "\"" + std::string(row.name) + "\" cannot be used in this way");
    for (const Value& argument : arguments)
        if (argument.is(ValueKind::Unset))
            return Evaluated::raise("Missing", "a value is used that is not set yet");
    return builtin(Call{code, arguments, context});
}

std::string displayText(const Value& value, const EvaluationContext* context)
{
    if (context == nullptr)
        return value.toText();
    return value.toText([context](std::int64_t handle) { return context->handleName(handle); });
}

} // namespace heddle
