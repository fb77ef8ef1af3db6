// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/explorer/outcome_histogram.h"

#include "widgets/shared/theme.h"

#include <QEvent>
#include <QLocale>
#include <QPainter>

#include <algorithm>

namespace heddle::widgets {

namespace {

constexpr int kMargin = 8;
constexpr int kGap = 6;

} // namespace

OutcomeHistogram::OutcomeHistogram(QWidget* parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Outcomes"));
}

void OutcomeHistogram::setGroups(std::vector<OutcomeGroup> groups)
{
    m_groups = std::move(groups);
    setAccessibleDescription(description());
    updateGeometry();
    update();
}

QString OutcomeHistogram::description() const
{
    QStringList sentences;
    for (const OutcomeGroup& group : m_groups) {
        QStringList values;
        for (const OutcomeGroup::Value& value : group.values)
            values.append(value.count > 0
                    ? tr("%1 (%2)").arg(value.text, QLocale().toString(value.count))
                    : value.text);
        sentences.append(tr("%1: %2.").arg(group.title, values.join(QStringLiteral(", "))));
    }
    return sentences.join(u' ');
}

int OutcomeHistogram::rowHeight() const
{
    return fontMetrics().height() + 5;
}

int OutcomeHistogram::heightOf(const OutcomeGroup& group) const
{
    const std::size_t rows = std::min(group.values.size(), kMostRows);
    const int more = group.values.size() > kMostRows ? 1 : 0;
    return (static_cast<int>(rows) + 1 + more) * rowHeight() + kGap;
}

QSize OutcomeHistogram::sizeHint() const
{
    int height = m_groups.empty() ? 0 : kMargin;
    for (const OutcomeGroup& group : m_groups)
        height += heightOf(group);
    return {300, height};
}

void OutcomeHistogram::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        setAccessibleName(tr("Outcomes"));
    if (event->type() == QEvent::FontChange)
        updateGeometry();
    QWidget::changeEvent(event);
}

void OutcomeHistogram::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.fillRect(rect(), themeColours(schemeOf(palette())).surface);
    painter.setRenderHint(QPainter::Antialiasing);
    int top = kMargin / 2;
    for (const OutcomeGroup& group : m_groups) {
        paintGroup(painter, group, top);
        top += heightOf(group);
    }
}

void OutcomeHistogram::paintGroup(QPainter& painter, const OutcomeGroup& group, int top) const
{
    const ThemeColours& colours = themeColours(schemeOf(palette()));
    const int height = rowHeight();
    const int inside = width() - 2 * kMargin;
    QFont bold = font();
    bold.setBold(true);
    painter.setFont(bold);
    painter.setPen(colours.text);
    painter.drawText(QRect(kMargin, top, inside, height), Qt::AlignVCenter, group.title);
    painter.setFont(font());
    int labels = 0;
    quint64 most = 0;
    for (const OutcomeGroup::Value& value : group.values) {
        labels = std::max(labels, fontMetrics().horizontalAdvance(value.text));
        most = std::max(most, value.count);
    }
    labels = std::min(labels + 10, inside * (most > 0 ? 55 : 100) / 100);
    const int counts =
        most > 0 ? fontMetrics().horizontalAdvance(QLocale().toString(most)) + 10 : 0;
    const int bars = std::max(0, inside - labels - counts);
    for (std::size_t i = 0; i < std::min(group.values.size(), kMostRows); ++i) {
        const OutcomeGroup::Value& value = group.values[i];
        top += height;
        painter.setPen(value.isBad ? colours.danger : colours.text);
        painter.drawText(QRect(kMargin, top, labels - 8, height), Qt::AlignVCenter | Qt::AlignLeft,
            fontMetrics().elidedText(value.text, Qt::ElideRight, labels - 8));
        if (most == 0)
            continue;
        const double share = static_cast<double>(value.count) / static_cast<double>(most);
        painter.setPen(Qt::NoPen);
        painter.setBrush(value.isBad ? colours.danger : colours.accent);
        painter.drawRoundedRect(
            QRectF(kMargin + labels, top + 3, std::max(2.0, bars * share), height - 6), 2, 2);
        painter.setPen(colours.textMuted);
        painter.drawText(QRect(width() - kMargin - counts, top, counts, height),
            Qt::AlignVCenter | Qt::AlignRight, QLocale().toString(value.count));
    }
    if (group.values.size() <= kMostRows)
        return;
    painter.setPen(colours.textMuted);
    painter.drawText(QRect(kMargin, top + height, inside, height), Qt::AlignVCenter,
        tr("and %n more", nullptr, static_cast<int>(group.values.size() - kMostRows)));
}

} // namespace heddle::widgets
