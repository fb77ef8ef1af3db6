// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/events/events_panel.h"

#include "widgets/shared/timeline_range.h"
#include "widgets/shared/trace_document.h"
#include "widgets/tables/table_look.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QStackedLayout>
#include <QTableView>
#include <QVBoxLayout>

#include <array>
#include <utility>

namespace heddle::widgets {

namespace {

constexpr int kSettleMilliseconds = 120;
constexpr int kLiveMilliseconds = 400;

constexpr std::array<int, kEventColumnCount> kWidths{100, 110, 240, 160, 76, 48};

constexpr int kRoomForState = 720;
constexpr int kRoomForLine = 460;

} // namespace

EventsPanel::EventsPanel(TraceDocument& document, TimelineRange& range, QWidget* parent)
    : QWidget(parent)
    , m_document(document)
    , m_range(range)
    , m_model(new EventModel(this))
    , m_table(new QTableView)
    , m_part(new QComboBox)
    , m_lane(new QComboBox)
    , m_search(new QLineEdit)
    , m_note(new QLabel)
    , m_hint(new QLabel)
    , m_stack(new QStackedLayout)
    , m_job(this, [this](ArrangedEvents arranged) { take(std::move(arranged)); })
{
    build();
    connectParts();
    connectTable();
    retranslate();
}

void EventsPanel::build()
{
    for (QComboBox* box : {m_part, m_lane})
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_part->addItems({{}, {}, {}});
    m_lane->addItems({{}, {}});
    m_search->setClearButtonEnabled(true);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(6, 4, 6, 4);
    bar->setSpacing(6);
    bar->addWidget(m_part);
    bar->addWidget(m_lane);
    bar->addWidget(m_search, 1);
    bar->addWidget(m_note);
    setUpHint(*m_hint);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_hint);
    m_stack->setCurrentWidget(m_hint);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(bar);
    column->addLayout(m_stack, 1);
    setFocusProxy(m_table);
    m_refresh.setSingleShot(true);
}

void EventsPanel::connectParts()
{
    connect(&m_refresh, &QTimer::timeout, this, &EventsPanel::refresh);
    connect(&m_document, &TraceDocument::traceReplaced, this, [this] {
        m_chosen.reset();
        m_wanted.reset();
        m_chosenLane = {};
        empty();
        scheduleRefresh();
    });
    connect(&m_document, &TraceDocument::grown, this, &EventsPanel::scheduleRefresh);
    connect(&m_range, &TimelineRange::visibleChanged, this, &EventsPanel::scheduleRefresh);
    connect(&m_range, &TimelineRange::selectionChanged, this, &EventsPanel::scheduleRefresh);
    connect(m_part, &QComboBox::currentIndexChanged, this, &EventsPanel::scheduleRefresh);
    connect(m_lane, &QComboBox::currentIndexChanged, this, &EventsPanel::scheduleRefresh);
    connect(m_search, &QLineEdit::textChanged, this, &EventsPanel::scheduleRefresh);
}

void EventsPanel::connectTable()
{
    m_table->setModel(m_model);
    setUpTable(*m_table);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    QHeaderView& header = *m_table->horizontalHeader();
    header.setStretchLastSection(false);
    header.setSectionResizeMode(static_cast<int>(EventColumn::Event), QHeaderView::Stretch);
    for (int column = 0; column < kEventColumnCount; ++column)
        m_table->setColumnWidth(column, kWidths[static_cast<std::size_t>(column)]);
    header.setSectionsClickable(true);
    header.setSortIndicator(0, Qt::AscendingOrder);
    header.setSortIndicatorShown(true);
    connect(&header, &QHeaderView::sortIndicatorChanged, this,
        [this](int column, Qt::SortOrder direction) {
            sortBy(static_cast<EventColumn>(column), direction);
        });
    // Not the current row: that the focus comes by makes one as well, and nobody has chosen it.
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
        [this](const QItemSelection& selected) {
            if (!selected.isEmpty() && !m_isSelecting)
                tell(selected.constFirst().top());
        });
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) {
        const QScopedValueRollback<bool> quiet(m_isSelecting, true);
        emit activated(m_model->eventAt(index.row()));
    });
    connect(m_table, &QWidget::customContextMenuRequested, this, &EventsPanel::showMenu);
}

