// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/base/result.h"

#include <QString>

class QWidget;

namespace heddle::app {

/// What went wrong, for people: what happened, what to do, and the technical line for Details.
struct UserMessage
{
    QString what;
    QString advice;
    QString details;
};

/// The translated sentences for an error. `subject`: the file or program it happened to, may be empty.
[[nodiscard]] UserMessage messageFor(const Error& error, const QString& subject);

/// Shows it in a box that does not stop the rest of the window.
void showMessage(QWidget* window, const UserMessage& message);

} // namespace heddle::app
