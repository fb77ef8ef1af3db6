// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/evaluate.h"
#include "engine/run/program_run.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace heddle {

/// What computations may ask of the run, whoever computes.
///
/// Threads: the thread that evaluates.
class WorldContext : public EvaluationContext
{
public:
    explicit WorldContext(ProgramRun& run);

    [[nodiscard]] ProgramRun& run() const { return m_run; }
    [[nodiscard]] const Code& code() const { return m_run.code(); }

    [[nodiscard]] std::int64_t me() const override;
    [[nodiscard]] std::string handleName(std::int64_t handle) const override;
    [[nodiscard]] std::int64_t now() override;
    [[nodiscard]] std::int64_t random(std::int64_t low, std::int64_t high) override;
    [[nodiscard]] std::int64_t inside(std::int32_t section) override;
    [[nodiscard]] PrivateStore& privates() override { return m_privates; }
    [[nodiscard]] Evaluated loadShared(std::int32_t variable, std::int32_t element) override;
    [[nodiscard]] Evaluated query(std::int32_t function, std::int32_t object, std::int32_t element,
        const Value& handle) override;
    void enterSection(std::int32_t section, std::uint32_t line) override;
    void leaveSection(std::int32_t section, std::uint32_t line) override;
    void raised(const Value& exception, std::uint32_t line) override;

private:
    [[nodiscard]] Evaluated queryCommand(
        const ActorRecord& record, std::string_view question) const;

    ProgramRun& m_run;
    PrivateStore m_privates;
};

} // namespace heddle
