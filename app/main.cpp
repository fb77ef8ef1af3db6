// SPDX-License-Identifier: GPL-3.0-only
#include "app/command_line.h"

#include <initializer_list>

#include <fcntl.h>
#include <unistd.h>

namespace {

// A standard stream that was closed must not be taken for whatever is opened next: a place is held
// that refuses to be read or written, as a closed one does.
void holdClosedStreams()
{
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(stream, F_GETFD) < 0)
            static_cast<void>(!::open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY));
    }
}

} // namespace

int main(int argc, char** argv)
{
    holdClosedStreams();
    return heddle::app::runCommandLine(argc, argv);
}
