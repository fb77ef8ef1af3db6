// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/timeline/slice_text.h"

#include "engine/base/text.h"
#include "widgets/shared/end_text.h"
#include "widgets/shared/state_colours.h"

#include <utility>

namespace heddle::widgets {

namespace {

constexpr std::size_t kMostLabels = 65536;

bool isWait(State state)
{
    return state == State::WaitLock || state == State::WaitCondition || state == State::WaitQueue
        || state == State::WaitActor || state == State::WaitInput;
}

QString signalWord(std::uint64_t signal)
{
    return QString::fromStdString(signalName(static_cast<int>(signal)));
}

std::uint64_t labelKey(const Slice& slice, TrackKind kind)
{
    // 28 bits of name and argument each are far more than a trace has.
    return (static_cast<std::uint64_t>(slice.name.value & 0xFFFFFFFU) << 36U)
        ^ (static_cast<std::uint64_t>(slice.argument & 0xFFFFFFFU) << 8U)
        ^ (static_cast<std::uint64_t>(slice.state) << 4U) ^ (static_cast<std::uint64_t>(kind) << 1U)
        ^ static_cast<std::uint64_t>(slice.argumentIsActor);
}

} // namespace

SliceText::SliceText(std::shared_ptr<const Trace> trace)
    : m_trace(std::move(trace))
    , m_times(*m_trace)
{
}

const QString& SliceText::label(const Slice& slice, TrackKind kind)
{
    const std::uint64_t key = labelKey(slice, kind);
    const auto found = m_labels.find(key);
    if (found != m_labels.end())
        return found->second;
    if (m_labels.size() >= kMostLabels)
        m_labels.clear();
    return m_labels.emplace(key, makeLabel(slice, kind)).first->second;
}

const QString& SliceText::shortLabel(const Slice& slice, TrackKind kind)
{
    const std::uint64_t key = labelKey(slice, kind);
    const auto found = m_shortLabels.find(key);
    if (found != m_shortLabels.end())
        return found->second;
    if (m_shortLabels.size() >= kMostLabels)
        m_shortLabels.clear();
    return m_shortLabels.emplace(key, makeShortLabel(slice)).first->second;
}

QString SliceText::description(const Slice& slice, TrackKind kind)
{
    QString text = QStringLiteral("<b>%1</b>").arg(label(slice, kind).toHtmlEscaped());
    const auto addRow = [&text](const QString& title, const QString& value) {
        text += QStringLiteral("<tr><td style='padding-right:10px'>%1</td><td>%2</td></tr>")
                    .arg(title, value.toHtmlEscaped());
    };
    text += QStringLiteral("<table cellspacing='0' cellpadding='1'>");
    addRow(tr("State"), stateWord(slice.state));
    addRow(tr("Duration"), m_times.duration(slice.end - slice.begin));
    addRow(tr("From"), m_times.moment(slice.begin, 1000));
    if (const QString argument = argumentName(slice); !argument.isEmpty())
        addRow(slice.argumentIsActor ? tr("Actor") : tr("Object"), argument);
    if (slice.line != 0)
        addRow(tr("Line"), QString::number(slice.line));
    return text + QStringLiteral("</table>");
}

QString SliceText::description(const Moment& moment)
{
    QString word = name(moment.name);
    switch (moment.kind) {
    case Moment::Kind::Said:
        return tr("said output line %1").arg(moment.argument);
    case Moment::Kind::Progressed:
        return tr("made progress");
    case Moment::Kind::Raised:
        return tr("raised %1").arg(word);
    case Moment::Kind::Notified:
        return tr("notified; %n waiter(s) let go", nullptr, static_cast<int>(moment.argument));
    case Moment::Kind::WasSet:
        return tr("was set");
    case Moment::Kind::WasCleared:
        return tr("was cleared");
    case Moment::Kind::Marked:
        return word.isEmpty() ? tr("a mark") : word;
    case Moment::Kind::Deadlocked:
        return tr("deadlock: it will wait for ever");
    case Moment::Kind::Finished:
    case Moment::Kind::Failed:
    case Moment::Kind::Killed:
    case Moment::Kind::Exited:
        return endText(moment, word);
    case Moment::Kind::Reaped:
        return tr("reaped: its exit code was taken");
    case Moment::Kind::Orphaned:
        return word.isEmpty() ? tr("orphaned: the process that started it has ended")
                              : tr("orphaned: %1, which started it, has ended").arg(word);
    case Moment::Kind::SignalSent:
        return tr("sent %1").arg(signalWord(moment.argument));
    case Moment::Kind::SignalGiven:
        return tr("was sent %1 from the inspector").arg(signalWord(moment.argument));
    case Moment::Kind::Stopped:
        return tr("stopped by a signal");
    case Moment::Kind::Continued:
        return tr("goes on after it was stopped");
    case Moment::Kind::BytesRead:
        return tr("read %n byte(s)", nullptr, static_cast<int>(moment.argument));
    case Moment::Kind::BytesWritten:
        return tr("wrote %n byte(s)", nullptr, static_cast<int>(moment.argument));
    }
    return word;
}

QString SliceText::makeLabel(const Slice& slice, TrackKind kind) const
{
    QString argument = argumentName(slice);
    if (isWait(slice.state) && !argument.isEmpty())
        return tr("waits %1", "in a box of the timeline: for an object or actor").arg(argument);
    if ((kind == TrackKind::Holder || kind == TrackKind::Processor) && !argument.isEmpty())
        return argument;
    QString own = name(slice.name);
    if (!own.isEmpty())
        return own;
    return argument.isEmpty() ? stateWord(slice.state) : argument;
}

QString SliceText::makeShortLabel(const Slice& slice) const
{
    return slice.state == State::Zombie ? tr("zombie") : argumentName(slice);
}

QString SliceText::argumentName(const Slice& slice) const
{
    if (slice.argument == 0)
        return {};
    return QString::fromStdString(slice.argumentIsActor
            ? m_trace->actorName(ActorId{slice.argument})
            : m_trace->objectName(ObjectId{slice.argument}));
}

QString SliceText::name(NameId id) const
{
    return id ? QString::fromStdString(m_trace->name(id)) : QString();
}

QString laneGroupWord(LaneGroup group)
{
    switch (group) {
    case LaneGroup::Actors:
        return SliceText::tr("Actors");
    case LaneGroup::Objects:
        return SliceText::tr("Locks and queues");
    case LaneGroup::Processors:
        return SliceText::tr("Processors");
    case LaneGroup::Counters:
        return SliceText::tr("Counters");
    }
    return {};
}

} // namespace heddle::widgets
