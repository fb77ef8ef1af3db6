// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <cstdint>
#include <string>

namespace heddle::app {

enum class Listed : std::uint8_t
{
    Programs,
    Kinds, ///< of what runs, of what is waited for, and of what an actor can be seen doing
    Primitives
};

struct ListCommand
{
    Listed what = Listed::Programs;
    bool json = false;
};

/// `heddle list`: what there is.
[[nodiscard]] int listWhatThereIs(const ListCommand& command);

/// `heddle show`: prints a gallery program.
[[nodiscard]] int showProgram(const std::string& id);

} // namespace heddle::app
