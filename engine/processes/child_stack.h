// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace heddle {

/// The stack of a child that has not called exec yet, above a page that nobody can touch.
///
/// One that this process's own memory holds is kept when it is given back, and the next is the same
/// again: a mapping for each child, with its first pages, costs as much as all else that is asked of
/// the kernel for a child. No more than one is kept, however many threads start children.
///
/// Threads: one thread at a time; any number of stacks at once.
/// Source:  mmap(2), mprotect(2).
class ChildStack
{
public:
    enum class Memory
    {
        OfThisProcess,
        SharedWithCopies ///< seen by both even if the child gets a copy of all other memory
    };
    explicit ChildStack(Memory memory);
    ~ChildStack();
    ChildStack(const ChildStack&) = delete;
    ChildStack& operator=(const ChildStack&) = delete;

    /// False if there was no memory; errno says why.
    [[nodiscard]] bool isValid() const { return m_mapping != nullptr; }
    [[nodiscard]] Memory memory() const { return m_memory; }
    [[nodiscard]] void* bottom() const;
    [[nodiscard]] void* top() const;

private:
    Memory m_memory;
    void* m_mapping; ///< begins with the page that nobody can touch
};

} // namespace heddle
