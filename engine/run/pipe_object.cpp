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
    if (!pipe)
        return;
    if (plan.declaration.maximum) // the system rounds it up to whole pages
        static_cast<void>(
            ::fcntl(pipe->writer.get(), F_SETPIPE_SZ, static_cast<int>(*plan.declaration.maximum)));
    auto reader = StreamDescriptor::shared(std::move(pipe->reader), O_RDONLY);
    auto writer = StreamDescriptor::shared(std::move(pipe->writer), O_WRONLY);
    if (!reader || !writer)
        return;
    const ObjectId shownAs = definePipe(plan.name, (*reader)->fd());
    m_reader = std::make_unique<StreamReader>(*std::move(reader), shownAs);
    m_writer = std::make_unique<StreamWriter>(*std::move(writer), shownAs);
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
