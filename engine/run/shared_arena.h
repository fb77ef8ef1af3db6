// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/result.h"

#include <cstddef>
#include <memory>
#include <new>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace heddle {

/// Memory that a process has in common with all that are forked from it, at the same addresses. What is
/// made in it is never destroyed.
///
/// Only what lies in an object itself is common: a text that it owns is each process's own copy.
///
/// Threads: any thread of any of these processes; moved before there are others.
/// Source:  mmap(2) MAP_SHARED, MAP_NORESERVE.
class SharedArena
{
public:
    /// No single thing that is made in it is larger.
    static constexpr std::size_t kLargestThing = std::size_t{9} * 1024;

    /// Units:  bytes of addresses; memory is taken as it is used.
    /// Errors: SystemCall of mmap (ENOMEM: the process may have no such room).
    [[nodiscard]] static Result<SharedArena> create(std::size_t bytes);

    /// Null when there is no room left.
    template <typename Object, typename... Arguments>
    [[nodiscard]] Object* make(Arguments&&... arguments)
    {
        static_assert(sizeof(Object) <= kLargestThing);
        void* place = room(sizeof(Object));
        return place == nullptr ? nullptr
                                : new (place) Object(std::forward<Arguments>(arguments)...);
    }

    /// The same for who keeps it by a pointer to one of its bases.
    template <typename Base, typename Object, typename... Arguments>
    [[nodiscard]] std::shared_ptr<Base> share(Arguments&&... arguments)
    {
        return std::shared_ptr<Base>(
            make<Object>(std::forward<Arguments>(arguments)...), [](Base* /*object*/) {});
    }

    /// So many null pointers; empty when there is no room left.
    template <typename Object> [[nodiscard]] std::span<Object*> pointers(std::size_t count)
    {
        void* place = room(count * sizeof(Object*));
        return {static_cast<Object**>(place), place == nullptr ? 0 : count};
    }

    /// A copy of the text, with a zero byte after it; nothing when there is no room left.
    [[nodiscard]] std::optional<std::string_view> text(std::string_view text);

private:
    struct Header;
    explicit SharedArena(Header* header)
        : m_header(header)
    {
    }
    [[nodiscard]] void* room(std::size_t bytes); ///< all zero

    Header* m_header;
};

} // namespace heddle
