// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/processes/pipe.h"
#include "engine/processes/subprocess.h"
#include "tests/support/marked_processes.h"

#include <chrono>
#include <string>
#include <vector>

#include <poll.h>
#include <unistd.h>

namespace heddle::tests {

/// A small program under test with a mark on it and its output in a pipe.
class StartedChild
{
public:
    explicit StartedChild(std::vector<std::string> arguments)
    {
        Result<Pipe> pipe = Pipe::create();
        if (!pipe)
            return;
        const std::size_t equals = m_mark.find('=');
        SpawnOptions options;
        options.arguments = std::move(arguments);
        options.environment = {
            {{"PATH", "/usr/bin:/bin"}, {"TSAN_OPTIONS", "halt_on_error=1 die_after_fork=0"},
                {m_mark.substr(0, equals), m_mark.substr(equals + 1)}}};
        options.standardOutput = {Redirection::Goes::ToDescriptor, pipe->writer.get()};
        Result<Subprocess> child = Subprocess::spawn(options);
        if (!child)
            return;
        m_child.emplace(*std::move(child));
        m_output = std::move(pipe->reader);
    }

    [[nodiscard]] bool isStarted() const { return m_child.has_value(); }
    [[nodiscard]] Subprocess& process() { return *m_child; }
    [[nodiscard]] const std::string& mark() const { return m_mark; }
    [[nodiscard]] const std::string& text() const { return m_text; }

    /// Reads until the text holds `wanted`; false if the output ends or five seconds pass before.
    [[nodiscard]] bool readUntil(const std::string& wanted)
    {
        while (m_text.find(wanted) == std::string::npos) {
            if (!readSome())
                return false;
        }
        return true;
    }

    /// Reads to the end and waits for the child.
    [[nodiscard]] Result<ExitStatus> finish()
    {
        while (readSome()) { }
        return m_child->wait(Deadline::after(std::chrono::seconds(20)));
    }

private:
    bool readSome()
    {
        char bytes[4096];
        pollfd descriptor{m_output.get(), POLLIN, 0};
        if (::poll(&descriptor, 1, 20'000) != 1)
            return false;
        const ssize_t count = ::read(m_output.get(), bytes, sizeof bytes);
        if (count <= 0)
            return false;
        m_text.append(bytes, static_cast<std::size_t>(count));
        return true;
    }

    std::string m_mark = uniqueMark();
    std::optional<Subprocess> m_child;
    OwnedFd m_output;
    std::string m_text;
};

} // namespace heddle::tests
