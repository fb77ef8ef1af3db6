// SPDX-License-Identifier: GPL-3.0-only
// The keys of the timeline: everything that the mouse can do there.
#include "widgets/shared/trace_document.h"
#include "widgets/timeline/slice_text.h"
#include "widgets/timeline/timeline_canvas.h"

#include <QKeyEvent>
#include <QToolTip>

#include <algorithm>
#include <array>

namespace heddle::widgets {

namespace {

constexpr double kPanByKey = 0.12;
constexpr int kScrollByKey = 60;
constexpr std::int64_t kStepsInView = 50; ///< of the cursor
constexpr int kTellMilliseconds = 20'000;

struct KeyAction
{
    int key;
    Qt::KeyboardModifiers modifiers;
    void (TimelineCanvas::*action)();
};

const std::array<KeyAction, 39>& keyActions()
{
    static const std::array<KeyAction, 39> kActions{{
        {Qt::Key_W, Qt::NoModifier, &TimelineCanvas::zoomIn},
        {Qt::Key_Plus, Qt::NoModifier, &TimelineCanvas::zoomIn},
        {Qt::Key_Equal, Qt::NoModifier, &TimelineCanvas::zoomIn},
        {Qt::Key_S, Qt::NoModifier, &TimelineCanvas::zoomOut},
        {Qt::Key_Minus, Qt::NoModifier, &TimelineCanvas::zoomOut},
        {Qt::Key_A, Qt::NoModifier, &TimelineCanvas::panEarlier},
        {Qt::Key_Left, Qt::NoModifier, &TimelineCanvas::panEarlier},
        {Qt::Key_D, Qt::NoModifier, &TimelineCanvas::panLater},
        {Qt::Key_Right, Qt::NoModifier, &TimelineCanvas::panLater},
        {Qt::Key_F, Qt::NoModifier, &TimelineCanvas::fitSelection},
        {Qt::Key_0, Qt::NoModifier, &TimelineCanvas::showAll},
        {Qt::Key_Home, Qt::NoModifier, &TimelineCanvas::showAll},
        {Qt::Key_End, Qt::NoModifier, &TimelineCanvas::goToEndAndFollow},
        {Qt::Key_Space, Qt::NoModifier, &TimelineCanvas::toggleFollow},
        {Qt::Key_Z, Qt::ControlModifier, &TimelineCanvas::undoView},
        {Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier, &TimelineCanvas::redoView},
        {Qt::Key_Y, Qt::ControlModifier, &TimelineCanvas::redoView},
        {Qt::Key_Period, Qt::NoModifier, &TimelineCanvas::selectNext},
        {Qt::Key_Comma, Qt::NoModifier, &TimelineCanvas::selectPrevious},
        {Qt::Key_BracketRight, Qt::NoModifier, &TimelineCanvas::followEdgeForward},
        {Qt::Key_BracketLeft, Qt::NoModifier, &TimelineCanvas::followEdgeBack},
        {Qt::Key_Up, Qt::NoModifier, &TimelineCanvas::rowUp},
        {Qt::Key_Down, Qt::NoModifier, &TimelineCanvas::rowDown},
        {Qt::Key_Return, Qt::NoModifier, &TimelineCanvas::fitOrFold},
        {Qt::Key_Enter, Qt::NoModifier, &TimelineCanvas::fitOrFold},
        {Qt::Key_I, Qt::NoModifier, &TimelineCanvas::tell},
        {Qt::Key_T, Qt::NoModifier, &TimelineCanvas::askForTable},
        {Qt::Key_Right, Qt::ControlModifier, &TimelineCanvas::cursorLater},
        {Qt::Key_Left, Qt::ControlModifier, &TimelineCanvas::cursorEarlier},
        {Qt::Key_Up, Qt::ControlModifier, &TimelineCanvas::scrollUp},
        {Qt::Key_Down, Qt::ControlModifier, &TimelineCanvas::scrollDown},
        {Qt::Key_PageUp, Qt::NoModifier, &TimelineCanvas::pageUp},
        {Qt::Key_PageDown, Qt::NoModifier, &TimelineCanvas::pageDown},
        {Qt::Key_Right, Qt::ShiftModifier, &TimelineCanvas::selectLater},
        {Qt::Key_Left, Qt::ShiftModifier, &TimelineCanvas::selectEarlier},
        {Qt::Key_Down, Qt::ShiftModifier, &TimelineCanvas::selectRowDown},
        {Qt::Key_Up, Qt::ShiftModifier, &TimelineCanvas::selectRowUp},
        {Qt::Key_Plus, Qt::ShiftModifier, &TimelineCanvas::zoomIn},
        {Qt::Key_F12, Qt::NoModifier, &TimelineCanvas::toggleFrameTimes},
    }};
    return kActions;
}

} // namespace

void TimelineCanvas::keyPressEvent(QKeyEvent* event)
{
    if (m_document.isEmpty()) {
        QWidget::keyPressEvent(event);
        return;
    }
    // Where a key writes a sign, the number pad only says how it was reached.
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    for (const KeyAction& action : keyActions()) {
        if (action.key == event->key() && action.modifiers == modifiers) {
            (this->*action.action)();
            return;
        }
    }
    const bool isEscape = event->key() == Qt::Key_Escape && modifiers == Qt::NoModifier;
    const bool hasMarks = m_range.hasCursor() || !m_range.selection().isEmpty()
        || m_view.scene().selected.has_value();
    if (isEscape && hasMarks) // else it is for the window: back to the program
        clearSelection();
    else
        QWidget::keyPressEvent(event);
}

void TimelineCanvas::panEarlier()
{
    m_navigator.pan(-kPanByKey);
}

void TimelineCanvas::panLater()
{
    m_navigator.pan(kPanByKey);
}

void TimelineCanvas::toggleFrameTimes()
{
    m_view.toggleFrameTimes();
}

void TimelineCanvas::askForTable()
{
    emit tableWanted();
}

/// As the layout has it now; nothing before the first arrow key or where its group is folded.
std::optional<RowPlace> TimelineCanvas::row() const
{
    if (m_row.height == 0)
        return std::nullopt;
    for (const RowPlace& row : m_view.scene().layout.rows())
        if (row.isSameAs(m_row))
            return row;
    return std::nullopt;
}

void TimelineCanvas::setRowOfLane(LaneId lane)
{
    if (const LanePlace* place = m_view.scene().layout.laneWith(lane))
        m_row = {place->y, place->height, lane, place->lane.group};
}

void TimelineCanvas::moveRow(int step)
{
    const std::vector<RowPlace> rows = m_view.scene().layout.rows();
    if (rows.empty())
        return;
    const auto last = static_cast<std::ptrdiff_t>(rows.size()) - 1;
    const auto current = std::find_if(
        rows.begin(), rows.end(), [this](const RowPlace& row) { return row.isSameAs(m_row); });
    const bool isKnown = m_row.height != 0 && current != rows.end();
    const std::ptrdiff_t next = isKnown ? current - rows.begin() + step : 0;
    enterRow(rows[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(next, 0, last))]);
}

