// SPDX-License-Identifier: Apache-2.0
#include "engine/run/pipe_object.h"

#include "engine/processes/pipe.h"
#include "engine/run/runner_table.h"

#include <utility>

#include <fcntl.h>

namespace heddle {

PipeObject::PipeObject(const ObjectPlan& plan)
    : m_reader(std::make_unique<StreamReader>())
    , m_writer(std::make_unique<StreamWriter>())
{
    Result<Pipe> pipe = Pipe::create();
    if (!pipe) {
        m_problem = "pipe " + plan.name + ": " + pipe.error().text();
        return;
    }
    if (plan.declaration.maximum) // the system rounds it up to whole pages
        static_cast<void>(
            ::fcntl(pipe->writer.get(), F_SETPIPE_SZ, static_cast<int>(*plan.declaration.maximum)));
    m_shownAs = definePipe(plan.name, pipe->reader.get());
    open(std::move(pipe->reader), std::move(pipe->writer));
    if (!m_reader->descriptor() || !m_writer->descriptor())
        m_problem = "pipe " + plan.name + ": there is no room for its ends";
}

void PipeObject::renew(OwnedFd reader, OwnedFd writer)
{
    // The numbers that these hold may be those of others here: nothing of them is closed.
    static_cast<void>(m_reader.release());
    static_cast<void>(m_writer.release());
    m_reader = std::make_unique<StreamReader>();
    m_writer = std::make_unique<StreamWriter>();
    open(std::move(reader), std::move(writer));
}

void PipeObject::open(OwnedFd reader, OwnedFd writer)
{
    if (reader) {
        if (auto descriptor = StreamDescriptor::shared(std::move(reader), O_RDONLY))
            m_reader = std::make_unique<StreamReader>(*std::move(descriptor), m_shownAs);
    }
    if (writer) {
        if (auto descriptor = StreamDescriptor::shared(std::move(writer), O_WRONLY))
            m_writer = std::make_unique<StreamWriter>(*std::move(descriptor), m_shownAs);
    }
}

void PipeObject::close(char part)
{
    if (part != 'w')
        m_reader->close();
    if (part != 'r')
        m_writer->close();
}

StepOutcome PipeObject::perform(const ObjectStep& step)
{
    return notForThisObject(step);
}

std::unique_ptr<RunObject> makePipe(const ObjectPlan& plan)
{
    return std::make_unique<PipeObject>(plan);
}

} // namespace heddle
