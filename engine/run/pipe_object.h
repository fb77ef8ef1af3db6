// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/run/run_object.h"
#include "engine/run/stream_end.h"

#include <memory>
#include <string>

namespace heddle {

struct ObjectPlan;

/// A declared pipe: both ends are open from the start, and this process has its own copy of each.
///
/// Threads: any thread.
class PipeObject final : public RunObject
{
public:
    /// Where the system has no room for one, both ends are closed from the start.
    explicit PipeObject(const ObjectPlan& plan);

    /// Why the system has refused it, in words; empty: it has not.
    [[nodiscard]] const std::string& problem() const { return m_problem; }

    /// In a process that was forked without descriptors: it has these ends, as far as they are open, and
    /// no copies of those that were open where it was forked.
    void renew(OwnedFd reader, OwnedFd writer);

    [[nodiscard]] StreamReader& reader() { return *m_reader; }
    [[nodiscard]] StreamWriter& writer() { return *m_writer; }

    /// 'r', 'w', or both.
    void close(char part);

    StepOutcome perform(const ObjectStep& step) override;
    [[nodiscard]] PipeObject* asPipe() override { return this; }

private:
    void open(OwnedFd reader, OwnedFd writer);

    ObjectId m_shownAs;
    std::string m_problem;
    std::unique_ptr<StreamReader> m_reader;
    std::unique_ptr<StreamWriter> m_writer;
};

[[nodiscard]] std::unique_ptr<RunObject> makePipe(const ObjectPlan& plan);

} // namespace heddle
