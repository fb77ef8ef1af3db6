// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/locks.h"
#include "engine/model/program/evaluate.h"

#include <atomic>
#include <functional>
#include <memory>

namespace heddle {

/// One element of a `shared` variable, as real threads see it.
///
/// A load and a store are two accesses with a gap between them, so that lost updates are real.
/// Every single access is whole: a reader sees one of the values that were stored.
///
/// Threads: any thread.
class SharedVariable
{
public:
    /// The kind that fits the declaration: numbers are plain atomics, other values have a lock.
    [[nodiscard]] static std::unique_ptr<SharedVariable> create(
        const VariableDeclaration& declaration, const Value& initial);

    /// Whether it is one machine word.
    [[nodiscard]] static bool isNumber(
        const VariableDeclaration& declaration, const Value& initial);

    virtual ~SharedVariable() = default;
    SharedVariable(const SharedVariable&) = delete;
    SharedVariable& operator=(const SharedVariable&) = delete;

    /// The value; raises Missing while it is unset.
    [[nodiscard]] Evaluated load() const;

    /// Raises what checkStore says of the value.
    [[nodiscard]] Evaluated store(const Value& value);

    /// Reads, computes and writes in one step; the result is the old value.
    ///
    /// `compute` may be called more than once; what it raises is raised and nothing is stored.
    [[nodiscard]] Evaluated update(const std::function<Evaluated(const Value&)>& compute);

protected:
    explicit SharedVariable(const VariableDeclaration& declaration)
        : m_declaration(declaration)
    {
    }
    [[nodiscard]] const VariableDeclaration& declaration() const { return m_declaration; }

private:
    [[nodiscard]] virtual Value read() const = 0;

    /// Whether there is room for such a value.
    [[nodiscard]] virtual bool fits(const Value& /*value*/) const { return true; }
    virtual void write(const Value& value) = 0;
    [[nodiscard]] virtual Evaluated replace(
        const std::function<Evaluated(const Value&)>& compute) = 0;

    const VariableDeclaration& m_declaration;
};

/// What one stores and another reads is a machine word: int, bool, duration, size, signal, handle.
class SharedNumber final : public SharedVariable
{
public:
    SharedNumber(const VariableDeclaration& declaration, const Value& initial);

private:
    [[nodiscard]] Value read() const override;
    void write(const Value& value) override;
    [[nodiscard]] Evaluated replace(const std::function<Evaluated(const Value&)>& compute) override;
    [[nodiscard]] Value valueOf(std::int64_t number) const;

    std::atomic<std::int64_t> m_number;
    std::atomic<bool> m_isUnset; ///< only ever goes from true to false, after the number is there
};

/// Any value, behind a lock of its own that is held for the single access only.
class SharedValue final : public SharedVariable
{
public:
    SharedValue(const VariableDeclaration& declaration, const Value& initial);

private:
    [[nodiscard]] Value read() const override;
    void write(const Value& value) override;
    [[nodiscard]] Evaluated replace(const std::function<Evaluated(const Value&)>& compute) override;

    mutable InternalMutex m_mutex;
    Value m_value HEDDLE_GUARDED_BY(m_mutex);
};

} // namespace heddle
