// SPDX-License-Identifier: Apache-2.0
#include "engine/processes/accounts.h"

#include <cerrno>
#include <limits>
#include <vector>

#include <grp.h>
#include <pwd.h>

namespace heddle {

namespace {

constexpr std::size_t kMostBytes = std::size_t{1024} * 1024;

// The largest number means "leave it as it is" to the kernel, so it names nobody.
Result<std::uint32_t> checkedNumber(std::int64_t number)
{
    if (number < 0 || number >= std::numeric_limits<std::uint32_t>::max())
        return Error{ErrorKind::InvalidArgument, 0, "spawn",
            std::to_string(number) + " is no number of a user or group"};
    return static_cast<std::uint32_t>(number);
}

// Asks one of the system's lists with a buffer that grows until the entry fits.
template <typename Entry, typename Ask, typename Take>
Result<std::uint32_t> lookUp(const std::string& name, const Ask& ask, const Take& take)
{
    std::vector<char> buffer(1024);
    while (true) {
        Entry entry{};
        Entry* found = nullptr;
        const int failure = ask(name.c_str(), &entry, buffer.data(), buffer.size(), &found);
        if (failure == ERANGE && buffer.size() < kMostBytes) {
            buffer.resize(buffer.size() * 2);
            continue;
        }
        if (found != nullptr)
            return take(*found);
        return Error{ErrorKind::InvalidArgument, 0, "spawn", "nobody is called '" + name + "'"};
    }
}

} // namespace

Result<uid_t> userNumber(const Account& user)
{
    if (const auto* number = std::get_if<std::int64_t>(&user))
        return checkedNumber(*number);
    return lookUp<passwd>(std::get<std::string>(user), ::getpwnam_r,
        [](const passwd& entry) { return entry.pw_uid; });
}

Result<gid_t> groupNumber(const Account& account)
{
    if (const auto* number = std::get_if<std::int64_t>(&account))
        return checkedNumber(*number);
    return lookUp<group>(std::get<std::string>(account), ::getgrnam_r,
        [](const group& entry) { return entry.gr_gid; });
}

} // namespace heddle
