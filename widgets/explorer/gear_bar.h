// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QWidget>

#include <array>

class QLabel;
class QToolButton;

namespace heddle::widgets {

/// Who decides which actor moves next.
enum class Gear
{
    Hand, ///< a person
    Dice, ///< chance
    All, ///< every schedule is searched
    Real ///< the system
};
inline constexpr int kGearCount = 4;

/// The switch between the gears, and the buttons that go along the schedule.
class GearBar : public QWidget
{
    Q_OBJECT

public:
    explicit GearBar(QWidget* parent = nullptr);

    void setGear(Gear gear);
    [[nodiscard]] Gear gear() const { return m_gear; }

    /// "step 3 of 8", and which of the buttons lead anywhere.
    void setPosition(std::size_t step, std::size_t count);

    [[nodiscard]] QToolButton& button(Gear gear) const
    {
        return *m_gears[static_cast<std::size_t>(gear)];
    }

signals:
    void gearChanged(heddle::widgets::Gear gear);
    void startWanted();
    void backWanted();
    void forwardWanted();
    void endWanted();

protected:
    void changeEvent(QEvent* event) override;

private:
    void addGears();
    void addMoves();
    void retranslate();

    std::array<QToolButton*, kGearCount> m_gears{};
    std::array<QToolButton*, 4> m_moves{}; ///< start, back, forward, end
    QLabel* m_position;
    Gear m_gear = Gear::Hand;
    std::size_t m_step = 0;
    std::size_t m_count = 0;
};

} // namespace heddle::widgets
