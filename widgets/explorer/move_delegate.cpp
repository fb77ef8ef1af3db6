// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/explorer/move_delegate.h"

#include "widgets/explorer/move_model.h"
#include "widgets/shared/icons.h"
#include "widgets/shared/theme.h"

#include <QListView>
#include <QPainter>

#include <algorithm>

namespace heddle::widgets {

namespace {

constexpr int kMargin = 7;
constexpr int kKeySide = 24;
constexpr int kTextLeft = kMargin + kKeySide + 10;
constexpr int kIcon = 14;

using Standing = ExploredActor::Standing;

const MoveModel& modelOf(const QModelIndex& index)
{
    return *qobject_cast<const MoveModel*>(index.model());
}

const ExploredActor& actorOf(const QModelIndex& index)
{
    return modelOf(index).actor(index.row());
}

QColor colourOf(Standing standing, const ThemeColours& colours)
{
    switch (standing) {
    case Standing::CanMove:
        return colours.success;
    case Standing::Waits:
        return colours.warning;
    case Standing::Failed:
        return colours.danger;
    case Standing::NotStarted:
    case Standing::Idle:
    case Standing::Ended:
        break;
    }
    return colours.textMuted;
}

int headHeight(const QFontMetrics& metrics)
{
    return std::max(kKeySide, metrics.height());
}

int textWidth(const QStyleOptionViewItem& option)
{
    const auto* view = qobject_cast<const QListView*>(option.widget);
    const int width = view != nullptr ? view->viewport()->width() : option.rect.width();
    return std::max(40, width - kTextLeft - kMargin);
}

int sentenceHeight(const QStyleOptionViewItem& option, const QString& sentence)
{
    if (sentence.isEmpty())
        return 0;
    return option.fontMetrics
        .boundingRect(QRect(0, 0, textWidth(option), 1000), Qt::TextWordWrap, sentence)
        .height();
}

} // namespace

MoveDelegate::MoveDelegate(QObject* parent)
    : QStyledItemDelegate(parent)
{
}

QRect MoveDelegate::keyBox(const QRect& row)
{
    return {row.left() + kMargin, row.top() + kMargin - 1, kKeySide, kKeySide};
}

QSize MoveDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const MoveModel& model = modelOf(index);
    const auto steps = static_cast<int>(model.steps(index.row()).size());
    return {kTextLeft + 120,
        2 * kMargin + headHeight(option.fontMetrics)
            + sentenceHeight(option, model.sentence(index.row()))
            + steps * option.fontMetrics.lineSpacing()};
}

void MoveDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const ThemeColours& colours = themeColours(schemeOf(option.palette));
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const bool isHovered = option.state.testFlag(QStyle::State_MouseOver);
    if (isSelected || isHovered)
        painter->fillRect(option.rect, colours.surfaceRaised);
    if (isSelected && option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setPen(QPen(colours.accent, 1));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5));
    }
    painter->setPen(colours.gridLine);
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    paintKey(*painter, option, index);
    paintHead(*painter, option, index);
    paintBelow(*painter, option, index);
    painter->restore();
}

void MoveDelegate::paintKey(
    QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index)
{
    const ThemeColours& colours = themeColours(schemeOf(option.palette));
    const ExploredActor& actor = actorOf(index);
    const bool canMove = !actor.moves.empty();
    const QRectF box = QRectF(keyBox(option.rect)).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(QPen(canMove ? colours.accent : colours.border, 1));
    painter.setBrush(canMove ? QBrush(colours.accent) : QBrush(Qt::NoBrush));
    painter.drawRoundedRect(box, 5, 5);
    QFont bold = option.font;
    bold.setBold(true);
    painter.setFont(bold);
    painter.setPen(canMove ? colours.accentText : colours.textMuted);
    const QString key =
        index.row() < MoveModel::kKeys ? QString::number(index.row() + 1) : QString(QChar(0x25b8));
    painter.drawText(box, Qt::AlignCenter, key);
}

void MoveDelegate::paintHead(
    QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index)
{
    const ThemeColours& colours = themeColours(schemeOf(option.palette));
    const ExploredActor& actor = actorOf(index);
    const int top = option.rect.top() + kMargin;
    const int height = headHeight(option.fontMetrics) - 1;
    QRect rest(option.rect.left() + kTextLeft, top, textWidth(option), height);
    QFont bold = option.font;
    bold.setBold(true);
    const QFontMetrics boldMetrics(bold);

    const QString line = actor.line > 0 ? MoveModel::tr("line %1").arg(actor.line) : QString();
    const int lineWidth = option.fontMetrics.horizontalAdvance(MoveModel::tr("line %1").arg(999));
    painter.setFont(option.font);
    painter.setPen(colours.textMuted);
    painter.drawText(rest, Qt::AlignVCenter | Qt::AlignRight, line);
    rest.setRight(rest.right() - lineWidth - 10);

    const QString word = standingWord(actor.standing);
    const QColor colour = colourOf(actor.standing, colours);
    const int wordWidth = option.fontMetrics.horizontalAdvance(word) + kIcon + 6;
    painter.setPen(colour);
    painter.drawText(rest, Qt::AlignVCenter | Qt::AlignRight, word);
    painter.drawPixmap(QPoint(rest.right() - wordWidth, rest.center().y() - kIcon / 2 + 1),
        iconPixmap(standingIconName(actor.standing), colour, kIcon,
            option.widget != nullptr ? option.widget->devicePixelRatioF() : 1.0));
    rest.setRight(rest.right() - wordWidth - 12);

    const QString name = QString::fromStdString(actor.name);
    painter.setFont(bold);
    const bool isLive = actor.standing == Standing::CanMove || actor.standing == Standing::Waits;
    painter.setPen(isLive ? colours.text : colours.textMuted);
    painter.drawText(rest, Qt::AlignVCenter | Qt::AlignLeft,
        boldMetrics.elidedText(name, Qt::ElideMiddle, rest.width()));
    rest.setLeft(rest.left() + boldMetrics.horizontalAdvance(name) + 12);
    if (rest.width() < 30)
        return;
    painter.setFont(option.font);
    painter.setPen(actor.standing == Standing::CanMove ? colours.text : colours.textMuted);
    painter.drawText(rest, Qt::AlignVCenter | Qt::AlignLeft,
        option.fontMetrics.elidedText(
            QString::fromStdString(actor.next), Qt::ElideRight, rest.width()));
}

void MoveDelegate::paintBelow(
    QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index)
{
    const ThemeColours& colours = themeColours(schemeOf(option.palette));
    const MoveModel& model = modelOf(index);
    int top = option.rect.top() + kMargin + headHeight(option.fontMetrics);
    const int left = option.rect.left() + kTextLeft;
    painter.setFont(option.font);
    const QString sentence = model.sentence(index.row());
    const int height = sentenceHeight(option, sentence);
    painter.setPen(
        model.actor(index.row()).standing == Standing::Failed ? colours.danger : colours.textMuted);
    painter.drawText(QRect(left, top, textWidth(option), height), Qt::TextWordWrap, sentence);
    top += height;
    int number = 1;
    for (const QString& step : model.steps(index.row())) {
        const QRect row(left, top, textWidth(option), option.fontMetrics.lineSpacing());
        painter.setPen(colours.accent);
        painter.drawText(
            row, Qt::AlignVCenter | Qt::AlignLeft, QStringLiteral("%1.").arg(number++));
        painter.setPen(colours.text);
        painter.drawText(row.adjusted(24, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, step);
        top += row.height();
    }
}

} // namespace heddle::widgets
