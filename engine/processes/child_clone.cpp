// SPDX-License-Identifier: Apache-2.0
#include "engine/processes/child_clone.h"

#include <cerrno>
#include <cstdint>

#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__SANITIZE_THREAD__)
// The thread sanitizer takes any clone for a fork, notes it in the memory that the child shares, and
// then refuses new threads in the parent. This is the same function under the name it does not know.
// NOLINTNEXTLINE(bugprone-reserved-identifier): glibc's own
extern "C" int __clone(int (*function)(void*), void* stack, int flags, void* argument, ...);
#define HEDDLE_CLONE ::__clone
#else
#define HEDDLE_CLONE ::clone
#endif

namespace heddle {

ClonedChild cloneChild(ChildWork work, const ChildStack& stack)
{
    const int memory = stack.memory() == ChildStack::Memory::OfThisProcess ? CLONE_VM : 0;
    ClonedChild child;
    child.pid = HEDDLE_CLONE(work.function, stack.top(),
        memory | CLONE_VFORK | CLONE_PIDFD | SIGCHLD, work.argument, &child.pidfd);
    if (child.pid < 0)
        child.systemErrno = errno;
    return child;
}

#if defined(__x86_64__) && defined(__LP64__)

namespace {

// The C library has no function for clone3. The child must not return to its caller, whose frame is
// the parent's: it goes on here with the registers it has inherited, on its own stack.
long clone3(clone_args& arguments, ChildWork work)
{
    long result = SYS_clone3;
    register void* argument asm("r12") = work.argument;
    asm volatile("syscall\n\t"
                 "testq %%rax, %%rax\n\t"
                 "jnz 1f\n\t"
                 "xorl %%ebp, %%ebp\n\t" // the outermost frame
                 "movq %%r12, %%rdi\n\t"
                 "callq *%%rbx\n\t"
                 "movl %%eax, %%edi\n\t"
                 "movl %[exit], %%eax\n\t"
                 "syscall\n\t"
                 "hlt\n"
                 "1:"
                 : "+a"(result)
                 : "D"(&arguments), "S"(sizeof arguments), "b"(work.function),
                 "r"(argument), [exit] "i"(SYS_exit_group)
                 : "rcx", "r11", "memory", "cc");
    return result;
}

} // namespace

ClonedChild cloneChildWithoutHandlers(ChildWork work, const ChildStack& stack)
{
    ClonedChild child;
    clone_args arguments{};
    arguments.flags = CLONE_VM | CLONE_VFORK | CLONE_PIDFD | CLONE_CLEAR_SIGHAND;
    arguments.pidfd = reinterpret_cast<std::uintptr_t>(&child.pidfd); // the form the kernel wants
    arguments.exit_signal = SIGCHLD;
    arguments.stack = reinterpret_cast<std::uintptr_t>(stack.bottom());
    arguments.stack_size = static_cast<std::size_t>(
        static_cast<char*>(stack.top()) - static_cast<char*>(stack.bottom()));
    const long result = clone3(arguments, work);
    if (result < 0)
        child.systemErrno = static_cast<int>(-result);
    else
        child.pid = static_cast<pid_t>(result);
    return child;
}

#else

ClonedChild cloneChildWithoutHandlers(ChildWork, const ChildStack&)
{
    return {-1, -1, ENOSYS};
}

#endif

} // namespace heddle
