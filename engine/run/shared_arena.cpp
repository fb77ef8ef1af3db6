// SPDX-License-Identifier: Apache-2.0
#include "engine/run/shared_arena.h"

#include <atomic>
#include <cstring>

#include <sys/mman.h>

namespace heddle {

namespace {

constexpr std::size_t kAlignment = 64;

} // namespace

struct SharedArena::Header
{
    std::size_t size = 0;
    std::atomic<std::size_t> used{kAlignment};
};

Result<SharedArena> SharedArena::create(std::size_t bytes)
{
    const std::size_t size = bytes + kAlignment;
    void* all = ::mmap(
        nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (all == MAP_FAILED)
        return systemError("mmap", "the shared memory of a run");
    return SharedArena(new (all) Header{size});
}

void* SharedArena::room(std::size_t bytes)
{
    const std::size_t rounded = (bytes + kAlignment - 1) / kAlignment * kAlignment;
    std::size_t at = m_header->used.load();
    do {
        if (rounded > m_header->size - at)
            return nullptr;
    } while (!m_header->used.compare_exchange_weak(at, at + rounded));
    return reinterpret_cast<std::byte*>(m_header) + at; // bytes of the mapping
}

std::optional<std::string_view> SharedArena::text(std::string_view text)
{
    auto* place = static_cast<char*>(room(text.size() + 1));
    if (place == nullptr)
        return std::nullopt;
    std::memcpy(place, text.data(), text.size());
    return std::string_view(place, text.size());
}

} // namespace heddle
