// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/explorer/verdict_words.h"

#include "widgets/explorer/verdict_view.h"
#include "widgets/shared/sentence_words.h"
#include "widgets/shared/time_text.h"

#include <QLocale>

#include <algorithm>
#include <chrono>

namespace heddle::widgets {

namespace {

using Status = ExploredExpectation::Status;

QString secondsText(double seconds)
{
    return durationText(
        std::chrono::nanoseconds(static_cast<std::int64_t>(std::max(0.0, seconds) * 1e9)));
}

} // namespace

QString verdictSentence(const ExplorationReport& report)
{
    const auto failed = std::find_if(report.expectations.begin(), report.expectations.end(),
        [](const ExploredExpectation& each) { return each.status == Status::Failed; });
    switch (report.verdict) {
    case ExplorationVerdict::Holds:
        if (const int unchecked = uncheckedCount(report); unchecked > 0)
            return VerdictView::tr(
                "No schedule breaks an expectation; %n could not be judged.", nullptr, unchecked);
        if (!report.isExact())
            return VerdictView::tr("Every expectation holds.");
        return report.hasExpectLines ? VerdictView::tr("Every schedule is as the program expects.")
                                     : VerdictView::tr("No schedule deadlocks or fails.");
    case ExplorationVerdict::Violated:
        if (failed != report.expectations.end())
            return VerdictView::tr("Broken: “%1”.").arg(QString::fromStdString(failed->text));
        return VerdictView::tr("A schedule leads to something bad.");
    case ExplorationVerdict::Undecided:
        break;
    }
    if (isAllHeld(report))
        return VerdictView::tr("Every expectation holds.");
    if (report.limit && report.states > 0)
        return VerdictView::tr("Checked %1 states to depth %2 without a problem, then stopped. "
                               "This is not a proof.")
            .arg(QLocale().toString(static_cast<qulonglong>(report.states)),
                QLocale().toString(report.depth));
    return report.limit ? VerdictView::tr("Not explored: %1.").arg(inWords(*report.limit))
                        : VerdictView::tr("Not decided: some expectations cannot be explored.");
}

std::optional<Schedule> shownSchedule(const ExplorationReport& report, std::size_t row)
{
    const std::size_t count = report.expectations.size();
    if (row < count)
        return report.expectations[row].witness;
    if (row - count < report.lostUpdates.size())
        return report.lostUpdates[row - count].witness;
    return std::nullopt;
}

bool isAllHeld(const ExplorationReport& report)
{
    return report.hasExpectLines && !report.expectations.empty()
        && std::all_of(report.expectations.begin(), report.expectations.end(),
            [](const ExploredExpectation& each) { return each.status == Status::Held; });
}

int uncheckedCount(const ExplorationReport& report)
{
    return static_cast<int>(std::count_if(report.expectations.begin(), report.expectations.end(),
        [](const ExploredExpectation& each) { return each.status == Status::Unchecked; }));
}

QString progressText(const SearchProgress& progress)
{
    const QLocale locale;
    return VerdictView::tr("%1 states, depth %2, %3")
        .arg(locale.toString(progress.states), locale.toString(progress.depth),
            secondsText(progress.seconds));
}

QString figuresText(const ExplorationReport& report)
{
    const QLocale locale;
    QString text = VerdictView::tr("%1 states · %2 transitions · depth %3 · %4")
                       .arg(locale.toString(static_cast<qulonglong>(report.states)),
                           locale.toString(static_cast<qulonglong>(report.transitions)),
                           locale.toString(report.depth), secondsText(report.seconds));
    if (report.schedules)
        text += QStringLiteral(" · ")
            + VerdictView::tr("%1 schedules")
                  .arg(locale.toString(static_cast<qulonglong>(*report.schedules)));
    if (report.orders)
        text += QStringLiteral(" · ")
            + VerdictView::tr("%1 truly different")
                  .arg(locale.toString(static_cast<qulonglong>(*report.orders)));
    if (report.limit && report.states > 0)
        text += QStringLiteral("\n")
            + VerdictView::tr(
                "L601: the search ended before every state was seen, because %1. What it found "
                "is so; the rest is open.")
                  .arg(inWords(*report.limit));
    return text;
}

QString sampledText(const SampledSchedules& sampled)
{
    return VerdictView::tr(
        "Beside that, %1 schedules were drawn by chance in %2; what they broke is shown as "
        "failed, what they did not break is not proven.")
        .arg(QLocale().toString(static_cast<qulonglong>(sampled.schedules)),
            secondsText(sampled.seconds));
}

} // namespace heddle::widgets
