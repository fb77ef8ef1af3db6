// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/kinds.h"

#include <QIcon>
#include <QPixmap>
#include <QString>

namespace heddle::widgets {

/// The icon `resources/icons/<name>.svg`, drawn in the application's text colour: it follows the
/// theme by itself, and disabled icons are dimmed. An unknown name gives a null icon.
[[nodiscard]] QIcon themedIcon(const QString& name);

/// The same in a fixed colour, for danger, warning and the like.
[[nodiscard]] QIcon themedIcon(const QString& name, const QColor& colour);

/// A picture of the icon, kept for the next time: for own painting, frame after frame.
[[nodiscard]] QPixmap iconPixmap(
    const QString& name, const QColor& colour, int size, qreal devicePixelRatio);

[[nodiscard]] QIcon primitiveIcon(PrimitiveKind kind);

/// The name of the file for a kind, without ".svg".
[[nodiscard]] QString actorIconName(ActorKind kind);
[[nodiscard]] QString primitiveIconName(PrimitiveKind kind);

} // namespace heddle::widgets