void TimelineCanvas::enterRow(const RowPlace& row)
{
    m_row = row;
    m_view.reveal(row.y, row.height);
    if (row.lane) {
        select(sliceOfLane(*m_view.scene().trace, row.lane, timeOfKeys()));
        emit laneActivated(row.lane);
    } else {
        m_view.setSelected(std::nullopt);
    }
    describe();
    update();
}

void TimelineCanvas::rowUp()
{
    moveRow(-1);
}

void TimelineCanvas::rowDown()
{
    moveRow(1);
}

void TimelineCanvas::fitOrFold()
{
    const auto current = row();
    if (!current || current->lane) {
        fitSelection();
        return;
    }
    m_view.toggleGroup(current->group);
    describe();
}

/// The cursor where it is seen, else the selected slice, else the middle.
std::int64_t TimelineCanvas::timeOfKeys() const
{
    const auto isSeen = [this](std::int64_t time) {
        return time >= m_range.begin().count() && time < m_range.end().count();
    };
    if (m_range.hasCursor() && isSeen(m_range.cursor().count()))
        return m_range.cursor().count();
    if (const auto& selected = m_view.scene().selected; selected && isSeen(selected->slice.begin))
        return selected->slice.begin;
    return m_range.begin().count() + m_range.duration().count() / 2;
}

/// A whole number of steps where there is nothing between them.
std::int64_t TimelineCanvas::stepOfKeys() const
{
    const std::int64_t step = std::max<std::int64_t>(1, m_range.duration().count() / kStepsInView);
    const TraceTimes& times = m_view.scene().times;
    if (!times.areSteps())
        return step;
    return std::max<std::int64_t>(1, step / times.unit()) * times.unit();
}

void TimelineCanvas::bringIntoView(std::int64_t time)
{
    const std::int64_t length = m_range.duration().count();
    if (time < m_range.begin().count())
        m_navigator.panTo(time - length / 10);
    else if (time >= m_range.end().count())
        m_navigator.panTo(time - length * 9 / 10);
}

