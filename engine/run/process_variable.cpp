// SPDX-License-Identifier: Apache-2.0
#include "engine/run/process_variable.h"

#include "engine/base/check.h"
#include "engine/run/byte_stream.h"
#include "engine/run/process_lock.h"

#include <array>
#include <atomic>
#include <cstring>
#include <string>
#include <string_view>

namespace heddle {

namespace {

std::string encoded(const Value& value)
{
    ByteWriter out;
    out.value(value);
    return std::move(out.bytes());
}

/// A value as bytes in shared memory. A new one is written beside the present one, as a writer may be killed
/// over it.
class ProcessValue final : public SharedVariable
{
public:
    ProcessValue(const VariableDeclaration& declaration, const Value& initial)
        : SharedVariable(declaration)
    {
        put(encoded(initial));
    }

private:
    void put(std::string_view bytes)
    {
        HEDDLE_ASSERT(
            bytes.size() <= kMostSharedBytes, "who puts a value asks before whether it fits");
        const std::size_t next = 1 - m_present.load(std::memory_order_relaxed);
        m_slots[next].length = bytes.size();
        std::memcpy(m_slots[next].bytes.data(), bytes.data(), bytes.size());
        m_present.store(next, std::memory_order_release);
    }

    [[nodiscard]] Value taken() const
    {
        const Slot& present = m_slots[m_present.load(std::memory_order_acquire)];
        ByteReader in({present.bytes.data(), present.length});
        return in.value();
    }

    [[nodiscard]] Value read() const override
    {
        const ProcessLock::Holding lock(m_lock);
        return taken();
    }

    [[nodiscard]] bool fits(const Value& value) const override
    {
        return encoded(value).size() <= kMostSharedBytes;
    }

    void write(const Value& value) override
    {
        const std::string bytes = encoded(value);
        const ProcessLock::Holding lock(m_lock);
        put(bytes);
    }

    [[nodiscard]] Evaluated replace(const std::function<Evaluated(const Value&)>& compute) override
    {
        const ProcessLock::Holding lock(m_lock);
        Value before = taken();
        Evaluated computed = compute(before);
        if (computed.isRaised())
            return computed;
        put(encoded(computed.value));
        return before;
    }

    struct Slot
    {
        std::size_t length = 0;
        std::array<char, kMostSharedBytes> bytes{};
    };

    mutable ProcessLock m_lock;
    std::array<Slot, 2> m_slots;
    std::atomic<std::size_t> m_present{0};
};

} // namespace

bool fitsBetweenProcesses(const VariableDeclaration& declaration, const Value& initial)
{
    return SharedVariable::isNumber(declaration, initial)
        || encoded(initial).size() <= kMostSharedBytes;
}

std::shared_ptr<SharedVariable> createProcessVariable(
    SharedArena& arena, const VariableDeclaration& declaration, const Value& initial)
{
    if (SharedVariable::isNumber(declaration, initial))
        return arena.share<SharedVariable, SharedNumber>(declaration, initial);
    return arena.share<SharedVariable, ProcessValue>(declaration, initial);
}

} // namespace heddle
