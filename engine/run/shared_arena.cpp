// SPDX-License-Identifier: Apache-2.0
#include "engine/run/shared_arena.h"

#include "engine/base/check.h"

#include <atomic>

#include <sys/mman.h>

namespace heddle {

namespace {

constexpr std::size_t kBytes = std::size_t{256} * 1024 * 1024; // of addresses; memory as it is used
constexpr std::size_t kAlignment = 64;

} // namespace

struct SharedArena::Header
{
    std::atomic<std::size_t> used{kAlignment};
};

SharedArena::SharedArena()
{
    void* all = ::mmap(
        nullptr, kBytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    HEDDLE_ASSERT(all != MAP_FAILED, "the system has addresses for the shared memory of a run");
    m_header = new (all) Header;
}

void* SharedArena::room(std::size_t bytes)
{
    const std::size_t rounded = (bytes + kAlignment - 1) / kAlignment * kAlignment;
    const std::size_t at = m_header->used.fetch_add(rounded);
    HEDDLE_ASSERT(at + rounded <= kBytes, "the shared memory of a run is large enough");
    return reinterpret_cast<std::byte*>(m_header) + at; // bytes of the mapping
}

} // namespace heddle
