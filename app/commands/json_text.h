// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QJsonDocument>
#include <QJsonObject>

#include <string>

namespace heddle::app {

/// One JSON object on one line, as every `--json` prints it.
[[nodiscard]] inline std::string jsonText(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString() + "\n";
}

} // namespace heddle::app
