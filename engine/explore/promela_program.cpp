// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/promela_program.h"

#include "engine/explore/state_layout.h"
#include "engine/model/program/catalogue.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace heddle {

namespace {

constexpr std::int32_t kSpareActors = 8; // as many as the machine has room for

// Words of Promela, of C (pan.c is compiled) and names that every model declares itself.
constexpr std::array kReservedNames = {"active", "assert", "atomic", "auto", "bit", "bool", "break",
    "byte", "c_code", "c_decl", "c_expr", "c_state", "c_track", "case", "chan", "char", "const",
    "continue", "d_step", "default", "do", "double", "else", "empty", "enabled", "end", "enum",
    "eval", "extern", "extra", "extras", "false", "fi", "float", "for", "full", "get_priority",
    "goto", "hidden", "if", "init", "inline", "int", "len", "local", "long", "ltl", "main", "me",
    "mtype", "nempty", "never", "nfull", "notrace", "now", "np_", "od", "of", "pc_value", "phase",
    "pid", "place", "printf", "printm", "priority", "proctype", "progress", "provided", "register",
    "return", "run", "running", "select", "set_priority", "short", "show", "signed", "sizeof",
    "skip", "spawned", "static", "status", "struct", "switch", "timeout", "trace", "true",
    "typedef", "union", "unless", "unsigned", "until", "void", "volatile", "watch", "while", "xr",
    "xs", "always", "eventually", "implies", "equivalent", "next", "stronguntil", "weakuntil",
    "exited"};

bool isWordCharacter(char character)
{
    return std::isalnum(static_cast<unsigned char>(character)) != 0 || character == '_';
}

bool isQuery(const Instruction& instruction, std::string_view name)
{
    return instruction.operation == Operation::Function
        && functionRows()[static_cast<std::size_t>(instruction.target)].name == name;
}

} // namespace

std::string text(PromelaPhase phase)
{
    return std::to_string(static_cast<int>(phase));
}

PromelaProgram::PromelaProgram(const Code& code, PromelaPurpose purpose)
    : m_code(code)
    , m_purpose(purpose)
    , m_taken(kReservedNames.begin(), kReservedNames.end())
    , m_actorRoom(code.declaredInstanceCount() + (uses(Operation::Spawn) ? kSpareActors : 0))
{
    for (const ObjectDeclaration& object : code.objects)
        m_objects.push_back(uniqueName(object.name));
    for (const VariableDeclaration& variable : code.shared)
        m_variables.push_back(uniqueName(variable.name));
    for (const ActorDeclaration& actor : code.actors) {
        m_started.push_back(actor.isMain || actor.startsByItself);
        m_parameters.emplace_back(static_cast<std::size_t>(actor.parameterCount));
        m_timesLearnt.emplace_back(static_cast<std::size_t>(actor.parameterCount), 0);
    }
    for (const Routine& routine : code.routines)
        for (std::int32_t at = routine.entry; at < routine.end; ++at)
            m_asksInside =
                m_asksInside || isQuery(code.instructions[static_cast<std::size_t>(at)], "inside");
    checkDeclarations();
}

void PromelaProgram::checkDeclarations()
{
    if (m_code.options.idealTime || m_code.options.fairLocks || m_code.options.totalStoreOrder)
        refuse(0U, "an option other than notify and spurious");
    if (usesProcesses(m_code))
        refuse(0U, "a process, a pipe, a command or a signal");
    for (const ActorDeclaration& actor : m_code.actors)
        if (actor.kind != ActorKind::Thread)
            refuse(actor.line, "an actor that is no thread");
    for (const ObjectDeclaration& object : m_code.objects)
        if (object.kind == PrimitiveKind::Queue
            && (object.order != 'f' || !object.maximum || *object.maximum < 1))
            refuse(object.line,
                "a queue without a bound or with another order than first in first out");
    for (const VariableDeclaration& variable : m_code.shared)
        if (variable.kind != ValueKind::Integer && variable.kind != ValueKind::Boolean)
            refuse(variable.line, "a shared variable of another kind than int or bool");
    for (const VariableDeclaration& variable : m_code.privates)
        if (variable.isArray || variable.initializer >= 0)
            refuse(variable.line, "a private array, or a private variable with \"init\"");
}

