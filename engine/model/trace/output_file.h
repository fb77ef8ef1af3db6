// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/owned_fd.h"
#include "engine/base/result.h"

#include <string>
#include <string_view>

namespace heddle {

/// A file that appears whole or not at all: written beside its place and renamed when complete.
///
/// A path that is no regular file (a pipe, a device) is written to directly. Destroyed without
/// commit(), nothing is left behind.
///
/// Threads: one thread at a time.
/// Source:  open(2), rename(2).
class OutputFile
{
public:
    /// Errors: SystemCall with the path.
    [[nodiscard]] static Result<OutputFile> create(const std::string& path);
    ~OutputFile();
    OutputFile(OutputFile&& other) noexcept;
    OutputFile& operator=(OutputFile&&) = delete;
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    /// Appends; an error is kept and returned by commit().
    void write(std::string_view bytes);
    [[nodiscard]] bool hasFailed() const { return m_errno != 0; }

    /// Writes what is left and puts the file in its place. Errors: SystemCall with the path.
    [[nodiscard]] Result<void> commit();

private:
    OutputFile(OwnedFd fd, std::string path, std::string temporary);
    void flush();

    OwnedFd m_fd;
    std::string m_path;
    std::string m_temporary; ///< empty: written directly
    std::string m_buffer;
    int m_errno = 0;
};

} // namespace heddle
