// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <utility>

namespace heddle {

/// The values that threads have of one ThreadLocalValue, whatever their type.
///
/// Threads: any thread.
class ThreadValues : public std::enable_shared_from_this<ThreadValues>
{
public:
    /// The caller's value, or null.
    [[nodiscard]] void* ofCaller() const;

    /// Keeps `value` as the caller's, who has none yet.
    void keep(std::shared_ptr<void> value);

    /// Takes a thread's value out.
    [[nodiscard]] std::shared_ptr<void> take(std::uint32_t thread);
    [[nodiscard]] std::size_t size() const;

private:
    static std::uint64_t nextId();

    const std::uint64_t m_id = nextId(); ///< never used again, so that nobody takes old for new
    std::map<std::uint32_t, std::shared_ptr<void>> m_values; ///< under the process-wide mutex
};

/// A value that each thread has for itself, made when the thread first asks for it.
///
/// It is released when its thread ends (before a join returns, if a Thread runs it) or when this
/// object is destroyed, whichever comes first.
///
/// Threads: any thread; destroyed when no thread uses it. What value() gives is its thread's alone.
template <typename T> class ThreadLocalValue
{
public:
    /// Each thread's value is made of these arguments, of which every thread gets its own copies.
    template <typename... Arguments>
    explicit ThreadLocalValue(Arguments... arguments)
        : m_make([arguments...] { return std::make_shared<T>(arguments...); })
    {
    }
    ThreadLocalValue(const ThreadLocalValue&) = delete;
    ThreadLocalValue& operator=(const ThreadLocalValue&) = delete;

    /// The caller's value. What T's constructor throws leaves it without one, to be tried again.
    [[nodiscard]] T& value()
    {
        if (void* known = m_values->ofCaller())
            return *static_cast<T*>(known);
        std::shared_ptr<T> made = m_make();
        T& result = *made;
        m_values->keep(std::move(made));
        return result;
    }

    /// Whether the caller has one already; asking makes none.
    [[nodiscard]] bool hasValue() const { return m_values->ofCaller() != nullptr; }

    /// How many threads have one.
    [[nodiscard]] std::size_t count() const { return m_values->size(); }

private:
    const std::function<std::shared_ptr<T>()> m_make;
    const std::shared_ptr<ThreadValues> m_values = std::make_shared<ThreadValues>();
};

/// Releases all values of the calling thread: what its end does.
///
/// Threads: any thread.
void releaseThreadValues();

} // namespace heddle
