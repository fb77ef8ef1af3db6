// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/shared/state_colours.h"

#include <QCoreApplication>
#include <QImage>

#include <algorithm>
#include <array>
#include <cmath>

namespace heddle::widgets {

namespace {

struct StateRow
{
    State state;
    const char* word;
    StatePattern pattern;
    QRgb light;
    QRgb dark;
};

// Hues after Okabe and Ito, told apart also by lightness and by pattern; order of `State`.
constexpr std::array<StateRow, kStateCount> kRows{{
    {State::None, QT_TRANSLATE_NOOP("heddle::State", "nothing known"), StatePattern::None,
        0xfff1f3f6, 0xff23272f},
    {State::Running, QT_TRANSLATE_NOOP("heddle::State", "running"), StatePattern::Solid, 0xff2bab86,
        0xff25a37e},
    {State::Computing, QT_TRANSLATE_NOOP("heddle::State", "computing"), StatePattern::Solid,
        0xff4cc29d, 0xff3cba93},
    {State::Runnable, QT_TRANSLATE_NOOP("heddle::State", "runnable, no processor"),
        StatePattern::LightHatch, 0xfff3e27a, 0xffe6d04f},
    {State::Blocked, QT_TRANSLATE_NOOP("heddle::State", "blocked"), StatePattern::Dots, 0xffc6ccd6,
        0xff474e5b},
    {State::WaitLock, QT_TRANSLATE_NOOP("heddle::State", "waiting for a lock"),
        StatePattern::DiagonalUp, 0xffec7a35, 0xffea7a3a},
    {State::WaitCondition, QT_TRANSLATE_NOOP("heddle::State", "waiting for a condition"),
        StatePattern::DiagonalDown, 0xffd98bb5, 0xffd488b2},
    {State::WaitQueue, QT_TRANSLATE_NOOP("heddle::State", "waiting for a queue"),
        StatePattern::VerticalLines, 0xff63b7ea, 0xff55acdf},
    {State::WaitInput, QT_TRANSLATE_NOOP("heddle::State", "waiting for input or output"),
        StatePattern::HorizontalLines, 0xffa3b4cb, 0xff8c9db5},
    {State::WaitTime, QT_TRANSLATE_NOOP("heddle::State", "sleeping"), StatePattern::Dots,
        0xffdbe0e8, 0xff3a414d},
    {State::WaitActor, QT_TRANSLATE_NOOP("heddle::State", "waiting for another actor"),
        StatePattern::Cross, 0xffb7a2e0, 0xffaf9adb},
    {State::WaitSignal, QT_TRANSLATE_NOOP("heddle::State", "waiting for a signal"),
        StatePattern::HorizontalLines, 0xffc9bb62, 0xffbcae58},
    {State::Error, QT_TRANSLATE_NOOP("heddle::State", "failed or stuck for good"),
        StatePattern::Framed, 0xffc2183a, 0xffc81e42},
    {State::Held, QT_TRANSLATE_NOOP("heddle::State", "held"), StatePattern::Solid, 0xff86a7dd,
        0xff7799d2},
    {State::Section, QT_TRANSLATE_NOOP("heddle::State", "in a section"), StatePattern::Solid,
        0xffdfe4f4, 0xff39425a},
    {State::Zombie, QT_TRANSLATE_NOOP("heddle::State", "zombie: ended, not reaped"),
        StatePattern::LightHatch, 0xffb9a9a4, 0xff6d5f5b},
}};

struct GroupRow
{
    State state;
    const char* word;
};

constexpr std::array<GroupRow, kStateGroupCount> kGroups{{
    {State::Running, QT_TRANSLATE_NOOP("heddle::State", "running")},
    {State::Runnable, QT_TRANSLATE_NOOP("heddle::State", "runnable")},
    {State::WaitLock, QT_TRANSLATE_NOOP("heddle::State", "waiting for others")},
    {State::WaitTime, QT_TRANSLATE_NOOP("heddle::State", "idle")},
    {State::Error, QT_TRANSLATE_NOOP("heddle::State", "failed or stuck")},
}};

constexpr int kPatternSize = 8;

double luminance(const QColor& colour)
{
    const auto linear = [](double value) {
        return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF())
        + 0.0722 * linear(colour.blueF());
}

StateLook makeLook(const StateRow& row, ColourScheme scheme)
{
    StateLook look;
    look.pattern = row.pattern;
    look.fill = QColor::fromRgb(scheme == ColourScheme::Light ? row.light : row.dark);
    const QColor dark(0x10, 0x14, 0x1b);
    const QColor light(0xf4, 0xf6, 0xfa);
    look.text = contrastRatio(dark, look.fill) >= contrastRatio(light, look.fill) ? dark : light;
    const bool isDarkFill = luminance(look.fill) < 0.12;
    look.ink = isDarkFill ? look.fill.lighter(150) : look.fill.darker(122);
    return look;
}

std::array<StateLook, kStateCount> makeLooks(ColourScheme scheme)
{
    std::array<StateLook, kStateCount> looks;
    for (std::size_t index = 0; index < looks.size(); ++index)
        looks[index] = makeLook(kRows[index], scheme);
    return looks;
}

} // namespace

const StateLook& stateLook(State state, ColourScheme scheme)
{
    static const std::array<StateLook, kStateCount> kLight = makeLooks(ColourScheme::Light);
    static const std::array<StateLook, kStateCount> kDark = makeLooks(ColourScheme::Dark);
    const auto index = std::min(static_cast<std::size_t>(state), kRows.size() - 1);
    return scheme == ColourScheme::Light ? kLight[index] : kDark[index];
}

const StateLook& stateLook(StateGroup group, ColourScheme scheme)
{
    return stateLook(kGroups[static_cast<std::size_t>(group)].state, scheme);
}

bool hasInk(StatePattern pattern, int x, int y)
{
    const int column = x & (kPatternSize - 1);
    const int row = y & (kPatternSize - 1);
    switch (pattern) {
    case StatePattern::None:
    case StatePattern::Solid:
    case StatePattern::Framed:
        return false;
    case StatePattern::LightHatch:
        return ((column + row) & 7) == 0;
    case StatePattern::DiagonalUp:
        return ((column + row) & 7) < 2;
    case StatePattern::DiagonalDown:
        return ((column - row) & 7) < 2;
    case StatePattern::VerticalLines:
        return (column & 3) == 0;
    case StatePattern::HorizontalLines:
        return (row & 3) == 0;
    case StatePattern::Dots:
        return (column & 3) == 1 && (row & 3) == ((column & 4) == 0 ? 1 : 3);
    case StatePattern::Cross:
        return ((column + row) & 7) == 0 || ((column - row) & 7) == 0;
    }
    return false;
}

QBrush stateBrush(State state, ColourScheme scheme, qreal devicePixelRatio)
{
    const StateLook& look = stateLook(state, scheme);
    if (look.pattern == StatePattern::Solid || look.pattern == StatePattern::None
        || look.pattern == StatePattern::Framed)
        return look.fill;
    const int zoom = std::max(1, qRound(devicePixelRatio));
    QImage tile(kPatternSize * zoom, kPatternSize * zoom, QImage::Format_RGB32);
    for (int y = 0; y < tile.height(); ++y) {
        for (int x = 0; x < tile.width(); ++x)
            tile.setPixelColor(
                x, y, hasInk(look.pattern, x / zoom, y / zoom) ? look.ink : look.fill);
    }
    tile.setDevicePixelRatio(zoom);
    return QBrush(tile);
}

QString stateWord(State state)
{
    const auto index = std::min(static_cast<std::size_t>(state), kRows.size() - 1);
    return QCoreApplication::translate("heddle::State", kRows[index].word);
}

QString stateGroupWord(StateGroup group)
{
    return QCoreApplication::translate(
        "heddle::State", kGroups[static_cast<std::size_t>(group)].word);
}

double contrastRatio(const QColor& one, const QColor& other)
{
    const double first = luminance(one) + 0.05;
    const double second = luminance(other) + 0.05;
    return std::max(first, second) / std::min(first, second);
}

} // namespace heddle::widgets
