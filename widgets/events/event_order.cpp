// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/events/event_order.h"

#include "widgets/events/event_words.h"

#include <QCollator>
#include <QHash>
#include <QStringList>

#include <algorithm>
#include <utility>

namespace heddle::widgets {

namespace {

/// An event with what it is sorted by.
struct Candidate
{
    std::int64_t key = 0;
    std::size_t number = 0; ///< in the order of time
    EventPlace place;

    friend bool operator<(const Candidate& left, const Candidate& right)
    {
        return std::pair(left.key, left.number) < std::pair(right.key, right.number);
    }
};

/// One look through a list.
class Arrangement
{
public:
    Arrangement(const EventList& list, const EventOrder& order, std::size_t limit)
        : m_list(list)
        , m_order(order)
        , m_limit(limit)
        , m_words(list.trace())
        , m_wanted(order.words.split(u' ', Qt::SkipEmptyParts))
    {
    }

    ArrangedEvents make(const std::stop_token& stop)
    {
        if (m_order.column == EventColumn::Event)
            rankTexts(stop);
        std::size_t matching = 0;
        m_list.visit(stop, [&](const ListedEvent& event) {
            if (matches(event))
                keep({keyOf(event), matching++, event.place});
            return true;
        });
        std::sort(m_kept.begin(), m_kept.end());
        m_kept.resize(std::min(m_kept.size(), m_limit));
        ArrangedEvents arranged{.places = {}, .matching = matching};
        arranged.places.reserve(m_kept.size());
        for (const Candidate& candidate : m_kept)
            arranged.places.push_back(candidate.place);
        return arranged;
    }

private:
    bool matches(const ListedEvent& event)
    {
        return std::all_of(m_wanted.begin(), m_wanted.end(), [&](const QString& word) {
            return m_words.lane(event.place.lane).contains(word, Qt::CaseInsensitive)
                || m_words.event(event).contains(word, Qt::CaseInsensitive)
                || m_words.state(event).contains(word, Qt::CaseInsensitive);
        });
    }

    /// Texts have an order only once all are known.
    void rankTexts(const std::stop_token& stop)
    {
        m_list.visit(stop, [&](const ListedEvent& event) {
            m_ranks.insert(m_words.event(event), 0);
            return true;
        });
        QStringList texts = m_ranks.keys();
        std::sort(texts.begin(), texts.end(), QCollator());
        for (qsizetype rank = 0; rank < texts.size(); ++rank)
            m_ranks[texts[rank]] = rank;
    }

    std::int64_t keyOf(const ListedEvent& event)
    {
        const std::int64_t key = ascendingKeyOf(event);
        return m_order.direction == Qt::AscendingOrder ? key : -key;
    }

    std::int64_t ascendingKeyOf(const ListedEvent& event)
    {
        switch (m_order.column) {
        case EventColumn::Time:
            return event.begin();
        case EventColumn::Lane:
            return m_words.rank(event.place.lane);
        case EventColumn::Event:
            return m_ranks.value(m_words.event(event));
        case EventColumn::State:
            return event.kind == ListedEvent::Kind::Slice
                ? static_cast<std::int64_t>(event.slice.state)
                : -1;
        case EventColumn::Duration:
            return event.kind == ListedEvent::Kind::Slice ? event.duration() : -1;
        case EventColumn::Line:
            return event.line();
        }
        return 0;
    }

    /// Never more than twice the limit: then those are let go that cannot be among the first.
    void keep(const Candidate& candidate)
    {
        m_kept.push_back(candidate);
        if (m_kept.size() < 2 * m_limit)
            return;
        const auto middle = m_kept.begin() + static_cast<std::ptrdiff_t>(m_limit);
        std::nth_element(m_kept.begin(), middle, m_kept.end());
        m_kept.erase(middle, m_kept.end());
    }

    const EventList& m_list;
    const EventOrder& m_order;
    std::size_t m_limit;
    EventWords m_words;
    QStringList m_wanted;
    QHash<QString, std::int64_t> m_ranks;
    std::vector<Candidate> m_kept;
};

} // namespace

ArrangedEvents arrange(
    const EventList& list, const EventOrder& order, std::size_t limit, const std::stop_token& stop)
{
    return Arrangement(list, order, limit).make(stop);
}

} // namespace heddle::widgets
