// SPDX-License-Identifier: Apache-2.0
#include "engine/processes/exchange.h"

#include "engine/base/descriptor_wait.h"

#include <array>
#include <cerrno>

#include <poll.h>
#include <unistd.h>

namespace heddle {

namespace {

constexpr std::size_t kChunkBytes = std::size_t{64} * 1024;

// A child that does not want the rest is no error: it says by its status what it thinks of it.
void sendSome(PipeWriter& writer, std::string_view& input)
{
    while (!input.empty()) {
        const Result<std::size_t> count = writeNow(writer.fd(), input.substr(0, kChunkBytes));
        if (!count) {
            input = {};
            break;
        }
        if (*count == 0)
            return;
        input.remove_prefix(*count);
        if (*count < kChunkBytes)
            break;
    }
    if (input.empty())
        writer.drop();
}

Result<void> receiveSome(PipeReader& reader, std::string& text)
{
    std::array<char, kChunkBytes> chunk; // NOLINT(cppcoreguidelines-pro-type-member-init)
    const ssize_t count = ::read(reader.fd(), chunk.data(), chunk.size());
    if (count < 0 && errno != EAGAIN && errno != EINTR)
        return systemError("read");
    if (count > 0)
        text.append(chunk.data(), static_cast<std::size_t>(count));
    if (count == 0)
        reader.close();
    return {};
}

} // namespace

std::optional<std::string> Exchange::take(std::optional<std::string>& text)
{
    if (!text)
        return std::nullopt;
    return std::exchange(*text, {});
}

Result<void> Exchange::begin(Streams streams, std::string_view input)
{
    if (m_hasBegun && !input.empty())
        return Error{ErrorKind::InvalidArgument, 0, "communicate",
            "the input was given with the first call"};
    if (!input.empty() && !streams.input.isOpen())
        return Error{ErrorKind::InvalidArgument, 0, "communicate", "stdin is no open pipe"};
    if (m_hasBegun)
        return {};
    m_hasBegun = true;
    if (streams.output.isOpen())
        m_output = streams.output.takeBuffered();
    if (streams.errors.isOpen())
        m_errors = streams.errors.takeBuffered();
    m_unsent = streams.input.takeBuffered();
    return {};
}

Result<void> Exchange::goOn(
    Streams streams, std::string_view input, Deadline deadline, const std::stop_token& stop)
{
    Result<void> begun = begin(streams, input);
    if (!begun)
        return begun;
    if (!m_unsent.empty()) {
        m_unsent += input;
        input = m_unsent;
    }
    if (input.empty())
        streams.input.drop();
    Result<void> outcome = pump(streams, input, deadline, stop);
    m_unsent = std::string(input); // usually nothing
    return outcome;
}

Result<void> Exchange::pump(
    Streams streams, std::string_view& input, Deadline deadline, const std::stop_token& stop)
{
    while (streams.input.isOpen() || streams.output.isOpen() || streams.errors.isOpen()) {
        // A closed stream has the number -1, which poll passes over.
        std::array<pollfd, 3> descriptors{{{streams.input.fd(), POLLOUT, 0},
            {streams.output.fd(), POLLIN, 0}, {streams.errors.fd(), POLLIN, 0}}};
        const Result<std::size_t> ready = pollDescriptors(descriptors, deadline, stop);
        if (!ready)
            return ready.error();
        if (descriptors[0].revents != 0)
            sendSome(streams.input, input);
        Result<void> received;
        if (descriptors[1].revents != 0)
            received = receiveSome(streams.output, *m_output);
        if (received && descriptors[2].revents != 0)
            received = receiveSome(streams.errors, *m_errors);
        if (!received)
            return received;
        const bool isDone =
            !streams.input.isOpen() && !streams.output.isOpen() && !streams.errors.isOpen();
        if (!isDone && deadline.isOver())
            return Error{ErrorKind::Timeout, 0, "communicate", {}};
    }
    return {};
}

} // namespace heddle
