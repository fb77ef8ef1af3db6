// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/program/catalogue.h"
#include "engine/model/program/compiler.h"
#include "engine/model/program/interpreter.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace heddle {

/// Carries out one actor of a program alone and writes down every visible operation: what the executors do,
/// without anybody to wait for. An operation on an object that a test has named as busy is not done.
class SingleActor : public EvaluationContext
{
public:
    explicit SingleActor(const Code& code)
        : m_code(code)
        , m_privates(makePrivateStore(code))
    {
        for (const VariableDeclaration& variable : code.shared)
            m_shared.push_back(variable.initial);
    }

    /// Objects whose timed operations run out of time.
    std::vector<std::string> busy;
    std::vector<std::string> log; ///< "lock m", "say hello", "store x 3", …
    std::vector<std::string> exceptions; ///< raised, caught or not
    ActorState state;

    void run(std::int32_t actor = 0, std::vector<Value> arguments = {})
    {
        state = startRoutine(
            m_code, m_code.actors[static_cast<std::size_t>(actor)].routine, std::move(arguments));
        // A bound, so that a wrong loop fails the test and does not hang it.
        for (int step = 0; step < 100'000; ++step) {
            const InvisibleStop stop = runInvisible(m_code, state, *this, 100'000);
            if (stop != InvisibleStop::AtVisible)
                return;
            visible(currentInstruction(m_code, state));
        }
        log.emplace_back("does not end");
    }

    [[nodiscard]] std::string joined() const
    {
        std::string text;
        for (const std::string& line : log)
            text += (text.empty() ? "" : "; ") + line;
        return text;
    }
    [[nodiscard]] std::string raisedNames() const
    {
        std::string text;
        for (const std::string& name : exceptions)
            text += (text.empty() ? "" : " ") + name;
        return text;
    }
    [[nodiscard]] Value shared(std::size_t variable, std::size_t element = 0) const
    {
        return m_shared[variable][element];
    }

    [[nodiscard]] std::int64_t me() const override { return 0; }
    [[nodiscard]] std::string handleName(std::int64_t handle) const override
    {
        return "actor-" + std::to_string(handle);
    }
    [[nodiscard]] std::int64_t now() override { return m_now += 1'000'000; }
    [[nodiscard]] std::int64_t random(std::int64_t low, std::int64_t) override { return low; }
    [[nodiscard]] std::int64_t inside(std::int32_t section) override { return m_inside[section]; }
    [[nodiscard]] PrivateStore& privates() override { return m_privates; }
    [[nodiscard]] Evaluated loadShared(std::int32_t variable, std::int32_t element) override
    {
        return m_shared[static_cast<std::size_t>(variable)][static_cast<std::size_t>(element)];
    }
    [[nodiscard]] Evaluated query(std::int32_t, std::int32_t, std::int32_t, const Value&) override
    {
        return Value::integer(7);
    }
    void enterSection(std::int32_t section, std::uint32_t) override
    {
        ++m_inside[section];
        log.push_back("enter " + m_code.sections[static_cast<std::size_t>(section)]);
    }
    void leaveSection(std::int32_t section, std::uint32_t) override
    {
        --m_inside[section];
        log.push_back("leave " + m_code.sections[static_cast<std::size_t>(section)]);
    }
    void raised(const Value& exception, std::uint32_t) override
    {
        exceptions.push_back(m_code.exceptions[static_cast<std::size_t>(exception.number())]);
    }

private:
    void visible(const Instruction& instruction)
    {
        if (isSharedAccess(instruction.operation))
            return variable(instruction);
        switch (instruction.operation) {
        case Operation::Say:
            log.push_back("say " + registerValue(state, instruction.a).asText());
            return complete(m_code, state);
        case Operation::Assert:
            if (registerValue(state, instruction.a).isTrue())
                return complete(m_code, state);
            return failAssertion(m_code, state, *this, "assertion");
        case Operation::AwaitUntil: {
            const Evaluated value = evaluateCondition(m_code, state, *this);
            log.push_back("await " + value.value.toText());
            return value.value.isTrue() ? complete(m_code, state) : giveUp(m_code, state, *this);
        }
        default:
            return object(instruction);
        }
    }

    void variable(const Instruction& instruction)
    {
        const VariableDeclaration& declaration =
            m_code.shared[static_cast<std::size_t>(instruction.target)];
        ElementIndex found = currentElement(m_code, state, declaration.count, 0, declaration.name);
        if (found.problem.isRaised())
            return raise(m_code, state, *this, found.problem.exception, found.problem.text);
        Value& place = m_shared[static_cast<std::size_t>(instruction.target)]
                               [static_cast<std::size_t>(found.element)];
        Evaluated next = place;
        if (instruction.operation == Operation::LoadShared) {
            log.push_back("read " + declaration.name);
            return complete(m_code, state, place);
        }
        if (instruction.operation == Operation::StoreShared)
            next = registerValue(state, instruction.a);
        else if (instruction.operation == Operation::StoreSharedElement)
            next = replaceElement(
                place, registerValue(state, instruction.b), registerValue(state, instruction.a));
        else
            next = applyBinary(Operation::Add, place, registerValue(state, instruction.a));
        Evaluated check = next.isRaised() ? next : checkStore(declaration, next.value);
        if (check.isRaised())
            return raise(m_code, state, *this, check.exception, check.text);
        place = next.value;
        log.push_back("store " + declaration.name + " " + place.toText());
        complete(m_code, state);
    }

    void object(const Instruction& instruction)
    {
        std::string name;
        if (instruction.target >= 0 && instruction.operation != Operation::StartTimer
            && instruction.operation != Operation::Spawn) {
            const ObjectDeclaration& declaration =
                m_code.objects[static_cast<std::size_t>(instruction.target)];
            ElementIndex found =
                currentElement(m_code, state, declaration.count, 0, declaration.name);
            if (found.problem.isRaised())
                return raise(m_code, state, *this, found.problem.exception, found.problem.text);
            name = m_code.objectName(instruction.target, found.element);
        }
        log.push_back(
            std::string(toText(instruction.operation)) + (name.empty() ? "" : " " + name));
        const bool isBusy = std::find(busy.begin(), busy.end(), name) != busy.end();
        if (instruction.isTimed && isBusy)
            return giveUp(m_code, state, *this);
        if (instruction.operation == Operation::Get && isBusy)
            return raise(m_code, state, *this, "Closed", "closed");
        complete(m_code, state, Value::integer(1));
    }

    const Code& m_code;
    std::vector<std::vector<Value>> m_shared;
    PrivateStore m_privates;
    std::map<std::int32_t, std::int64_t> m_inside;
    std::int64_t m_now = 0;
};

/// The program's diagnostics as "line:column code", one after the other.
inline std::string diagnosticsOf(const CompiledProgram& program)
{
    std::string text;
    for (const Diagnostic& each : program.diagnostics)
        text += (text.empty() ? "" : " ") + std::to_string(each.line) + ":"
            + std::to_string(each.column) + " " + each.code;
    return text;
}

} // namespace heddle
