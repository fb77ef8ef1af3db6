// SPDX-License-Identifier: Apache-2.0
#include "engine/run/shared_variable.h"

#include "engine/model/program/refusals.h"
#include "engine/run/byte_stream.h"

namespace heddle {

namespace {

bool fitsInNumber(const Value& value, ValueKind kind)
{
    return value.is(kind) || value.is(ValueKind::Unset);
}

Evaluated missing(const VariableDeclaration& declaration)
{
    return Evaluated::raise("Missing", variableIsUnset(declaration.name));
}

Evaluated tooLong(const VariableDeclaration& declaration)
{
    return Evaluated::raise("NoResources",
        "\"" + declaration.name + "\" has no room for so long a value between processes.");
}

} // namespace

std::unique_ptr<SharedVariable> SharedVariable::create(
    const VariableDeclaration& declaration, const Value& initial)
{
    if (isNumber(declaration, initial))
        return std::make_unique<SharedNumber>(declaration, initial);
    return std::make_unique<SharedValue>(declaration, initial);
}

bool SharedVariable::isNumber(const VariableDeclaration& declaration, const Value& initial)
{
    return isNumberKind(declaration.kind) && fitsInNumber(initial, declaration.kind);
}

Evaluated SharedVariable::load() const
{
    Value value = read();
    if (value.is(ValueKind::Unset))
        return missing(m_declaration);
    return value;
}

Evaluated SharedVariable::store(const Value& value)
{
    Evaluated checked = checkStore(m_declaration, value);
    if (checked.isRaised())
        return checked;
    if (!fits(value))
        return tooLong(m_declaration);
    write(value);
    return Value::none();
}

Evaluated SharedVariable::update(const std::function<Evaluated(const Value&)>& compute)
{
    return replace([&](const Value& old) -> Evaluated {
        if (old.is(ValueKind::Unset))
            return missing(m_declaration);
        Evaluated computed = compute(old);
        if (computed.isRaised())
            return computed;
        Evaluated checked = checkStore(m_declaration, computed.value);
        if (checked.isRaised())
            return checked;
        return fits(computed.value) ? computed : tooLong(m_declaration);
    });
}

SharedNumber::SharedNumber(const VariableDeclaration& declaration, const Value& initial)
    : SharedVariable(declaration)
    , m_number(initial.is(ValueKind::Unset) ? 0 : initial.number())
    , m_isUnset(initial.is(ValueKind::Unset))
{
}

Value SharedNumber::valueOf(std::int64_t number) const
{
    return numberValue(declaration().kind, number);
}

Value SharedNumber::read() const
{
    if (m_isUnset.load())
        return Value::unset();
    return valueOf(m_number.load());
}

void SharedNumber::write(const Value& value)
{
    m_number.store(value.number());
    m_isUnset.store(false);
}

Evaluated SharedNumber::replace(const std::function<Evaluated(const Value&)>& compute)
{
    std::int64_t old = m_number.load();
    for (;;) {
        const Value before = m_isUnset.load() ? Value::unset() : valueOf(old);
        Evaluated computed = compute(before);
        if (computed.isRaised())
            return computed;
        if (m_number.compare_exchange_weak(old, computed.value.number()))
            return before;
    }
}

SharedValue::SharedValue(const VariableDeclaration& declaration, const Value& initial)
    : SharedVariable(declaration)
    , m_value(initial)
{
}

Value SharedValue::read() const
{
    const InternalLock lock(m_mutex);
    return m_value;
}

void SharedValue::write(const Value& value)
{
    const InternalLock lock(m_mutex);
    m_value = value;
}

Evaluated SharedValue::replace(const std::function<Evaluated(const Value&)>& compute)
{
    const InternalLock lock(m_mutex);
    Evaluated computed = compute(m_value);
    if (computed.isRaised())
        return computed;
    Value before = m_value;
    m_value = std::move(computed.value);
    return before;
}

} // namespace heddle
