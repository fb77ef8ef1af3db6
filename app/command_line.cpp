// SPDX-License-Identifier: GPL-3.0-only
#include "app/command_line.h"

namespace heddle::app {

int runCommandLine(int /*argc*/, char** /*argv*/)
{
    return 0;
}

} // namespace heddle::app
