// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/library/library_delegate.h"

#include "widgets/library/library_model.h"
#include "widgets/shared/theme.h"

#include <QApplication>
#include <QPainter>

namespace heddle::widgets {

namespace {

constexpr int kPadding = 4;

bool isChapter(const QModelIndex& index)
{
    return !index.parent().isValid();
}

} // namespace

void LibraryDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem frame(option);
    initStyleOption(&frame, index);
    const QString title = frame.text;
    frame.text.clear();
    const QStyle* style = option.widget != nullptr ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &frame, painter, option.widget);
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const QColor text =
        option.palette.color(isSelected ? QPalette::HighlightedText : QPalette::Text);
    const QRect area = option.rect.adjusted(kPadding, kPadding, -kPadding, -kPadding);
    QFont font = option.font;
    font.setBold(isChapter(index));
    painter->save();
    painter->setFont(font);
    painter->setPen(text);
    const Qt::Alignment vertical = isChapter(index) ? Qt::AlignVCenter : Qt::AlignTop;
    const QFontMetrics metrics(font);
    painter->drawText(area, static_cast<int>(vertical | Qt::AlignLeft),
        metrics.elidedText(title, Qt::ElideRight, area.width()));
    if (!isChapter(index)) {
        const QString summary = index.data(LibraryModel::SummaryRole).toString();
        painter->setPen(isSelected ? text : themeColours(schemeOf(option.palette)).textMuted);
        painter->drawText(area, static_cast<int>(Qt::AlignBottom | Qt::AlignLeft),
            metrics.elidedText(summary, Qt::ElideRight, area.width()));
    }
    painter->restore();
}

QSize LibraryDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const int lines = isChapter(index) ? 1 : 2;
    return {160, lines * option.fontMetrics.height() + 2 * kPadding + (lines - 1) * 2};
}

} // namespace heddle::widgets
