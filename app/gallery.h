// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace heddle::app {

/// A program that comes with Heddle.
struct GalleryProgram
{
    std::string id; ///< "locks/dining_philosophers"
    std::string chapter; ///< "locks"
    std::string title; ///< as the program says
    std::string demonstrates; ///< its first comment, in one line
    std::vector<std::string> expects; ///< texts of its `expect` lines
};

/// All programs, in the order in which they are to be shown.
///
/// Threads: any thread; they are read once.
[[nodiscard]] const std::vector<GalleryProgram>& galleryPrograms();

/// The text of a program, or nothing if there is none with this id.
[[nodiscard]] std::optional<std::string> galleryText(std::string_view id);

/// The id that was probably meant.
[[nodiscard]] std::optional<std::string> nearestGalleryId(const std::string& id);

} // namespace heddle::app