void TimelineCanvas::moveCursor(Way way)
{
    const std::int64_t step = stepOfKeys();
    const std::int64_t time = std::clamp<std::int64_t>(
        timeOfKeys() + static_cast<int>(way) * step, 0, m_range.extent().count());
    m_range.setCursor(std::chrono::nanoseconds{time});
    bringIntoView(time);
    describe();
}

void TimelineCanvas::cursorLater()
{
    moveCursor(Way::Later);
}

void TimelineCanvas::cursorEarlier()
{
    moveCursor(Way::Earlier);
}

void TimelineCanvas::growSelection(Way way)
{
    TimelineSelection selection = m_range.selection();
    if (selection.isEmpty()) {
        m_anchorTime = m_grownTo = timeOfKeys();
        const auto current = row();
        m_anchorLane = current ? current->lane : LaneId{};
        selection.lanes = m_anchorLane ? std::vector{m_anchorLane} : std::vector<LaneId>{};
    } else if (selection.begin.count() != std::min(m_anchorTime, m_grownTo)
        || selection.end.count() != std::max(m_anchorTime, m_grownTo)) {
        m_anchorTime = selection.begin.count(); // somebody else has made it
        m_grownTo = selection.end.count();
    }
    const std::int64_t step = stepOfKeys();
    m_grownTo = std::clamp<std::int64_t>(
        m_grownTo + static_cast<int>(way) * step, 0, m_range.extent().count());
    selection.begin = std::chrono::nanoseconds{std::min(m_anchorTime, m_grownTo)};
    selection.end = std::chrono::nanoseconds{std::max(m_anchorTime, m_grownTo)};
    if (selection.isEmpty())
        m_range.clearSelection();
    else
        m_range.setSelection(selection);
    bringIntoView(m_grownTo);
}

void TimelineCanvas::selectLater()
{
    growSelection(Way::Later);
}

void TimelineCanvas::selectEarlier()
{
    growSelection(Way::Earlier);
}

void TimelineCanvas::selectRows(int step)
{
    if (m_range.selection().isEmpty())
        growSelection(Way::Later);
    const LanePlace* anchor = m_view.scene().layout.laneWith(m_anchorLane);
    moveRow(step);
    const auto current = row();
    TimelineSelection selection = m_range.selection();
    if (!current || !current->lane || selection.isEmpty())
        return;
    if (anchor == nullptr)
        m_anchorLane = current->lane;
    const int from = anchor == nullptr ? current->y : anchor->y;
    selection.lanes = lanesBetween(m_view.scene().layout, from, current->y);
    m_range.setSelection(selection);
}

void TimelineCanvas::selectRowDown()
{
    selectRows(1);
}

void TimelineCanvas::selectRowUp()
{
    selectRows(-1);
}

void TimelineCanvas::scrollUp()
{
    m_view.scrollTo(m_view.scene().frame.scrollY - kScrollByKey);
}

void TimelineCanvas::scrollDown()
{
    m_view.scrollTo(m_view.scene().frame.scrollY + kScrollByKey);
}

void TimelineCanvas::pageUp()
{
    m_view.scrollTo(m_view.scene().frame.scrollY - m_view.scene().frame.lanes().height());
}

void TimelineCanvas::pageDown()
{
    m_view.scrollTo(m_view.scene().frame.scrollY + m_view.scene().frame.lanes().height());
}

/// The row of the keys where it is seen on the widget, its heading only.
QRect TimelineCanvas::rowOnWidget() const
{
    const TimelineFrame& frame = m_view.scene().frame;
    const auto current = row();
    if (!current)
        return {};
    const QRect whole(0, frame.toWidget(current->y), frame.headerWidth - 1, current->height);
    return whole.intersected(frame.headers());
}

void TimelineCanvas::tell()
{
    const TimelineScene& scene = m_view.scene();
    const auto& selected = scene.selected;
    const LanePlace* lane = selected ? scene.layout.laneWith(selected->lane) : nullptr;
    if (lane == nullptr)
        return;
    const double x = scene.frame.headerWidth
        + static_cast<double>(selected->slice.begin - scene.scale.begin)
            / nanosecondsPerPixel(scene.scale);
    const QPoint place(
        static_cast<int>(std::clamp<double>(x, scene.frame.headerWidth, scene.frame.width - 40.0)),
        scene.frame.toWidget(lane->y + lane->height));
    QToolTip::showText(mapToGlobal(place),
        m_view.words().description(selected->slice, selected->kind), this, {}, kTellMilliseconds);
}

} // namespace heddle::widgets
