// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/explorer/move_list.h"

#include "widgets/explorer/move_delegate.h"
#include "widgets/explorer/move_model.h"
#include "widgets/shared/theme.h"

#include <QEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace heddle::widgets {

MoveList::MoveList(QWidget* parent)
    : QListView(parent)
    , m_model(new MoveModel(this))
{
    setModel(m_model);
    setItemDelegate(new MoveDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    setResizeMode(QListView::Adjust);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    connect(m_model, &QAbstractItemModel::dataChanged, this,
        [this] { scheduleDelayedItemsLayout(); }); // rows grow and shrink with what they say
    connect(this, &QAbstractItemView::clicked, this,
        [this](const QModelIndex& index) { emit rowChosen(index.row()); });
    connect(this, &QAbstractItemView::doubleClicked, this,
        [this](const QModelIndex& index) { emit moveWanted(index.row()); });
    retranslate();
}

void MoveList::retranslate()
{
    setAccessibleName(tr("Actors and their next steps"));
    viewport()->update();
}

void MoveList::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QListView::changeEvent(event);
}

void MoveList::keyPressEvent(QKeyEvent* event)
{
    const bool isMove = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter
        || event->key() == Qt::Key_Space;
    if (isMove && currentIndex().isValid()) {
        emit moveWanted(currentIndex().row());
        return;
    }
    if (!event->text().isEmpty() && event->text().front().isPrint()) {
        event->ignore(); // no search by letters: they are keys of the explorer
        return;
    }
    const QModelIndex before = currentIndex();
    QListView::keyPressEvent(event);
    if (currentIndex().isValid() && currentIndex() != before)
        emit rowChosen(currentIndex().row());
}

void MoveList::mousePressEvent(QMouseEvent* event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    const bool isOnKey = index.isValid() && event->button() == Qt::LeftButton
        && MoveDelegate::keyBox(visualRect(index)).contains(event->position().toPoint());
    QListView::mousePressEvent(event);
    if (isOnKey)
        emit moveWanted(index.row());
}

void MoveList::resizeEvent(QResizeEvent* event)
{
    QListView::resizeEvent(event);
    scheduleDelayedItemsLayout();
}

void MoveList::paintEvent(QPaintEvent* event)
{
    QListView::paintEvent(event);
    if (m_model->rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setPen(themeColours(schemeOf(palette())).textMuted);
    painter.drawText(viewport()->rect().adjusted(16, 8, -16, -8),
        Qt::AlignCenter | Qt::TextWordWrap,
        tr("Here you are the scheduler: every actor of the program stands in a row, and its key "
           "moves it by one step."));
}

} // namespace heddle::widgets
