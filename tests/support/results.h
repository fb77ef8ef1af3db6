// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/base/result.h"

#include <cstdlib>
#include <utility>

namespace heddle::tests {

/// The value; a result that must be there for the test to mean anything ends it otherwise.
template <typename T> T required(Result<T> result)
{
    if (!result)
        std::abort();
    return *std::move(result);
}
inline void required(const Result<void>& result)
{
    if (!result)
        std::abort();
}

/// The kind of the error; SystemCall, which is none of a wait's, if there is none.
template <typename T> ErrorKind kindOf(const Result<T>& result)
{
    return result ? ErrorKind::SystemCall : result.error().kind;
}

/// 0 if there is no error.
template <typename T> int errnoOf(const Result<T>& result)
{
    return result ? 0 : result.error().systemErrno;
}

} // namespace heddle::tests
