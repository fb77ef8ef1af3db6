// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace heddle {

/// What a broken precondition calls: prints the sentence with its place and aborts.
///
/// Threads: any thread.
[[noreturn]] void assertionFailed(
    const char* condition, const char* sentence, const char* file, int line);

} // namespace heddle

/// States a precondition of the caller; active in all but release builds.
#if defined(NDEBUG)
#define HEDDLE_ASSERT(condition, sentence) static_cast<void>(sizeof(condition))
#else
#define HEDDLE_ASSERT(condition, sentence)                                                         \
    ((condition) ? static_cast<void>(0)                                                            \
                 : ::heddle::assertionFailed(#condition, sentence, __FILE__, __LINE__))
#endif
