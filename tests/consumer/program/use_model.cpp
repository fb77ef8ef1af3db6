// SPDX-License-Identifier: GPL-3.0-only
// Reads a program's text without any of what runs it.
#include "engine/model/program/compiler.h"

#include <cstdio>

int main()
{
    const heddle::CompiledProgram good =
        heddle::compileProgram("shared loaves = 0\n\nthread baker:\n    loaves += 1\n");
    const heddle::CompiledProgram bad = heddle::compileProgram("thread baker:\n    loaves += 1\n");
    std::printf("%s, %s\n", good.code ? "compiles" : "does not compile",
        bad.code ? "compiles" : "does not compile");
    return 0;
}
