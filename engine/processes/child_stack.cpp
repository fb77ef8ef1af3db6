// SPDX-License-Identifier: Apache-2.0
#include "engine/processes/child_stack.h"

#include <atomic>

#include <sys/mman.h>
#include <unistd.h>

namespace heddle {

namespace {

constexpr std::size_t kStackBytes = std::size_t{64} * 1024;

constinit std::atomic<void*> spareMapping{nullptr};

std::size_t guardBytes()
{
    static const auto pageBytes = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    return pageBytes;
}

std::size_t mappingBytes()
{
    return guardBytes() + kStackBytes;
}

void* newMapping(int sharing)
{
    void* mapping =
        ::mmap(nullptr, mappingBytes(), PROT_READ | PROT_WRITE, sharing | MAP_ANONYMOUS, -1, 0);
    if (mapping == MAP_FAILED)
        return nullptr;
    if (::mprotect(mapping, guardBytes(), PROT_NONE) == 0)
        return mapping;
    static_cast<void>(::munmap(mapping, mappingBytes()));
    return nullptr;
}

} // namespace

ChildStack::ChildStack(Memory memory)
    : m_memory(memory)
    , m_mapping(memory == Memory::OfThisProcess ? spareMapping.exchange(nullptr) : nullptr)
{
    if (m_mapping == nullptr)
        m_mapping = newMapping(memory == Memory::OfThisProcess ? MAP_PRIVATE : MAP_SHARED);
}

ChildStack::~ChildStack()
{
    if (m_memory == Memory::OfThisProcess)
        m_mapping = spareMapping.exchange(m_mapping);
    if (m_mapping != nullptr)
        static_cast<void>(::munmap(m_mapping, mappingBytes()));
}

void* ChildStack::bottom() const
{
    return static_cast<char*>(m_mapping) + guardBytes();
}

void* ChildStack::top() const
{
    return static_cast<char*>(m_mapping) + mappingBytes();
}

} // namespace heddle