std::string PromelaProgram::uniqueName(std::string_view wanted)
{
    std::string legal;
    for (const char character : wanted)
        legal += isWordCharacter(character) ? character : '_';
    if (legal.empty() || std::isdigit(static_cast<unsigned char>(legal.front())) != 0
        || legal.front() == '_')
        legal.insert(0, "n");
    std::string name = legal;
    for (int number = 2; m_taken.count(name) > 0; ++number)
        name = legal + "_" + std::to_string(number);
    m_taken.insert(name);
    return name;
}

const std::string& PromelaProgram::object(std::int32_t declaration) const
{
    return m_objects[static_cast<std::size_t>(declaration)];
}

const std::string& PromelaProgram::variable(std::int32_t shared) const
{
    return m_variables[static_cast<std::size_t>(shared)];
}

std::string PromelaProgram::inside(std::int32_t section) const
{
    return "inside_" + std::to_string(section);
}

bool PromelaProgram::uses(Operation operation) const
{
    return std::any_of(m_code.instructions.begin(), m_code.instructions.end(),
        [operation](const Instruction& each) { return each.operation == operation; });
}

bool PromelaProgram::usesOn(Operation operation, std::int32_t declaration) const
{
    return std::any_of(m_code.instructions.begin(), m_code.instructions.end(),
        [operation, declaration](const Instruction& each) {
            return each.operation == operation && each.target == declaration;
        });
}

bool PromelaProgram::usesPhases() const
{
    return std::any_of(m_code.objects.begin(), m_code.objects.end(), [](const auto& object) {
        return object.kind == PrimitiveKind::Condition || object.kind == PrimitiveKind::Barrier;
    });
}

bool PromelaProgram::canBeUnset(std::int32_t shared) const
{
    const auto& initial = m_code.shared[static_cast<std::size_t>(shared)].initial;
    return std::any_of(initial.begin(), initial.end(),
        [](const Value& value) { return value.is(ValueKind::Unset); });
}

bool PromelaProgram::hasSpareActors() const
{
    return m_actorRoom > m_code.declaredInstanceCount();
}

bool PromelaProgram::endsEarly() const
{
    return uses(Operation::Exit)
        || std::any_of(m_code.actors.begin(), m_code.actors.end(),
            [](const ActorDeclaration& actor) { return actor.isDaemon; });
}

bool PromelaProgram::isStarted(std::int32_t actor) const
{
    return m_started[static_cast<std::size_t>(actor)];
}

void PromelaProgram::noteStarted(std::int32_t actor)
{
    if (!isStarted(actor))
        ++m_lessons;
    m_started[static_cast<std::size_t>(actor)] = true;
}

const KnownValue& PromelaProgram::parameter(std::int32_t actor, std::size_t number) const
{
    return m_parameters[static_cast<std::size_t>(actor)][number];
}

void PromelaProgram::learnParameter(std::int32_t actor, std::size_t number, const KnownValue& known)
{
    constexpr int kPatience = 4;
    KnownValue& before = m_parameters[static_cast<std::size_t>(actor)][number];
    int& times = m_timesLearnt[static_cast<std::size_t>(actor)][number];
    const KnownValue after = times == 0 ? known : joined(before, known, times > kPatience);
    if (times > 0 && after == before)
        return;
    before = after;
    ++times;
    ++m_lessons;
}

void PromelaProgram::refuse(const Instruction& instruction, std::string_view what)
{
    refuse(instruction.line, what);
}

void PromelaProgram::refuse(std::uint32_t line, std::string_view what)
{
    if (m_problem)
        return;
    const std::string place = line > 0 ? "line " + std::to_string(line) + ": " : std::string();
    m_problem = Error{ErrorKind::NotSupported, 0, "toPromela",
        place + std::string(what) + " cannot be written in Promela"};
}

bool mentions(std::string_view expression, std::string_view identifier)
{
    for (std::size_t at = expression.find(identifier); at != std::string_view::npos;
         at = expression.find(identifier, at + 1)) {
        const std::size_t end = at + identifier.size();
        const bool begins = at == 0 || !isWordCharacter(expression[at - 1]);
        if (begins && (end == expression.size() || !isWordCharacter(expression[end])))
            return true;
    }
    return false;
}

} // namespace heddle
