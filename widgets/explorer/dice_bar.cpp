// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/explorer/dice_bar.h"

#include "widgets/shared/icons.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QSlider>
#include <QSpinBox>
#include <QToolButton>

#include <cmath>
#include <limits>

namespace heddle::widgets {

namespace {

constexpr int kSpeedSteps = 100; // the slider is logarithmic
constexpr int kFirstSpeed = 50;

} // namespace

DiceBar::DiceBar(QWidget* parent)
    : QWidget(parent)
    , m_play(new QToolButton)
    , m_seedLabel(new QLabel)
    , m_seed(new QSpinBox)
    , m_odds(new QComboBox)
    , m_speed(new QSlider(Qt::Horizontal))
    , m_speedText(new QLabel)
{
    build();
    connect(m_play, &QToolButton::clicked, this, [this] { isPlaying() ? pause() : play(); });
    connect(&m_beat, &QTimer::timeout, this, &DiceBar::rollWanted);
    connect(m_speed, &QSlider::valueChanged, this, &DiceBar::showSpeed);
    connect(m_seed, &QSpinBox::valueChanged, this, &DiceBar::settingChanged);
    connect(m_odds, &QComboBox::currentIndexChanged, this, &DiceBar::settingChanged);
    retranslate();
}

void DiceBar::build()
{
    m_play->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_play->setIconSize({16, 16});
    m_play->setFocusPolicy(Qt::StrongFocus);
    m_seed->setRange(0, std::numeric_limits<int>::max());
    m_seed->setValue(1);
    m_seed->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_seed->setMaximumWidth(90);
    m_odds->addItems({{}, {}});
    m_speed->setRange(0, kSpeedSteps);
    m_speed->setValue(kFirstSpeed);
    m_speed->setMinimumWidth(60);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(6, 0, 6, 5);
    row->setSpacing(6);
    row->addWidget(m_play);
    row->addWidget(m_speed, 1);
    row->addWidget(m_speedText);
    row->addWidget(m_odds);
    row->addWidget(m_seedLabel);
    row->addWidget(m_seed);
}

DiceBar::Setting DiceBar::setting() const
{
    return {m_seed->value(), m_odds->currentIndex() == 1 ? Odds::LongRuns : Odds::Even};
}

double DiceBar::stepsPerSecond() const
{
    return kSlowest * std::pow(kFastest / kSlowest, m_speed->value() / double(kSpeedSteps));
}

void DiceBar::play()
{
    if (isPlaying())
        return;
    showSpeed();
    m_beat.start();
    retranslate();
    emit playingChanged(true);
}

void DiceBar::pause()
{
    if (!isPlaying())
        return;
    m_beat.stop();
    retranslate();
    emit playingChanged(false);
}

void DiceBar::showSpeed()
{
    const double speed = stepsPerSecond();
    m_beat.setInterval(static_cast<int>(std::lround(1000 / speed)));
    m_speedText->setText(tr("%1 steps/s").arg(QLocale().toString(speed, 'g', 2)));
    m_speedText->setMinimumWidth(m_speedText->fontMetrics().horizontalAdvance(
        tr("%1 steps/s").arg(QLocale().toString(0.25))));
}

void DiceBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void DiceBar::retranslate()
{
    m_play->setText(isPlaying() ? tr("Pause") : tr("Play"));
    m_play->setIcon(themedIcon(isPlaying() ? QStringLiteral("pause") : QStringLiteral("run")));
    m_seedLabel->setText(tr("Seed"));
    m_seed->setAccessibleName(tr("Seed"));
    m_odds->setItemText(0, tr("Even odds"));
    m_odds->setItemText(1, tr("Long runs (PCT)"));
    m_odds->setToolTip(tr("Even odds: everybody who can move is as likely as any other. Long runs: "
                          "one actor goes on until chance puts it last."));
    m_odds->setAccessibleName(tr("Odds"));
    m_speed->setToolTip(tr("Steps in a second"));
    m_speed->setAccessibleName(tr("Speed"));
    showSpeed();
}

} // namespace heddle::widgets
