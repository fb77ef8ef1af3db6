// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/explorer/gear_bar.h"

#include "widgets/shared/icons.h"

#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace heddle::widgets {

GearBar::GearBar(QWidget* parent)
    : QWidget(parent)
    , m_position(new QLabel)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(6, 5, 6, 5);
    row->setSpacing(2);
    addGears();
    row->addStretch(1);
    m_position->setForegroundRole(QPalette::PlaceholderText);
    QSizePolicy keepsItsRoom = m_position->sizePolicy(); // the panel does not move with each step
    keepsItsRoom.setRetainSizeWhenHidden(true);
    m_position->setSizePolicy(keepsItsRoom);
    row->addWidget(m_position);
    row->addSpacing(4);
    addMoves();
    retranslate();
    setPosition(0, 0);
}

void GearBar::addGears()
{
    const std::array<const char*, kGearCount> icons{"hand", "dice", "explore", "run"};
    auto* group = new QButtonGroup(this);
    for (std::size_t i = 0; i < m_gears.size(); ++i) {
        auto* button = new QToolButton;
        button->setCheckable(true);
        button->setFocusPolicy(Qt::StrongFocus);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setIcon(themedIcon(QString::fromLatin1(icons[i])));
        button->setIconSize({16, 16});
        group->addButton(button, static_cast<int>(i));
        layout()->addWidget(button);
        m_gears[i] = button;
    }
    m_gears[0]->setChecked(true);
    connect(group, &QButtonGroup::idClicked, this, [this](int id) {
        if (static_cast<Gear>(id) == m_gear)
            return;
        m_gear = static_cast<Gear>(id);
        emit gearChanged(m_gear);
    });
}

void GearBar::addMoves()
{
    const std::array<const char*, 4> icons{"to-start", "back", "step", "to-end"};
    const std::array<void (GearBar::*)(), 4> wishes{
        &GearBar::startWanted, &GearBar::backWanted, &GearBar::forwardWanted, &GearBar::endWanted};
    for (std::size_t i = 0; i < m_moves.size(); ++i) {
        auto* button = new QToolButton;
        button->setFocusPolicy(Qt::StrongFocus);
        button->setIcon(themedIcon(QString::fromLatin1(icons[i])));
        button->setIconSize({16, 16});
        connect(button, &QToolButton::clicked, this, wishes[i]);
        layout()->addWidget(button);
        m_moves[i] = button;
    }
}

void GearBar::setGear(Gear gear)
{
    m_gear = gear;
    button(gear).setChecked(true);
}

void GearBar::setPosition(std::size_t step, std::size_t count)
{
    m_step = step;
    m_count = count;
    m_position->setText(tr("step %1 of %2").arg(step).arg(count));
    m_position->setMinimumWidth(
        fontMetrics().horizontalAdvance(tr("step %1 of %2").arg(99).arg(99)));
    m_position->setVisible(count > 0);
    m_moves[0]->setEnabled(step > 0);
    m_moves[1]->setEnabled(step > 0);
    m_moves[3]->setEnabled(step < count);
}

void GearBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void GearBar::retranslate()
{
    const std::array<QString, kGearCount> names{tr("Hand"), tr("Dice"), tr("All"), tr("Real")};
    const std::array<QString, kGearCount> tips{tr("You are the scheduler: choose who moves next"),
        tr("Chance chooses who moves next"), tr("Search every schedule there is (F6)"),
        tr("Let the system's scheduler run the threads (F5)")};
    for (std::size_t i = 0; i < m_gears.size(); ++i) {
        m_gears[i]->setText(names[i]);
        m_gears[i]->setToolTip(tips[i]);
    }
    const std::array<QString, 4> moves{tr("To the start"), tr("One step back (F9)"),
        tr("One step forward (F10)"), tr("To the end of the schedule")};
    for (std::size_t i = 0; i < m_moves.size(); ++i) {
        m_moves[i]->setToolTip(moves[i]);
        m_moves[i]->setAccessibleName(moves[i]);
    }
    setPosition(m_step, m_count);
}

} // namespace heddle::widgets