void EventsPanel::retranslate()
{
    m_model->setHeaders(
        {tr("Time"), tr("Lane"), tr("Event"), tr("State"), tr("Duration"), tr("Line")});
    m_table->setAccessibleName(tr("Events"));
    m_part->setItemText(kVisiblePart, tr("What is visible"));
    m_part->setItemText(kSelectedPart, tr("The selection"));
    m_part->setItemText(kWholeTrace, tr("The whole trace"));
    m_part->setAccessibleName(tr("Part of the timeline whose events are listed"));
    m_lane->setItemText(kAllLanes, tr("All lanes"));
    m_lane->setItemText(kChosenLane, tr("Lane chosen in the timeline"));
    m_lane->setAccessibleName(tr("Lane whose events are listed"));
    m_search->setPlaceholderText(tr("Search in the events"));
    m_search->setAccessibleName(tr("Search in the events"));
    empty(); // labels are kept in the language that they were made in
    scheduleRefresh();
}

void EventsPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    if (event->type() == QEvent::PaletteChange)
        m_model->setScheme(schemeOf(palette()));
    QWidget::changeEvent(event);
}

void EventsPanel::showEvent(QShowEvent* event)
{
    m_model->setScheme(schemeOf(palette()));
    refresh();
    QWidget::showEvent(event);
}

void EventsPanel::setSeen(bool seen)
{
    m_isSeen = seen;
    refresh();
}

/// What happens where must be readable first.
void EventsPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_table->setColumnHidden(static_cast<int>(EventColumn::State), width() < kRoomForState);
    m_table->setColumnHidden(static_cast<int>(EventColumn::Line), width() < kRoomForLine);
}

void EventsPanel::scheduleRefresh()
{
    if (!m_refresh.isActive())
        m_refresh.start(m_document.trace()->isLive() && !m_document.isEmpty()
                ? kLiveMilliseconds
                : kSettleMilliseconds);
}

std::optional<EventSpan> EventsPanel::span() const
{
    if (m_document.isEmpty())
        return std::nullopt;
    EventSpan span{m_range.begin().count(), m_range.end().count() + 1, {}};
    if (m_part->currentIndex() == kSelectedPart) {
        const TimelineSelection& selection = m_range.selection();
        if (selection.isEmpty())
            return std::nullopt;
        span = {selection.begin.count(), selection.end.count(), selection.lanes};
    } else if (m_part->currentIndex() == kWholeTrace) {
        span = {0, m_document.trace()->end() + 1, {}};
    }
    if (m_lane->currentIndex() == kChosenLane) {
        if (!m_chosenLane)
            return std::nullopt;
        span.lanes = {m_chosenLane};
    } else if (m_lane->currentIndex() > kChosenLane) {
        span.lanes = {LaneId{m_lane->currentData().toUInt()}};
    }
    return span;
}

/// The lanes by name, again when there are others; the one that is chosen stays so.
void EventsPanel::fillLanes()
{
    const auto trace = m_document.trace();
    if (m_lane->count() > kChosenLane + 1 && trace->layoutGeneration() == m_layoutGeneration)
        return;
    m_layoutGeneration = trace->layoutGeneration();
    const QString before = m_lane->currentIndex() > kChosenLane ? m_lane->currentText() : QString();
    const QSignalBlocker quiet(m_lane);
    while (m_lane->count() > kChosenLane + 1)
        m_lane->removeItem(m_lane->count() - 1);
    for (const Lane& lane : trace->lanes())
        m_lane->addItem(QString::fromStdString(lane.name), lane.id.value);
    if (!before.isEmpty())
        m_lane->setCurrentIndex(std::max(kAllLanes, m_lane->findText(before)));
}

