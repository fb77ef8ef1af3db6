// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/kinds.h"
#include "widgets/shared/theme.h"

#include <QBrush>
#include <QColor>
#include <QString>

namespace heddle::widgets {

/// What tells a state apart without its colour.
enum class StatePattern
{
    None,
    Solid,
    LightHatch,
    DiagonalUp,
    DiagonalDown,
    VerticalLines,
    HorizontalLines,
    Dots,
    Cross,
    Framed,
};

/// How a state looks in timeline, charts, inspector and graphs.
struct StateLook
{
    QColor fill;
    QColor ink; ///< of the pattern and the frame, on `fill`
    QColor text; ///< readable on `fill`
    StatePattern pattern = StatePattern::Solid;
};

/// The look of a state: a colour-blind-safe set, made for each scheme.
[[nodiscard]] const StateLook& stateLook(State state, ColourScheme scheme);

/// The colour that stands for a whole group in stacked shares (that of its commonest state).
[[nodiscard]] const StateLook& stateLook(StateGroup group, ColourScheme scheme);

/// Whether the pattern has ink at this pixel; it repeats every 8 pixels both ways.
[[nodiscard]] bool hasInk(StatePattern pattern, int x, int y);

/// A brush with colour and pattern; drawn sharp at the given device pixel ratio.
[[nodiscard]] QBrush stateBrush(State state, ColourScheme scheme, qreal devicePixelRatio = 1.0);

/// The state's word, translated: "waiting for a lock".
[[nodiscard]] QString stateWord(State state);
[[nodiscard]] QString stateGroupWord(StateGroup group);

/// How well one colour is read on another, as WCAG counts it: 1 … 21.
[[nodiscard]] double contrastRatio(const QColor& one, const QColor& other);

} // namespace heddle::widgets
