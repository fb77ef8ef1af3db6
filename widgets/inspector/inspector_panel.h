// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/exploration/explored_moment.h"
#include "widgets/inspector/inspected_moment.h"

#include <QWidget>

#include <array>
#include <optional>

class QLabel;
class QSplitter;

namespace heddle::widgets {

class TablePanel;
class WaitGraphView;

/// Actors, objects and waits of one moment: the present of a live trace, or where the cursor is.
/// Of a state of an exploration it shows the variables, too.
class InspectorPanel : public QWidget
{
    Q_OBJECT

public:
    explicit InspectorPanel(QWidget* parent = nullptr);

    void setMoment(std::optional<InspectedMoment> moment);

    /// Shows a state of an exploration instead of a moment, until it is given nothing.
    void setExplored(std::optional<ExploredMoment> explored);

    /// Gives the wait-for graph the room and the focus.
    void showWaits();

    void selectActor(ActorId actor);

    /// Whether signals can be sent: to the actors of a run that goes on.
    void setSignalsPossible(bool possible) { m_areSignalsPossible = possible; }

    [[nodiscard]] const std::optional<InspectedMoment>& moment() const { return m_moment; }
    [[nodiscard]] TablePanel& actors() { return *m_actors; }
    [[nodiscard]] TablePanel& objects() { return *m_objects; }
    [[nodiscard]] TablePanel& variables() { return *m_variables; }
    [[nodiscard]] WaitGraphView& waits() { return *m_waits; }

signals:
    void actorChosen(quint32 actor);
    void objectChosen(quint32 object);

    /// A source line, from 1.
    void lineChosen(int line);

    /// A signal is to be sent to a process; 0: the program's own.
    void signalWanted(qint64 process, int signal);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildSections();
    void connectSections();
    void showActorMenu(const QPoint& position);
    void retranslate();
    void showMoment();
    void showObjectColumns();
    void showExplored(const ExploredMoment& explored);

    QLabel* m_when;
    QSplitter* m_sections;
    TablePanel* m_actors;
    TablePanel* m_objects;
    TablePanel* m_variables;
    WaitGraphView* m_waits;
    std::array<QLabel*, 4> m_titles{};
    std::optional<InspectedMoment> m_moment;
    std::optional<ExploredMoment> m_explored;
    bool m_areSignalsPossible = false;
};

} // namespace heddle::widgets
