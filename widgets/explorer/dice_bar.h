// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QTimer>
#include <QWidget>

class QComboBox;
class QLabel;
class QSlider;
class QSpinBox;
class QToolButton;

namespace heddle::widgets {

/// How chance moves the actors: seed, odds, speed, and whether it does so now.
class DiceBar : public QWidget
{
    Q_OBJECT

public:
    enum class Odds
    {
        Even,
        LongRuns
    };
    struct Setting
    {
        int seed = 1;
        Odds odds = Odds::Even;
        friend bool operator==(const Setting&, const Setting&) = default;
    };

    explicit DiceBar(QWidget* parent = nullptr);

    [[nodiscard]] Setting setting() const;
    [[nodiscard]] bool isPlaying() const { return m_beat.isActive(); }
    [[nodiscard]] double stepsPerSecond() const;
    void play();
    void pause();

    static constexpr double kSlowest = 0.25;
    static constexpr double kFastest = 60;

signals:
    /// One more step by chance is due.
    void rollWanted();

    void playingChanged(bool playing);

    /// Seed or odds are others now: what chance chose before is void.
    void settingChanged();

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void retranslate();
    void showSpeed();

    QToolButton* m_play;
    QLabel* m_seedLabel;
    QSpinBox* m_seed;
    QComboBox* m_odds;
    QSlider* m_speed;
    QLabel* m_speedText;
    QTimer m_beat;
};

} // namespace heddle::widgets
