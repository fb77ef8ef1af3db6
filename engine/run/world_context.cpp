// SPDX-License-Identifier: Apache-2.0
#include "engine/run/world_context.h"

#include "engine/model/program/catalogue.h"
#include "engine/model/program/refusals.h"
#include "engine/record/recorder.h"
#include "engine/run/signal_operations.h"
#include "engine/run/source_line.h"

#include <utility>

#include <unistd.h>

namespace heddle {

namespace {

Evaluated outcomeValue(StepOutcome outcome)
{
    if (outcome.kind == StepOutcome::Kind::Raised)
        return Evaluated::raise(outcome.exception, std::move(outcome.text));
    return std::move(outcome.value);
}

Value handlesOf(const std::vector<std::int64_t>& handles)
{
    ListValue list;
    for (const std::int64_t handle : handles)
        list.push_back(Value::handle(handle));
    return Value::list(std::move(list));
}

Evaluated queryThreadOf(pid_t process, std::string_view question)
{
    if (question == "alive")
        return Value::boolean(true);
    if (question == "name")
        return Value::text(kProgramName);
    if (question == "pid")
        return Value::integer(process);
    if (question == "group_of")
        return Value::integer(::getpgid(process));
    return Value::none();
}

} // namespace

WorldContext::WorldContext(ProgramRun& run)
    : m_run(run)
    , m_privates(makePrivateStore(run.code()))
{
}

std::int64_t WorldContext::me() const
{
    return 0;
}

std::string WorldContext::handleName(std::int64_t handle) const
{
    if (handle == kProgramHandle)
        return kProgramName;
    const ActorRecord* record = m_run.actors().find(handle);
    return std::string(record == nullptr ? std::string_view("nobody") : record->name);
}

std::int64_t WorldContext::now()
{
    return m_run.elapsed();
}

std::int64_t WorldContext::random(std::int64_t low, std::int64_t /*high*/)
{
    return low;
}

std::int64_t WorldContext::inside(std::int32_t section)
{
    return m_run.inside(section).load();
}

Evaluated WorldContext::loadShared(std::int32_t variable, std::int32_t element)
{
    return m_run.variable(variable, element).load();
}

Evaluated WorldContext::query(
    std::int32_t function, std::int32_t object, std::int32_t element, const Value& handle)
{
    const std::string_view question = functionRows()[static_cast<std::size_t>(function)].name;
    if (object >= 0) {
        ObjectStep step;
        step.operation = Operation::Query;
        step.question = question;
        return outcomeValue(m_run.object(object, element).perform(step));
    }
    if (question == "live")
        return handlesOf(m_run.actors().liveThreads());
    if (question == "disposition")
        return dispositionText(handle);
    if (handle.is(ValueKind::Handle) && handle.number() == kProgramHandle)
        return queryThreadOf(m_run.programProcess(), question);
    const ActorRecord* record =
        handle.is(ValueKind::Handle) ? m_run.actors().find(handle.number()) : nullptr;
    if (record == nullptr)
        return Evaluated::raise(kBadValue, questionNeedsActor(question));
    if (question == "alive")
        return Value::boolean(record->isAlive());
    if (question == "name")
        return Value::text(std::string(record->name));
    if (record->kind == ActorKind::Command || record->kind == ActorKind::Process)
        return queryCommand(*record, question);
    return question == "exit_of" ? Value::none() // a thread has none
                                 : queryThreadOf(record->process.load(), question);
}

Evaluated WorldContext::queryCommand(const ActorRecord& record, std::string_view question) const
{
    const pid_t process = record.process.load();
    if (question == "pid")
        return Value::integer(process);
    RunCommand* command = m_run.commands().find(record.handle);
    if (question == "group_of") // of another process's one, or by a hook of itself: as it is now
        return Value::integer(
            command == nullptr || process == ::getpid() ? ::getpgid(process) : command->group());
    if (!record.hasEnded())
        return Value::none();
    if (command != nullptr)
        command->reap();
    return Value::integer(record.exitCode.load());
}

void WorldContext::enterSection(std::int32_t section, std::uint32_t line)
{
    m_run.inside(section).fetch_add(1);
    heddle::record(
        EventKind::SectionEntered, m_run.sectionName(section).value, 0, recordedLine(line));
}

void WorldContext::leaveSection(std::int32_t section, std::uint32_t line)
{
    heddle::record(EventKind::SectionLeft, m_run.sectionName(section).value, 0, recordedLine(line));
    m_run.inside(section).fetch_sub(1);
}

void WorldContext::raised(const Value& /*exception*/, std::uint32_t /*line*/)
{
}

} // namespace heddle
