// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <utility>

namespace heddle {

/// Memory that a process has in common with all that are forked from it, at the same addresses. What is
/// made in it is never destroyed.
///
/// Only what lies in an object itself is common: a text that it owns is each process's own copy.
///
/// Threads: any thread of any of these processes.
/// Source:  mmap(2) MAP_SHARED, MAP_NORESERVE.
class SharedArena
{
public:
    SharedArena();
    SharedArena(const SharedArena&) = delete;
    SharedArena& operator=(const SharedArena&) = delete;

    template <typename Object, typename... Arguments>
    [[nodiscard]] Object& make(Arguments&&... arguments)
    {
        return *new (room(sizeof(Object))) Object(std::forward<Arguments>(arguments)...);
    }

    /// The same for who keeps it by a pointer to one of its bases.
    template <typename Base, typename Object, typename... Arguments>
    [[nodiscard]] std::shared_ptr<Base> share(Arguments&&... arguments)
    {
        return std::shared_ptr<Base>(
            &make<Object>(std::forward<Arguments>(arguments)...), [](Base* /*object*/) {});
    }

private:
    [[nodiscard]] void* room(std::size_t bytes);

    struct Header;
    Header* m_header = nullptr;
};

} // namespace heddle
