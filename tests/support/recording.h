// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/record/recorder.h"
#include "engine/record/session.h"

#include <memory>
#include <utility>

namespace heddle::tests {

/// Records in this process as long as it lives.
class Recording
{
public:
    explicit Recording(SessionOptions options = {})
    {
        Result<Session> made = Session::create(options);
        session = std::make_shared<Session>(std::move(*made));
        started = static_cast<bool>(startRecording(session));
    }
    ~Recording()
    {
        if (currentActor())
            unbindThread();
        stopRecording();
    }
    Recording(const Recording&) = delete;
    Recording& operator=(const Recording&) = delete;

    std::shared_ptr<Session> session;
    bool started = false;
};

} // namespace heddle::tests
