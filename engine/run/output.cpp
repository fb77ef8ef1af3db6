// SPDX-License-Identifier: Apache-2.0
#include "engine/run/output.h"

#include "engine/record/recorder.h"
#include "engine/run/source_line.h"

#include <utility>

namespace heddle {

void Output::say(std::string_view actor, OutputStream stream, std::string text, std::uint32_t line)
{
    OutputLine said;
    said.actor = std::string(actor);
    said.isError = stream == OutputStream::Error;
    said.text = std::move(text);
    ProcessLock::Holding lines(m_lines);
    said.time = recordingNow();
    record(EventKind::Said, ++lines.number(), 0, recordedLine(line));
    m_channel.sendOutput(said);
}

} // namespace heddle
