// SPDX-License-Identifier: Apache-2.0
#include "engine/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace heddle {

void assertionFailed(const char* condition, const char* sentence, const char* file, int line)
{
    static_cast<void>(std::fprintf(stderr, "heddle: %s:%d: %s (the program broke a rule: %s)\n",
        file, line, sentence, condition));
    std::abort();
}

} // namespace heddle
