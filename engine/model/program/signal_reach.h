// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/code.h"

#include <vector>

namespace heddle {

/// What a signal that comes while somebody waits may do about the wait, by the text of the program alone.
///
/// It says too much rather than too little: which process a `send` means is not looked into, and every
/// branch of a handler may be taken.
///
/// Threads: immutable.
class SignalReach
{
public:
    /// Who sends them.
    enum class Sender
    {
        Line, ///< a `send` of the program: those signals that such lines name
        Command ///< any signal for which there is a handler
    };

    explicit SignalReach(const Code& code);

    /// Whether a handler may take the main thread of a process out of its wait: by raising, by ending
    /// the process, or by giving back what others wait for. In a program's `main` also SIGINT itself.
    ///
    /// `process` is a process actor; null: the program's own process.
    [[nodiscard]] bool mayInterrupt(const ActorDeclaration* process, Sender sender) const;

    /// Whether a signal that a line sends may end the process, with all that wait in it.
    [[nodiscard]] bool mayEnd(const ActorDeclaration* process) const;

private:
    void readSends(const Code& code);
    void readHandlers(const Code& code);
    [[nodiscard]] SignalBits declared(const ActorDeclaration* process) const;

    SignalBits m_sent = 0;
    SignalBits m_leaving = 0; ///< signals for which a handler of any process may leave a wait
    bool m_hasMain = false;
    std::vector<HandlerDeclaration> m_ownHandlers; ///< of the program's process
};

} // namespace heddle
