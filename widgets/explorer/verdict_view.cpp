// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/explorer/verdict_view.h"

#include "widgets/explorer/outcome_histogram.h"
#include "widgets/explorer/verdict_words.h"
#include "widgets/shared/icons.h"
#include "widgets/shared/sentence_words.h"
#include "widgets/shared/theme.h"
#include "widgets/tables/table_panel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace heddle::widgets {

namespace {

using Status = ExploredExpectation::Status;

constexpr int kTextColumn = 1;
constexpr int kWhyColumn = 2;
constexpr int kShowColumn = 3;
constexpr int kTextWidth = 190;
constexpr int kResultWidth = 104;
constexpr int kRoomForIcon = 34;

QString wordOf(Status status)
{
    switch (status) {
    case Status::Held:
        return VerdictView::tr("held");
    case Status::Failed:
        return VerdictView::tr("failed");
    case Status::Unchecked:
        break;
    }
    return VerdictView::tr("not checked");
}

QString iconNameOf(Status status)
{
    return status == Status::Held  ? QStringLiteral("success")
        : status == Status::Failed ? QStringLiteral("error")
                                   : QStringLiteral("help");
}

QColor colourOf(Status status, const ThemeColours& colours)
{
    return status == Status::Held  ? colours.success
        : status == Status::Failed ? colours.danger
                                   : colours.textMuted;
}

} // namespace

VerdictView::VerdictView(QWidget* parent)
    : QWidget(parent)
    , m_icon(new QLabel)
    , m_headline(new QLabel)
    , m_figures(new QLabel)
    , m_sampleText(new QLabel)
    , m_progress(new QProgressBar)
    , m_explore(new QPushButton)
    , m_cancel(new QPushButton)
    , m_raise(new QPushButton)
    , m_sample(new QPushButton)
    , m_table(new TablePanel(QStringList(4), {}))
    , m_histogram(new OutcomeHistogram)
    , m_histogramScroll(new QScrollArea)
    , m_histogramBox(new QWidget)
{
    build();
    connectParts();
    retranslate();
}

void VerdictView::build()
{
    QFont large = m_headline->font();
    large.setBold(true);
    large.setPointSizeF(large.pointSizeF() * 1.15);
    m_headline->setFont(large);
    m_headline->setWordWrap(true);
    for (QLabel* label : {m_figures, m_sampleText}) {
        label->setWordWrap(true);
        label->setForegroundRole(QPalette::PlaceholderText);
    }
    m_sampleText->setForegroundRole(QPalette::WindowText);
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setMaximumHeight(6);
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_icon, 0, Qt::AlignTop);
    head->addWidget(m_headline, 1);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(6);
    for (QPushButton* button : {m_explore, m_cancel, m_raise, m_sample})
        buttons->addWidget(button);
    buttons->addStretch(1);
    auto* top = new QVBoxLayout;
    top->setContentsMargins(8, 2, 8, 6);
    top->setSpacing(5);
    top->addLayout(head);
    top->addWidget(m_figures);
    top->addWidget(m_progress);
    top->addLayout(buttons);
    top->addWidget(m_sampleText);

    m_histogramScroll->setWidget(m_histogram);
    m_histogramScroll->setWidgetResizable(true);
    m_histogramScroll->setFrameShape(QFrame::NoFrame);
    auto* box = new QVBoxLayout(m_histogramBox);
    box->setContentsMargins(0, 0, 0, 0);
    box->addWidget(m_histogramScroll);
    auto* parts = new QSplitter(Qt::Vertical);
    parts->setChildrenCollapsible(false);
    parts->addWidget(m_table);
    parts->addWidget(m_histogramBox);
    parts->setStretchFactor(0, 3);
    parts->setStretchFactor(1, 2);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(parts, 1);
    m_table->table().setColumnWidth(kShowColumn, 64);
    setFocusProxy(m_table);
}

