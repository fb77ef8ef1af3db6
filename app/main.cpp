// SPDX-License-Identifier: GPL-3.0-only
#include "app/command_line.h"

int main(int argc, char** argv)
{
    return heddle::app::runCommandLine(argc, argv);
}
