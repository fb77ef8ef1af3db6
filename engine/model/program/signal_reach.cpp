// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/signal_reach.h"

#include <signal.h>

namespace heddle {

namespace {

constexpr SignalBits kAll = ~SignalBits{0};

SignalBits bitOf(std::int64_t signal)
{
    return signal >= 1 && signal <= 64 ? SignalBits{1} << static_cast<unsigned>(signal - 1) : 0;
}

/// Those that end no process unless it says so: they stop or continue it, or are ignored. SIGPIPE and
/// SIGXFSZ are, by processes of the program.
SignalBits harmlessSignals()
{
    SignalBits bits = 0;
    for (const int signal :
        {SIGCHLD, SIGCONT, SIGURG, SIGWINCH, SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU, SIGPIPE, SIGXFSZ})
        bits |= bitOf(signal);
    return bits;
}

/// Operations behind which the wait goes on that a handler has interrupted. Those that are not here may
/// raise, end the process, or give back what somebody waits for.
bool leavesWaitsAlone(const Instruction& instruction)
{
    switch (instruction.operation) {
    case Operation::Raise:
    case Operation::Reraise:
    case Operation::Divide:
    case Operation::Remainder:
    case Operation::Element:
    case Operation::ReplaceElement:
    case Operation::Assert:
    case Operation::Exit:
    case Operation::Unlock:
    case Operation::Lock:
    case Operation::Acquire:
    case Operation::Wait:
    case Operation::WaitCondition:
    case Operation::Arrive:
    case Operation::Put:
    case Operation::Get:
    case Operation::Close:
    case Operation::Join:
    case Operation::JoinAll:
    case Operation::Read:
    case Operation::Write:
    case Operation::Communicate:
    case Operation::StartCommand:
    case Operation::Spawn:
    case Operation::AwaitUntil:
    case Operation::Pause:
    case Operation::AwaitSignal:
        return false;
    default:
        return true;
    }
}

/// Whether a routine, or one that it calls, may leave the wait that it has interrupted.
bool mayLeave(const Code& code, std::int32_t routine)
{
    std::vector<bool> isKnown(code.routines.size());
    std::vector<std::int32_t> open{routine};
    while (!open.empty()) {
        const auto number = static_cast<std::size_t>(open.back());
        open.pop_back();
        if (number >= code.routines.size() || isKnown[number])
            continue;
        isKnown[number] = true;
        const Routine& body = code.routines[number];
        for (std::int32_t place = body.entry; place < body.end; ++place) {
            const Instruction& one = code.instructions[static_cast<std::size_t>(place)];
            if (!leavesWaitsAlone(one))
                return true;
            if (one.operation == Operation::CallRoutine)
                open.push_back(one.target);
        }
    }
    return false;
}

/// The signals that a `send` may mean: the constant that is put into its register right before it, or any.
SignalBits sentBy(const Code& code, std::int32_t send)
{
    const Register signal = code.instructions[static_cast<std::size_t>(send)].b;
    for (std::int32_t place = send - 1; place >= 0; --place) {
        const Instruction& one = code.instructions[static_cast<std::size_t>(place)];
        const bool isConstant = one.operation == Operation::Constant;
        if (!isConstant && one.operation != Operation::ActorHandle
            && one.operation != Operation::MyHandle)
            return kAll;
        if (one.result != signal)
            continue;
        const SignalBits bit =
            isConstant ? bitOf(code.constants[static_cast<std::size_t>(one.target)].number()) : 0;
        return bit != 0 ? bit : kAll;
    }
    return kAll;
}

} // namespace

SignalReach::SignalReach(const Code& code)
    : m_hasMain(code.main() != nullptr)
    , m_ownHandlers(code.handlers)
{
    readSends(code);
    readHandlers(code);
}

void SignalReach::readSends(const Code& code)
{
    for (std::size_t place = 0; place < code.instructions.size(); ++place)
        if (code.instructions[place].operation == Operation::Send)
            m_sent |= sentBy(code, static_cast<std::int32_t>(place));
}

void SignalReach::readHandlers(const Code& code)
{
    const auto read = [&](SignalBits signals, char mode, std::int32_t routine) {
        if (mode == 'h' && mayLeave(code, routine))
            m_leaving |= signals;
    };
    for (const HandlerDeclaration& handler : code.handlers)
        read(handler.signalSet, handler.mode, handler.routine);
    for (const ActorDeclaration& actor : code.actors)
        for (const HandlerDeclaration& handler : actor.handlers)
            read(handler.signalSet, handler.mode, handler.routine);
    for (const Instruction& one : code.instructions)
        if (one.operation == Operation::SetHandler)
            read(one.signalSet, one.mode, one.target);
}

/// The signals that a process handles or ignores from its start.
SignalBits SignalReach::declared(const ActorDeclaration* process) const
{
    SignalBits signals = 0;
    for (const HandlerDeclaration& handler : process == nullptr ? m_ownHandlers : process->handlers)
        if (handler.mode == 'h' || handler.mode == 'i')
            signals |= handler.signalSet;
    return signals;
}

bool SignalReach::mayInterrupt(const ActorDeclaration* process, Sender sender) const
{
    const SignalBits come = sender == Sender::Line ? m_sent : kAll;
    const bool raises = sender == Sender::Line && process == nullptr && m_hasMain
        && (m_sent & bitOf(SIGINT) & ~declared(process)) != 0;
    return raises || (come & m_leaving) != 0;
}

bool SignalReach::mayEnd(const ActorDeclaration* process) const
{
    SignalBits spared = harmlessSignals() | (declared(process) & ~bitOf(SIGKILL));
    if (process == nullptr && m_hasMain)
        spared |= bitOf(SIGINT);
    return (m_sent & ~spared) != 0;
}

} // namespace heddle
