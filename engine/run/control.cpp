// SPDX-License-Identifier: Apache-2.0
#include "engine/run/control.h"

#include <cstring>

namespace heddle {

namespace {

constexpr std::size_t kSignalWishBytes = 2 + sizeof(std::int64_t);

} // namespace

std::string encodeWish(const ControlWish& wish)
{
    std::string bytes(1, static_cast<char>(wish.message));
    if (wish.message == ControlMessage::Signal) {
        bytes.resize(kSignalWishBytes);
        bytes[1] = static_cast<char>(wish.signal);
        std::memcpy(bytes.data() + 2, &wish.process, sizeof wish.process);
    }
    return bytes;
}

std::optional<ControlWish> takeWish(std::string& bytes)
{
    if (bytes.empty())
        return std::nullopt;
    ControlWish wish;
    wish.message = static_cast<ControlMessage>(bytes[0]);
    std::size_t length = 1;
    if (wish.message == ControlMessage::Signal) {
        length = kSignalWishBytes;
        if (bytes.size() < length)
            return std::nullopt;
        wish.signal = static_cast<std::uint8_t>(bytes[1]);
        std::memcpy(&wish.process, bytes.data() + 2, sizeof wish.process);
    }
    bytes.erase(0, length);
    return wish;
}

} // namespace heddle
