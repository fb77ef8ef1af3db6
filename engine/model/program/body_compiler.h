// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/code_builder.h"
#include "engine/model/program/reporter.h"
#include "engine/model/program/symbols.h"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace heddle {

/// What becomes a routine of its own: the block of an `after` or an `on`, the `model` of a command.
struct LaterBlock
{
    enum class Kind
    {
        Timer,
        Handler,
        Contract
    };
    Kind kind = Kind::Timer;
    NodeIndex node = kNoNode; ///< the block; of a Contract the `start` line
    std::int32_t routine = 0;
    std::vector<std::string> captured; ///< names of what it gets in registers 0, 1, …: copies of
        ///< locals, or the signal
};

/// Compiles one body (of an actor, a def, a timer's block) or one expression into instructions.
///
/// The tree has been checked: names exist and go together with what is done to them.
///
/// Threads: one thread at a time.
class BodyCompiler
{
public:
    BodyCompiler(const Symbols& symbols, CodeBuilder& builder, Reporter& reporter,
        std::vector<LaterBlock>& later);

    /// The routine's parameters have values from the start, unless they are the copies that a timer gets.
    enum class Parameters
    {
        AreSet,
        MayBeUnset
    };
    void compileRoutine(std::int32_t routine, NodeIndex body,
        const std::vector<std::string>& parameters, Parameters use);

    /// The `on` lines that the body begins with are put into `heads`, not compiled: they hold before
    /// the first step. Call before compileRoutine.
    void takeHeadsInto(std::vector<HandlerDeclaration>& heads) { m_heads = &heads; }

    /// The routine is that of an actor, whose end is a step. Call before compileRoutine.
    void endWithStep() { m_endsWithStep = true; }

    /// What an `on` line asks for; its block becomes a routine.
    [[nodiscard]] HandlerDeclaration handler(NodeIndex node);

    /// `final` and `invariant`: an expression with registers of its own.
    [[nodiscard]] Fragment compileFragment(NodeIndex expression);

private:
    /// Where something is delivered: a local, a shared or a private variable, or an item in one of them.
    struct Place
    {
        enum class Kind
        {
            Local,
            Shared,
            Private
        };
        Kind kind = Kind::Local;
        std::int32_t declaration = -1;
        Register local = kNoRegister;
        Register element = kNoRegister; ///< of an array
        std::vector<Register> keys; ///< into lists and tables, outermost first
    };

    /// A way out of blocks: a jump that leaves the clean-ups of all scopes between done.
    struct Exit
    {
        enum class Kind
        {
            Break,
            Continue,
            Return
        };
        Kind kind = Kind::Return;
        std::size_t loop = 0; ///< number of the scope that is broken or continued
        Register value = kNoRegister; ///< returned
        friend bool operator==(const Exit&, const Exit&) = default;
    };

    /// A block that exits, or exceptions, pass.
    struct Scope
    {
        enum class Kind
        {
            Loop,
            Cleanup,
            Finally,
            Catch
        };
        Kind kind = Kind::Loop;
        Label breakTo;
        Label continueTo;
        std::function<void()> cleanup; ///< of a Cleanup
        Label finallyBlock;
        Register way = kNoRegister; ///< of a Finally: where it goes on afterwards, see leaveThrough
        std::vector<Exit> exits;
        std::int32_t openFrom = 0;
        std::vector<std::pair<std::int32_t, std::int32_t>>
            ranges; ///< instructions whose exceptions it sees
    };

    /// A `try` in a condition, while its operation is compiled.
    struct Attempt
    {
        Register limit = kNoRegister;
        Label* otherwise = nullptr;
    };

    using Statement = void (BodyCompiler::*)(NodeIndex);
    [[nodiscard]] static const std::map<Rule, Statement>& statements();

    // Registers and instructions.
    [[nodiscard]] Register temporaries(std::int32_t count);
    [[nodiscard]] Register temporary() { return temporaries(1); }
    [[nodiscard]] Register resultRegister(Register wanted)
    {
        return wanted == kNoRegister ? temporary() : wanted;
    }
    Register emitOperation(Operation operation, Register a, Register b, Register wanted);
    Register emitConstant(const Value& value, Register wanted);
    void emitTimed(Instruction instruction, NodeIndex statement);
    Register stable(Register number);
    [[nodiscard]] Register limitOf(NodeIndex statement);
    void cannotCompile(NodeIndex node);

    // Expressions (body_expressions.cpp).
    Register expression(NodeIndex node, Register wanted = kNoRegister);
    Register value(NodeIndex node, Register wanted = kNoRegister);
    Register literal(NodeIndex node, Register wanted);
    Register formattedText(NodeIndex node, Register wanted);
    Register reference(NodeIndex node, Register wanted);
    Register bareName(NodeIndex node, Register wanted);
    Register unary(NodeIndex node, Register wanted);
    Register binary(NodeIndex node, Register wanted);
    Register logical(NodeIndex node, Register wanted);
    Register isInSet(NodeIndex node, Register wanted);
    Register collection(NodeIndex node, Register wanted);
    Register functionCall(NodeIndex node, Register wanted);
    Register query(std::int32_t function, NodeIndex argument, Register wanted);
    Register exchange(NodeIndex node, Register wanted);
    Register actorHandle(NodeIndex node, const Symbol& symbol, Register wanted);
    Register consecutive(const std::vector<NodeIndex>& nodes);
    Register call(std::string_view function, Register wanted);

