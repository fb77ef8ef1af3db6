// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "widgets/events/event_model.h"
#include "widgets/shared/latest_job.h"

#include <QTimer>
#include <QWidget>

#include <chrono>
#include <memory>
#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;
class QMenu;
class QStackedLayout;
class QTableView;

namespace heddle::widgets {

class TimelineRange;
class TraceDocument;

/// The timeline as a table: the events of what is visible, of the selection or of the whole trace,
/// for all lanes or one, searched and sorted. The event that is selected is the timeline's.
///
/// It looks into the trace as it is scrolled; only searching and sorting look through all of it, on
/// a thread of their own.
///
/// Threads: the GUI thread.
class EventsPanel : public QWidget
{
    Q_OBJECT

public:
    EventsPanel(TraceDocument& document, TimelineRange& range, QWidget* parent = nullptr);

    /// Whether somebody sees it who has it shown: a tab may stand before it. Unseen it does nothing.
    void setSeen(bool seen);

    /// Lists what there is now; else it does so soon after each change.
    void refresh();

    /// The slice that is selected in the timeline becomes the current row; track 0: none is.
    void selectSlice(TrackId track, std::chrono::nanoseconds begin);

    /// The lane that was chosen in the timeline.
    void setChosenLane(LaneId lane);

    [[nodiscard]] EventModel& model() { return *m_model; }
    [[nodiscard]] QTableView& table() { return *m_table; }
    [[nodiscard]] QComboBox& parts() { return *m_part; }
    [[nodiscard]] QComboBox& lanes() { return *m_lane; }
    [[nodiscard]] QLineEdit& search() { return *m_search; }
    [[nodiscard]] QString note() const;
    [[nodiscard]] QString hint() const; ///< empty while there are rows

signals:
    /// A person clicked the row or moved to it with the keys.
    void chosen(const heddle::ListedEvent& event);

    /// A person double-clicked the row or pressed Enter on it.
    void activated(const heddle::ListedEvent& event);

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    // Places in the list of parts.
    static constexpr int kVisiblePart = 0;
    static constexpr int kSelectedPart = 1;
    static constexpr int kWholeTrace = 2;

    // Places in the list of lanes; those by name come behind.
    static constexpr int kAllLanes = 0;
    static constexpr int kChosenLane = 1;

    void build();
    void connectParts();
    void connectTable();
    void retranslate();
    void scheduleRefresh();
    void fillLanes();
    [[nodiscard]] std::optional<EventSpan> span() const;
    void showList(std::shared_ptr<const EventList> list);
    void take(ArrangedEvents arranged);
    void put(std::shared_ptr<const EventList> list, std::optional<ArrangedEvents> arranged);
    void empty();
    enum class Scrolling
    {
        Stays,
        GoesToTheEvent
    };
    void showChosen(Scrolling scrolling);
    void tell(int row);
    [[nodiscard]] bool isChosenSeen() const;
    [[nodiscard]] QString reasonForNothing() const;
    void showNote();
    void showMenu(const QPoint& position);
    void addOrders(QMenu& menu);
    void sortBy(EventColumn column, Qt::SortOrder direction);

    TraceDocument& m_document;
    TimelineRange& m_range;
    EventModel* m_model;
    QTableView* m_table;
    QComboBox* m_part;
    QComboBox* m_lane;
    QLineEdit* m_search;
    QLabel* m_note;
    QLabel* m_hint;
    QStackedLayout* m_stack;
    QTimer m_refresh;
    EventOrder m_order;
    LaneId m_chosenLane;
    std::optional<EventPlace> m_chosen;
    std::optional<std::pair<TrackId, std::int64_t>> m_wanted; ///< of the timeline, not yet found
    std::uint64_t m_layoutGeneration = 0;
    EventOrder m_shownOrder;
    std::shared_ptr<const EventList> m_asked; ///< what is looked through at the moment
    EventOrder m_askedOrder;
    bool m_isSeen = true;
    bool m_isSelecting = false; ///< nobody has chosen what becomes the current row
    LatestJob<ArrangedEvents> m_job; // last: it ends before what it delivers to
};

} // namespace heddle::widgets
