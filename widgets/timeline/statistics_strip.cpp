// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/timeline/statistics_strip.h"

#include "widgets/shared/state_colours.h"
#include "widgets/shared/time_text.h"
#include "widgets/shared/trace_document.h"

#include <QPainter>

#include <algorithm>

namespace heddle::widgets {

namespace {

constexpr int kChipSize = 10;
constexpr int kGap = 16;
constexpr int kPadding = 12;

} // namespace

StatisticsStrip::StatisticsStrip(TraceDocument& document, TimelineRange& range, QWidget* parent)
    : QWidget(parent)
    , m_document(document)
    , m_range(range)
    , m_job(this, [this](const SelectionSums& sums) { take(sums); })
{
    setAccessibleName(tr("Statistics of the selection"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&m_range, &TimelineRange::selectionChanged, this, &StatisticsStrip::ask);
}

QSize StatisticsStrip::sizeHint() const
{
    return {320, fontMetrics().height() + 12};
}

QString StatisticsStrip::text() const
{
    if (!m_hasSums)
        return tr(
            "Drag over the lanes (or Shift with the arrows) to select: the time of each state is "
            "shown here.");
    QString words = summary();
    for (const Part& part : parts())
        words += QStringLiteral(" · ") + part.words;
    return words;
}

void StatisticsStrip::ask()
{
    if (m_range.selection().isEmpty()) {
        m_hasSums = false;
        m_job.ask([](const std::stop_token&) { return SelectionSums{}; });
        update();
        emit sumsChanged();
        return;
    }
    m_job.ask([trace = m_document.trace(), selection = m_range.selection()](
                  const std::stop_token& stop) { return selectionSums(*trace, selection, stop); });
}

void StatisticsStrip::take(const SelectionSums& sums)
{
    if (m_range.selection().isEmpty())
        return;
    m_sums = sums;
    m_times = TraceTimes(*m_document.trace());
    m_hasSums = true;
    setAccessibleDescription(text());
    update();
    emit sumsChanged();
}

QString StatisticsStrip::summary() const
{
    return tr("%1 selected on %n actor(s)", nullptr, static_cast<int>(m_sums.actors))
        .arg(m_times.duration(m_sums.duration));
}

std::vector<StatisticsStrip::Part> StatisticsStrip::parts() const
{
    std::vector<Part> found;
    const double whole =
        std::max(1.0, static_cast<double>(m_sums.duration) * static_cast<double>(m_sums.actors));
    for (std::size_t state = 1; state < m_sums.nanoseconds.size(); ++state) {
        const std::int64_t time = m_sums.nanoseconds[state];
        if (time <= 0)
            continue;
        const double share = static_cast<double>(time) / whole;
        found.push_back({static_cast<State>(state),
            tr("%1 %2 (%3)", "state, time, share")
                .arg(
                    stateWord(static_cast<State>(state)), m_times.duration(time), shareText(share)),
            share});
    }
    std::sort(found.begin(), found.end(),
        [](const Part& one, const Part& other) { return one.share > other.share; });
    return found;
}

void StatisticsStrip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const ColourScheme scheme = schemeOf(palette());
    const ThemeColours& colours = themeColours(scheme);
    painter.fillRect(rect(), colours.window);
    painter.fillRect(0, 0, width(), 1, colours.border);
    const QFontMetrics metrics(font());
    if (!m_hasSums) {
        painter.setPen(colours.textMuted);
        painter.drawText(rect().adjusted(kPadding, 0, -kPadding, 0),
            Qt::AlignVCenter | Qt::AlignLeft,
            metrics.elidedText(text(), Qt::ElideRight, width() - 2 * kPadding));
        return;
    }
    int x = kPadding;
    painter.setPen(colours.text);
    painter.drawText(
        QRect(x, 0, width() - x, height()), Qt::AlignVCenter | Qt::AlignLeft, summary());
    x += metrics.horizontalAdvance(summary()) + kGap;
    for (const Part& part : parts()) {
        const int needed = kChipSize + 6 + metrics.horizontalAdvance(part.words);
        if (x + needed > width() - kPadding)
            break;
        const QRect chip(x, (height() - kChipSize) / 2, kChipSize, kChipSize);
        painter.fillRect(chip, stateBrush(part.state, scheme, devicePixelRatioF()));
        painter.setPen(colours.text);
        painter.drawText(QRect(chip.right() + 7, 0, width() - x, height()),
            Qt::AlignVCenter | Qt::AlignLeft, part.words);
        x += needed + kGap;
    }
}

} // namespace heddle::widgets