    // Places (body_places.cpp).
    [[nodiscard]] Place place(NodeIndex reference);
    Register load(const Place& place, Register wanted);
    void store(const Place& place, Register value);
    void storeContainer(const Place& place, Register value);
    Register loadContainer(const Place& place, Register wanted);
    [[nodiscard]] Register arrayElement(NodeIndex reference, bool isArray);
    [[nodiscard]] Instruction objectInstruction(Operation operation, NodeIndex reference);
    void local(NodeIndex node);
    void assign(NodeIndex node);
    bool addAtomically(NodeIndex node, const Place& target, char mode);

    /// Emits what delivers a value into a statement's Into child, if it has one.
    void deliver(NodeIndex into, const std::function<void(Register)>& emitInto);

    // Statements that synchronise or communicate (body_sync.cpp).
    void lock(NodeIndex node);
    void unlock(NodeIndex node);
    void acquire(NodeIndex node);
    void release(NodeIndex node);
    void wait(NodeIndex node);
    void waitUntil(NodeIndex node, const Instruction& instruction);
    void notify(NodeIndex node);
    void set(NodeIndex node);
    void clear(NodeIndex node);
    void arrive(NodeIndex node);
    void abort(NodeIndex node);
    void finish(NodeIndex node);
    void awaitUntil(NodeIndex node);
    void put(NodeIndex node);
    void get(NodeIndex node);
    void close(NodeIndex node);
    void amount(Operation operation, NodeIndex node);

    // Processes, streams and signals (body_processes.cpp).
    [[nodiscard]] Instruction streamInstruction(
        Operation operation, NodeIndex statement, NodeIndex target);
    [[nodiscard]] SignalBits signalsOf(NodeIndex node) const;
    std::int32_t addLater(LaterBlock block, std::string name);
    void read(NodeIndex node);
    void write(NodeIndex node);
    void communicate(NodeIndex node);
    void startCommand(NodeIndex node);
    [[nodiscard]] Wiring wiring(NodeIndex node);
    void wiringEnd(NodeIndex end, Wiring& wiring);
    void sendSignal(NodeIndex node);
    void setHandler(NodeIndex node);
    void alarm(NodeIndex node);
    void pause(NodeIndex node);
    void awaitSignal(NodeIndex node);
    void forStream(NodeIndex node, NodeIndex source);

    // Life, time, output, checks (body_actions.cpp).
    void spawn(NodeIndex node);
    void rememberHandle(NodeIndex into, std::int32_t spawn);
    void join(NodeIndex node);
    void joinElements(NodeIndex node, const Symbol& actor);
    void cancel(NodeIndex node);
    void callDefinition(NodeIndex node);
    void exitProgram(NodeIndex node);
    void compute(NodeIndex node);
    void sleep(NodeIndex node);
    void yield(NodeIndex node);
    void progress(NodeIndex node);
    void pass(NodeIndex node);
    void say(NodeIndex node);
    [[nodiscard]] Register joinedText(const std::vector<NodeIndex>& arguments);
    void assertTrue(NodeIndex node);
    void choose(NodeIndex node);
    void after(NodeIndex node);
    [[nodiscard]] std::vector<std::string> mentionedLocals(NodeIndex body) const;

    // Control (body_control.cpp).
    void statement(NodeIndex node);
    void block(NodeIndex node);
    void branch(NodeIndex node);
    void condition(NodeIndex node, Label& otherwise);
    void attempt(NodeIndex node, Label& otherwise);
    void ifElse(NodeIndex node);
    void whileLoop(NodeIndex node);
    void foreverLoop(NodeIndex node);
    void repeat(NodeIndex node);
    void forLoop(NodeIndex node);
    void forRange(NodeIndex node, NodeIndex range);
    void forQueue(NodeIndex node, NodeIndex source);
    void forItems(NodeIndex node, NodeIndex source);
    void countedLoop(
        NodeIndex node, Register low, Register high, const std::function<void(Register)>& each);
    void assignLoopVariable(NodeIndex node, Register value);
    void loopBody(NodeIndex body);
    void breakLoop(NodeIndex node);
    void continueLoop(NodeIndex node);

    // Exceptions and clean-up (body_cleanup.cpp).
    void with(NodeIndex node);
    void withAtomic(NodeIndex node);
    void section(NodeIndex node);
    void guarded(NodeIndex body, const std::function<void()>& cleanup);
    void tryStatement(NodeIndex node);
    void catching(NodeIndex node);
    void exceptBranch(NodeIndex node, const Scope& scope, Label& end);
    void finishFinally(NodeIndex node, Scope scope);
    void returnStatement(NodeIndex node);
    void raise(NodeIndex node);
    void leaveThrough(const Exit& exit);
    void goOut(const Exit& exit);
    void finishRoutine();
    void emitEnd(char mode);
    Scope& openScope(Scope::Kind kind);
    [[nodiscard]] Scope closeScope();
    void addHandlers(const Scope& scope, ExceptionHandler handler);

    const Symbols& m_symbols;
    const SyntaxTree& m_tree;
    CodeBuilder& m_builder;
    Reporter& m_reporter;
    std::vector<LaterBlock>& m_later;
    std::int32_t m_routine = -1; ///< none for fragments
    NodeIndex m_body = kNoNode;
    std::vector<HandlerDeclaration>* m_heads = nullptr;
    bool m_endsWithStep = false;
    std::map<std::string, Register, std::less<>> m_locals;
    std::set<Register> m_assigned; ///< locals that have a value here, whatever way led here
    std::vector<Scope> m_scopes;
    std::optional<Attempt> m_attempt;
    Register m_nextRegister = 0;
    Register m_registerCount = 0;
    Register m_returnRegister = kNoRegister;
    Register m_caught = kNoRegister; ///< the exception of the `except` block around
};

} // namespace heddle
