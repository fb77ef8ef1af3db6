// SPDX-License-Identifier: GPL-3.0-only
#include "app/commands/convert.h"

#include "app/commands/command_result.h"
#include "app/trace_file.h"

namespace heddle::app {

int convertTrace(const ConvertCommand& command)
{
    const Result<LoadedTrace> loaded = readTrace(command.input);
    if (!loaded) {
        complain(loaded.error().detail);
        return kInvalid;
    }
    const Result<void> target = checkTraceTarget(command.output);
    if (!target) {
        complain(target.error().detail);
        return target.error().kind == ErrorKind::InvalidArgument ? kInvalid : kRefused;
    }
    const Result<void> written = writeTrace(*loaded->trace, command.output);
    if (!written) {
        complain(written.error().detail);
        return kRefused;
    }
    if (loaded->damage.empty())
        return kDone;
    complain("\"" + command.input + "\" is damaged: " + loaded->damage);
    return kInvalid;
}

} // namespace heddle::app
