// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/shared/time_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace heddle::widgets {

namespace {

struct Unit
{
    double nanoseconds;
    const char* pattern;
};

constexpr std::array<Unit, 4> kUnits{{
    {1e9, QT_TRANSLATE_NOOP("heddle::TimeText", "%1 s")},
    {1e6, QT_TRANSLATE_NOOP("heddle::TimeText", "%1 ms")},
    {1e3, QT_TRANSLATE_NOOP("heddle::TimeText", "%1 µs")},
    {1.0, QT_TRANSLATE_NOOP("heddle::TimeText", "%1 ns")},
}};

const Unit& unitFor(double nanoseconds)
{
    for (const Unit& unit : kUnits) {
        if (nanoseconds >= unit.nanoseconds * 0.9995)
            return unit;
    }
    return kUnits.back();
}

QString withUnit(double value, int decimals, const Unit& unit)
{
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    QString number = locale.toString(value, 'f', decimals);
    if (decimals > 0) { // 1.50 reads better as 1.5
        while (number.endsWith(locale.zeroDigit()))
            number.chop(1);
        if (number.endsWith(locale.decimalPoint()))
            number.chop(locale.decimalPoint().size());
    }
    return QCoreApplication::translate("heddle::TimeText", unit.pattern).arg(number);
}

} // namespace

QString durationText(std::chrono::nanoseconds duration)
{
    const auto value = static_cast<double>(duration.count());
    const Unit& unit = unitFor(std::abs(value));
    const double scaled = value / unit.nanoseconds;
    const double size = std::abs(scaled);
    const int decimals = unit.nanoseconds <= 1.0 || size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
    return withUnit(scaled, decimals, unit);
}

QString momentText(std::chrono::nanoseconds moment, std::chrono::nanoseconds resolution)
{
    const auto step = static_cast<double>(std::max<std::int64_t>(1, resolution.count()));
    const auto value = static_cast<double>(moment.count());
    const Unit& unit = unitFor(std::max(step, std::abs(value)));
    const int decimals =
        std::clamp(static_cast<int>(std::ceil(std::log10(unit.nanoseconds / step) - 1e-9)), 0, 9);
    return withUnit(value / unit.nanoseconds, decimals, unit);
}

QString shareText(double share)
{
    const double percent = share * 100.0;
    if (percent > 0.0 && percent < 1.0)
        return QCoreApplication::translate("heddle::TimeText", "<1 %");
    return QCoreApplication::translate("heddle::TimeText", "%1 %")
        .arg(QLocale().toString(percent, 'f', 0));
}

} // namespace heddle::widgets
