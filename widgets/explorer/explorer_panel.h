// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "widgets/explorer/gear_bar.h"
#include "widgets/explorer/shown_walk.h"

#include <QWidget>

#include <optional>

class QKeyEvent;
class QLabel;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTabWidget;

namespace heddle::widgets {

class DiceBar;
class GoalList;
class MoveList;
class ScheduleList;
class StateGraphView;
class VerdictMatrixView;
class VerdictView;

/// The gears on one program: be the scheduler, let chance be it, try every schedule, or run it.
///
/// The schedule, the goals and what else is shown below stay when the gear is switched.
///
/// Threads: the GUI thread.
class ExplorerPanel : public QWidget
{
    Q_OBJECT

public:
    explicit ExplorerPanel(QWidget* parent = nullptr);

    void setWalk(std::optional<ShownWalk> walk);
    [[nodiscard]] const std::optional<ShownWalk>& walk() const { return m_walk; }

    /// A sentence in place of the headline, until the walk changes: why something was refused.
    void setNotice(const QString& notice);

    void setGear(Gear gear);
    [[nodiscard]] Gear gear() const;

    /// The same as the keys do.
    void moveRow(int row); ///< asks which way if there are several
    void moveSameActor();
    void moveNextActor();
    void goBack();
    void goForward(); ///< along the schedule, then the same actor or the next one
    void toggleExpanded();

    /// Whether the key is one of the explorer's, which is then done: 1…9, N, P, Backspace, E.
    [[nodiscard]] bool takeKey(const QKeyEvent& event);

    [[nodiscard]] GearBar& gears() { return *m_gears; }
    [[nodiscard]] MoveList& moves() { return *m_moves; }
    [[nodiscard]] DiceBar& dice() { return *m_dice; }
    [[nodiscard]] VerdictView& verdict() { return *m_verdict; }
    [[nodiscard]] ScheduleList& schedule() { return *m_schedule; }
    [[nodiscard]] GoalList& goals() { return *m_goals; }
    [[nodiscard]] StateGraphView& graph() { return *m_graph; }
    [[nodiscard]] VerdictMatrixView& matrix() { return *m_matrix; }
    [[nodiscard]] QTabWidget& tabs() { return *m_tabs; }
    [[nodiscard]] QPushButton& runButton() { return *m_run; }
    [[nodiscard]] QPushButton& forceButton() { return *m_force; }
    [[nodiscard]] QString headline() const;

signals:
    void gearChanged(heddle::widgets::Gear gear);
    void moveWanted(int actor, int choice);
    void stepWanted(quint64 step);
    void runWanted(); ///< under the system's scheduler
    void forceWanted(); ///< through the schedule up to where the walk stands

    /// A source line, from 1.
    void lineChosen(int line);

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void build();
    [[nodiscard]] QWidget* walkPage();
    [[nodiscard]] QWidget* realPage();
    void connectParts();
    void retranslate();
    void showGear();
    void showHeadline();
    [[nodiscard]] bool isStandstill() const;
    void showForce();
    void askWhich(int row, const ExploredActor& actor);
    [[nodiscard]] std::size_t position() const;
    [[nodiscard]] int nextMovableRow(int after) const;

    GearBar* m_gears;
    QLabel* m_headlineIcon;
    QLabel* m_headline;
    QLabel* m_keys;
    QStackedWidget* m_pages;
    DiceBar* m_dice;
    MoveList* m_moves;
    VerdictView* m_verdict;
    QLabel* m_realText;
    QPushButton* m_run;
    QLabel* m_forceText;
    QPushButton* m_force;
    QSplitter* m_parts;
    QTabWidget* m_tabs;
    ScheduleList* m_schedule;
    GoalList* m_goals;
    StateGraphView* m_graph;
    VerdictMatrixView* m_matrix;
    QWidget* m_headlineBox = nullptr;
    std::optional<ShownWalk> m_walk;
    QString m_notice;
};

} // namespace heddle::widgets
