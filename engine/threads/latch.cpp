// SPDX-License-Identifier: Apache-2.0
#include "engine/threads/latch.h"

#include "engine/base/object_refusals.h"

#include <algorithm>

namespace heddle {

namespace {

Error beganBelowNothing(const char* operation)
{
    return Error{ErrorKind::InvalidArgument, 0, operation, "the latch began below 0"};
}

} // namespace

Latch::Latch(std::int64_t count, ObjectId object)
    : m_gate(object)
    , m_count(count)
{
    reportLevel(object, std::max<std::int64_t>(count, 0));
}

Result<void> Latch::countDown(std::int64_t by)
{
    if (by < 1)
        return Error{ErrorKind::InvalidArgument, 0, "count down", "by less than one"};
    if (count() < 0)
        return beganBelowNothing("count down");
    bool fits = true;
    m_gate.change([&] {
        const std::int64_t left = count() - by;
        fits = left >= 0;
        if (!fits)
            return Gate::Outcome::StaysAsItIs;
        m_count.store(left, std::memory_order_release);
        reportLevel(object(), left);
        return left == 0 ? Gate::Outcome::Opens : Gate::Outcome::StaysAsItIs;
    });
    if (!fits)
        return Error{ErrorKind::Overflow, 0, "count down", kLatchWouldFall};
    return {};
}

Result<void> Latch::wait(Deadline deadline, const std::stop_token& stop)
{
    if (count() < 0)
        return beganBelowNothing("wait");
    return m_gate.wait([this] { return count() == 0; }, deadline, stop);
}

} // namespace heddle
