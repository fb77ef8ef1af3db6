// SPDX-License-Identifier: Apache-2.0
#include "engine/threads/event.h"

namespace heddle {

void Event::set()
{
    m_gate.change([this] {
        if (object())
            record(EventKind::WasSet, object().value);
        m_set.store(true, std::memory_order_release);
        return Gate::Outcome::Opens;
    });
}

void Event::clear()
{
    m_gate.change([this] {
        if (object())
            record(EventKind::WasCleared, object().value);
        m_set.store(false, std::memory_order_release);
        return Gate::Outcome::StaysAsItIs;
    });
}

Result<void> Event::wait(Deadline deadline, const std::stop_token& stop)
{
    if (isSet()) {
        reportHas(object());
        return {};
    }
    return m_gate.wait([this] { return isSet(); }, deadline, stop);
}

} // namespace heddle