void VerdictView::connectParts()
{
    connect(m_explore, &QPushButton::clicked, this, &VerdictView::exploreWanted);
    connect(m_cancel, &QPushButton::clicked, this, &VerdictView::cancelWanted);
    connect(m_raise, &QPushButton::clicked, this, &VerdictView::limitRaiseWanted);
    connect(m_sample, &QPushButton::clicked, this, &VerdictView::sampleWanted);
    const auto show = [this](int row) {
        if (m_report && shownSchedule(*m_report, static_cast<std::size_t>(row)))
            emit witnessWanted(row);
    };
    connect(m_table, &TablePanel::chosen, this, [this](const Row& row) {
        if (row.line > 0)
            emit lineChosen(row.line);
    });
    connect(m_table, &TablePanel::activated, this,
        [show](const Row& row) { show(static_cast<int>(row.key)); });
    connect(&m_table->table(), &QTableView::clicked, this, [show](const QModelIndex& index) {
        if (index.column() == kShowColumn)
            show(index.row());
    });
}

void VerdictView::setProgress(const std::optional<SearchProgress>& progress)
{
    m_running = progress;
    showReport();
}

void VerdictView::setReport(std::optional<ExplorationReport> report)
{
    m_report = std::move(report);
    fillTable();
    fillHistogram();
    showReport();
}

QString VerdictView::headline() const
{
    return m_headline->text();
}

QString VerdictView::figures() const
{
    return m_figures->text();
}

QString VerdictView::headlineText() const
{
    if (m_running)
        return tr("Searching every schedule…");
    return m_report ? verdictSentence(*m_report) : tr("Every schedule, searched.");
}

QString VerdictView::figuresText() const
{
    if (m_running)
        return progressText(*m_running);
    return m_report ? widgets::figuresText(*m_report)
                    : tr("Instead of running the program once, all orders in which its actors can "
                         "move are tried (F6).");
}

void VerdictView::showReport()
{
    m_headline->setText(headlineText());
    m_figures->setText(figuresText());
    m_progress->setVisible(m_running.has_value());
    const ThemeColours& colours = themeColours(schemeOf(palette()));
    QString icon = QStringLiteral("explore");
    QColor colour = colours.textMuted;
    if (m_report && !m_running) {
        const bool holds = m_report->verdict == ExplorationVerdict::Holds || isAllHeld(*m_report);
        const bool isViolated = m_report->verdict == ExplorationVerdict::Violated;
        icon = holds     ? QStringLiteral("success")
            : isViolated ? QStringLiteral("error")
                         : QStringLiteral("help");
        colour = holds ? colours.success : isViolated ? colours.danger : colours.warning;
    }
    m_icon->setPixmap(iconPixmap(icon, colour, 20, devicePixelRatioF()));
    const bool isSampled = m_report && m_report->sampled && !m_running;
    m_sampleText->setVisible(isSampled);
    if (isSampled)
        m_sampleText->setText(sampledText(*m_report->sampled));
    showButtons();
}

void VerdictView::showButtons()
{
    const bool isRunning = m_running.has_value();
    const bool isLimited = !isRunning && m_report && m_report->limit;
    m_explore->setVisible(!isRunning);
    m_cancel->setVisible(isRunning);
    m_raise->setVisible(isLimited && m_report->states > 0);
    m_sample->setVisible(isLimited && m_report->states > 0);
}

void VerdictView::addRow(
    std::vector<Row>& rows, Row row, const std::optional<Schedule>& witness) const
{
    row.key = rows.size();
    row.cells.push_back({.text = witness ? tr("Show") : QString(),
        .colour = themeColours(schemeOf(palette())).accent,
        .toolTip = witness ? tr("Go through the schedule that shows it: %n steps", nullptr,
                       static_cast<int>(witness->steps.size()))
                           : QString()});
    rows.push_back(std::move(row));
}

