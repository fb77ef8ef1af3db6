// SPDX-License-Identifier: Apache-2.0
#include "engine/threads/thread_local_value.h"

#include "engine/base/locks.h"
#include "engine/threads/thread_registry.h"
#include "engine/threads/wait_list.h"

#include <atomic>
#include <unordered_map>

namespace heddle {

namespace {

/// What the calling thread has of all ThreadLocalValues.
class OwnValues
{
public:
    OwnValues() = default;
    OwnValues(const OwnValues&) = delete;
    OwnValues& operator=(const OwnValues&) = delete;
    ~OwnValues() { release(); }

    [[nodiscard]] static OwnValues& ofThread()
    {
        static thread_local OwnValues own;
        return own;
    }
    [[nodiscard]] void* find(std::uint64_t id) const
    {
        const auto found = m_known.find(id);
        return found == m_known.end() ? nullptr : found->second.value;
    }
    void add(std::uint64_t id, void* value, std::weak_ptr<ThreadValues> home)
    {
        m_known.insert_or_assign(id, Known{value, std::move(home)});
    }

    // A destructor may make another value; one that always does is left after a few rounds,
    // as in pthread_key_create(3).
    void release()
    {
        constexpr int kRounds = 4;
        for (int round = 0; round < kRounds && !m_known.empty(); ++round) {
            const auto known = std::exchange(m_known, {});
            for (const auto& [id, entry] : known) {
                if (const auto home = entry.home.lock())
                    static_cast<void>(home->take(currentThreadNumber()));
            }
        }
    }

private:
    struct Known
    {
        void* value = nullptr;
        std::weak_ptr<ThreadValues> home;
    };
    std::unordered_map<std::uint64_t, Known> m_known;
};

} // namespace

std::uint64_t ThreadValues::nextId()
{
    static std::atomic<std::uint64_t> last{0};
    return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

void* ThreadValues::ofCaller() const
{
    return OwnValues::ofThread().find(m_id);
}

void ThreadValues::keep(std::shared_ptr<void> value)
{
    OwnValues::ofThread().add(m_id, value.get(), weak_from_this());
    const InternalLock lock(processWideMutex());
    m_values.insert_or_assign(currentThreadNumber(), std::move(value));
}

std::shared_ptr<void> ThreadValues::take(std::uint32_t thread)
{
    const InternalLock lock(processWideMutex());
    auto node = m_values.extract(thread);
    return node ? std::move(node.mapped()) : nullptr;
}

std::size_t ThreadValues::size() const
{
    const InternalLock lock(processWideMutex());
    return m_values.size();
}

void releaseThreadValues()
{
    OwnValues::ofThread().release();
}

} // namespace heddle
