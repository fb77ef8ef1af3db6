// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "widgets/library/library_model.h"

#include <QStringList>

#include <vector>

namespace heddle::app {

/// The gallery as the library panel shows it.
[[nodiscard]] std::vector<widgets::LibraryModel::Chapter> galleryChapters();

/// Recent files that still exist, with the folder as summary.
[[nodiscard]] std::vector<widgets::LibraryEntry> recentEntries(const QStringList& paths);

} // namespace heddle::app