void EventsPanel::refresh()
{
    if (!isVisible() || !m_isSeen)
        return;
    fillLanes();
    m_order.words = m_search->text().simplified();
    const std::optional<EventSpan> wanted = span();
    if (!wanted) {
        empty();
        return;
    }
    auto list = std::make_shared<const EventList>(m_document.trace(), *wanted);
    const auto& shown = m_model->list();
    const bool isShown = shown && !m_asked && m_shownOrder == m_order && shown->isSameAs(*list);
    if (!isShown) {
        showList(std::move(list));
        return;
    }
    m_model->noteGrowth();
    showChosen(Scrolling::Stays);
}

void EventsPanel::showList(std::shared_ptr<const EventList> list)
{
    if (m_order.isOfList()) {
        m_asked.reset();
        put(std::move(list), std::nullopt);
        return;
    }
    // While a trace grows its events are looked through to the end, before this begins again.
    if (m_asked && m_askedOrder == m_order && list->trace()->isLive())
        return;
    m_asked = std::move(list);
    m_askedOrder = m_order;
    m_job.ask([asked = m_asked, order = m_order](const std::stop_token& stop) {
        return arrange(*asked, order, EventModel::kMostRows, stop);
    });
    showNote();
}

void EventsPanel::take(ArrangedEvents arranged)
{
    if (m_asked)
        put(std::exchange(m_asked, nullptr), std::move(arranged));
}

void EventsPanel::put(std::shared_ptr<const EventList> list, std::optional<ArrangedEvents> arranged)
{
    const bool wasSeen = isChosenSeen();
    const int scrolled = m_table->verticalScrollBar()->value();
    m_shownOrder = arranged ? m_askedOrder : m_order;
    m_model->show(std::move(list), m_shownOrder, std::move(arranged));
    m_stack->setCurrentIndex(m_model->rowCount() > 0 ? 0 : 1);
    m_table->verticalScrollBar()->setValue(scrolled);
    showChosen(wasSeen ? Scrolling::GoesToTheEvent : Scrolling::Stays);
    showNote();
}

void EventsPanel::empty()
{
    m_asked.reset();
    m_model->clear();
    m_stack->setCurrentIndex(1);
    showNote();
}

bool EventsPanel::isChosenSeen() const
{
    const QModelIndex current = m_table->currentIndex();
    return current.isValid()
        && m_table->visualRect(current).intersects(m_table->viewport()->rect());
}

void EventsPanel::selectSlice(TrackId track, std::chrono::nanoseconds begin)
{
    if (m_isSelecting)
        return;
    m_wanted.reset();
    m_chosen.reset();
    if (track)
        m_wanted.emplace(track, begin.count());
    if (isVisible() && m_isSeen)
        showChosen(Scrolling::GoesToTheEvent);
}

void EventsPanel::setChosenLane(LaneId lane)
{
    if (std::exchange(m_chosenLane, lane) != lane && m_lane->currentIndex() == kChosenLane)
        scheduleRefresh();
}

/// The event that is selected becomes the current row, if it is listed.
void EventsPanel::showChosen(Scrolling scrolling)
{
    const QScopedValueRollback<bool> quiet(m_isSelecting, true);
    if (m_wanted && m_model->list())
        if (const auto place =
                m_model->list()->sliceBeginningAt(m_wanted->first, m_wanted->second)) {
            m_chosen = place;
            m_wanted.reset();
            scrolling = Scrolling::GoesToTheEvent;
        }
    const int row = m_chosen ? m_model->bring(*m_chosen) : -1;
    if (row < 0) {
        m_table->clearSelection();
    } else if (m_table->currentIndex().row() != row || !m_table->selectionModel()->hasSelection()) {
        m_table->setAutoScroll(scrolling == Scrolling::GoesToTheEvent);
        m_table->setCurrentIndex(m_model->index(row, 0));
        m_table->setAutoScroll(true);
    }
    showNote();
}

void EventsPanel::tell(int row)
{
    const QScopedValueRollback<bool> quiet(m_isSelecting, true);
    const ListedEvent event = m_model->eventAt(row);
    m_chosen = event.place;
    m_wanted.reset();
    emit chosen(event);
}

void EventsPanel::sortBy(EventColumn column, Qt::SortOrder direction)
{
    m_order.column = column;
    m_order.direction = direction;
    refresh();
}

} // namespace heddle::widgets