void VerdictView::fillTable()
{
    const ThemeColours& colours = themeColours(schemeOf(palette()));
    std::vector<Row> rows;
    for (const ExploredExpectation& each :
        m_report ? m_report->expectations : std::vector<ExploredExpectation>{}) {
        const QColor colour = colourOf(each.status, colours);
        const QString why = inWords(each.why);
        const QString explained = inWords(each.explanation);
        Row row{.cells = {}, .line = static_cast<int>(each.line)};
        row.cells.push_back({.text = wordOf(each.status),
            .icon = themedIcon(iconNameOf(each.status), colour),
            .colour = colour});
        const QString text = QString::fromStdString(each.text);
        row.cells.push_back({.text = text, .toolTip = text});
        row.cells.push_back({.text = why.isEmpty() ? explained : why,
            .colour = colours.textMuted,
            .toolTip = explained.isEmpty() ? why : explained});
        addRow(rows, std::move(row), each.witness);
    }
    for (const LostUpdate& lost : m_report ? m_report->lostUpdates : std::vector<LostUpdate>{}) {
        Row row{.cells = {}};
        row.cells.push_back({.text = tr("note"),
            .icon = themedIcon(QStringLiteral("information"), colours.textMuted),
            .colour = colours.textMuted});
        row.cells.push_back(
            {.text = tr("lost update on %1").arg(QString::fromStdString(lost.variable))});
        row.cells.push_back(
            {.text = tr("written over from an old value"), .colour = colours.textMuted});
        addRow(rows, std::move(row), lost.witness);
    }
    const bool isAnyShown = std::any_of(rows.begin(), rows.end(),
        [](const Row& row) { return !row.cells[kShowColumn].text.isEmpty(); });
    m_table->table().setColumnHidden(kShowColumn, !isAnyShown); // its room is for the reasons
    const bool isAnyExplained = std::any_of(rows.begin(), rows.end(),
        [](const Row& row) { return !row.cells[kWhyColumn].text.isEmpty(); });
    m_table->table().setColumnHidden(kWhyColumn, !isAnyExplained);
    m_table->setStretchColumn(isAnyExplained ? kWhyColumn : kTextColumn);
    if (isAnyExplained)
        m_table->table().setColumnWidth(kTextColumn, kTextWidth);
    m_table->rows().setRows(std::move(rows));
}

void VerdictView::fillHistogram()
{
    std::vector<OutcomeGroup> groups;
    if (m_report && !m_report->histogram.empty()) {
        const bool isCounted = std::all_of(m_report->histogram.begin(), m_report->histogram.end(),
            [](const ExploredOutcome& each) { return each.schedules.has_value(); });
        OutcomeGroup group{isCounted ? tr("Outcomes, by the number of schedules that end so")
                                     : tr("Outcomes, by the number of states that end so"),
            {}};
        for (const ExploredOutcome& each : m_report->histogram)
            group.values.push_back({QString::fromStdString(each.text),
                isCounted ? *each.schedules : each.states, each.isDeadlock});
        groups.push_back(std::move(group));
    }
    m_histogramBox->setVisible(!groups.empty());
    m_histogram->setGroups(std::move(groups));
    m_histogramScroll->setAccessibleName(m_histogram->accessibleName());
    m_histogramScroll->setAccessibleDescription(m_histogram->description());
}

void VerdictView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    if (event->type() == QEvent::PaletteChange) {
        fillTable();
        showReport();
    }
    QWidget::changeEvent(event);
}

void VerdictView::retranslate()
{
    m_explore->setText(tr("Explore (F6)"));
    m_cancel->setText(tr("Cancel"));
    m_raise->setText(tr("Raise the limit ×10"));
    m_sample->setText(tr("Try random schedules"));
    m_table->rows().setHeaders({tr("Result"), tr("Expectation"), tr("Why"), QString()});
    m_table->setHint(tr("Press F6: each of the program's expectations is judged here over every "
                        "schedule, with one that shows it."));
    m_table->table().setAccessibleName(tr("Expectations"));
    m_table->table().setColumnWidth(0,
        std::max(kResultWidth,
            fontMetrics().horizontalAdvance(wordOf(Status::Unchecked)) + kRoomForIcon));
    fillTable();
    fillHistogram();
    showReport();
}

} // namespace heddle::widgets
