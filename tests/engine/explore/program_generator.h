// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <cstdint>
#include <string>

namespace heddle::tests {

/// A small program out of everything that can be exported: the same one for the same seed.
///
/// Every value in it stays within small bounds, so that its space is finite even if it never ends.
/// Locks are taken in any order and waits may never be answered: deadlocks, failed assertions and
/// uncaught exceptions are what it is for.
[[nodiscard]] std::string generatedProgram(std::uint32_t seed);

} // namespace heddle::tests
