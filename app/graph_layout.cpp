// SPDX-License-Identifier: GPL-3.0-only
#include "app/graph_layout.h"

#include "engine/processes/pipe.h"
#include "engine/processes/subprocess.h"

#include <array>
#include <chrono>

#include <poll.h>
#include <sys/mman.h>
#include <unistd.h>

namespace heddle::app {

namespace {

constexpr int kPollMilliseconds = 40;
constexpr std::chrono::seconds kEndTime{1};

/// A file in memory with the text, to be read from its start.
Result<OwnedFd> inMemory(const std::string& text)
{
    OwnedFd file(::memfd_create("graph", MFD_CLOEXEC));
    if (file.get() < 0)
        return systemError("memfd_create");
    std::size_t written = 0;
    while (written < text.size()) {
        const ssize_t count = ::write(file.get(), text.data() + written, text.size() - written);
        if (count < 0)
            return systemError("write");
        written += static_cast<std::size_t>(count);
    }
    if (::lseek(file.get(), 0, SEEK_SET) < 0)
        return systemError("lseek");
    return file;
}

/// Everything that comes out of the pipe, until its other end is closed.
Result<std::string> readAll(int fd, const std::stop_token& stop)
{
    std::string text;
    std::array<char, 16'384> buffer{};
    for (;;) {
        if (stop.stop_requested())
            return Error{ErrorKind::Cancelled, 0, "read", {}};
        pollfd waited{fd, POLLIN, 0};
        if (::poll(&waited, 1, kPollMilliseconds) == 0)
            continue;
        const ssize_t count = ::read(fd, buffer.data(), buffer.size());
        if (count == 0)
            return text;
        if (count < 0)
            return systemError("read");
        text.append(buffer.data(), static_cast<std::size_t>(count));
    }
}

} // namespace

Result<std::string> layOutGraph(const std::string& graph, const std::stop_token& stop)
{
    Result<OwnedFd> input = inMemory(graph);
    if (!input)
        return input.error();
    Result<Pipe> output = Pipe::create();
    if (!output)
        return output.error();
    SpawnOptions options;
    options.arguments = {"dot", "-Tplain"};
    options.standardInput = {Redirection::Goes::ToDescriptor, input->get()};
    options.standardOutput = {Redirection::Goes::ToDescriptor, output->writer.get()};
    options.standardError = {Redirection::Goes::ToNull, -1};
    Result<Subprocess> dot = Subprocess::spawn(options);
    if (!dot)
        return dot.error();
    output->writer = OwnedFd();
    Result<std::string> text = readAll(output->reader.get(), stop);
    if (!text)
        return text.error(); // the child is ended with its owner
    const Result<ExitStatus> status = dot->wait(Deadline::after(kEndTime));
    if (!status)
        return status.error();
    if (text->empty())
        return Error{ErrorKind::ChildGone, 0, "dot", "dot has laid out nothing"};
    return text;
}

} // namespace heddle::app
