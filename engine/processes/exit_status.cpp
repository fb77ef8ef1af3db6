// SPDX-License-Identifier: Apache-2.0
#include "engine/processes/exit_status.h"

#include "engine/base/text.h"

namespace heddle {

ExitStatus ExitStatus::fromSignalInfo(const siginfo_t& info)
{
    ExitStatus status;
    if (info.si_code == CLD_EXITED)
        status.code = info.si_status;
    else
        status.signal = info.si_status;
    return status;
}

std::string ExitStatus::text() const
{
    if (signal == 0)
        return "exit code " + std::to_string(code);
    return "signal " + std::to_string(signal) + " (" + signalName(signal) + ")";
}

} // namespace heddle
