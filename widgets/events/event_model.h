// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "widgets/events/event_order.h"
#include "widgets/events/event_words.h"
#include "widgets/shared/theme.h"
#include "widgets/shared/trace_times.h"

#include <QAbstractTableModel>
#include <QStringList>

#include <map>
#include <memory>
#include <optional>

namespace heddle::widgets {

/// The rows of the table of events: looked up in the trace when they are shown.
///
/// A table has kMostRows rows at most; where there are more events, they are a window that goes
/// along with what is asked for.
class EventModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    static constexpr std::size_t kMostRows = 100'000;

    explicit EventModel(QObject* parent = nullptr);

    void setHeaders(QStringList headers);
    void setScheme(ColourScheme scheme);

    void clear();

    /// Shows a list; `arranged` where the order is not that of the list.
    void show(std::shared_ptr<const EventList> list, const EventOrder& order,
        std::optional<ArrangedEvents> arranged = {});

    /// What goes on has grown longer.
    void noteGrowth();

    [[nodiscard]] const std::shared_ptr<const EventList>& list() const { return m_list; }
    [[nodiscard]] std::size_t total() const; ///< events that match
    [[nodiscard]] std::size_t firstRow() const { return m_first; } ///< of the window

    [[nodiscard]] ListedEvent eventAt(int row) const;

    /// The row of an event, -1 if it is not among those shown; the window moves there if it must.
    [[nodiscard]] int bring(const EventPlace& place);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] std::size_t reachable() const;
    [[nodiscard]] bool isReversed() const;
    [[nodiscard]] EventPlace placeAt(std::size_t number) const;
    [[nodiscard]] std::optional<std::size_t> numberOf(const EventPlace& place) const;
    [[nodiscard]] QString text(const ListedEvent& event, EventColumn column) const;
    [[nodiscard]] QVariant swatch(const ListedEvent& event) const;

    QStringList m_headers;
    ColourScheme m_scheme = ColourScheme::Light;
    std::shared_ptr<const EventList> m_list; ///< null: nothing
    EventOrder m_order;
    std::optional<ArrangedEvents> m_arranged;
    std::size_t m_first = 0;
    TraceTimes m_times;
    std::unique_ptr<EventWords> m_words;
    mutable std::map<std::size_t, std::vector<EventPlace>> m_pages; ///< of the list's order
};

} // namespace heddle::widgets
