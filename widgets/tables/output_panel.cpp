// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/tables/output_panel.h"

#include "widgets/shared/theme.h"
#include "widgets/shared/time_text.h"
#include "widgets/tables/table_panel.h"

#include <QComboBox>
#include <QEvent>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QTableView>
#include <QVBoxLayout>

namespace heddle::widgets {

namespace {

// Places in the list of streams.
constexpr int kBoth = 0;
constexpr int kStandardOutput = 1;
constexpr int kErrorOutput = 2;

} // namespace

OutputPanel::OutputPanel(QWidget* parent)
    : QWidget(parent)
    , m_table(new TablePanel({{}, {}, {}, {}}, {}))
    , m_actor(new QComboBox)
    , m_stream(new QComboBox)
    , m_search(new QLineEdit)
    , m_note(new QLabel)
{
    buildFilters();
    connect(m_table, &TablePanel::chosen, this,
        [this](const Row& row) { emit timeChosen(row.time.value_or(0)); });
    connect(m_actor, &QComboBox::currentIndexChanged, this, &OutputPanel::showMatching);
    connect(m_stream, &QComboBox::currentIndexChanged, this, &OutputPanel::showMatching);
    connect(m_search, &QLineEdit::textChanged, this, &OutputPanel::showMatching);
    retranslate();
    showNote();
}

void OutputPanel::buildFilters()
{
    m_actor->addItem(QString());
    m_actor->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_stream->addItems({{}, {}, {}});
    m_stream->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_search->setClearButtonEnabled(true);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_table->table().setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(6, 4, 6, 4);
    bar->setSpacing(6);
    bar->addWidget(m_actor);
    bar->addWidget(m_stream);
    bar->addWidget(m_search, 1);
    bar->addWidget(m_note);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(bar);
    column->addWidget(m_table, 1);
    m_table->table().setColumnWidth(0, 90);
    m_table->table().setColumnWidth(1, 130);
    m_table->table().setColumnWidth(2, 60);
    setFocusProxy(m_table);
}

void OutputPanel::retranslate()
{
    m_table->rows().setHeaders({tr("Time"), tr("Actor"), tr("Stream"), tr("Line")});
    m_table->setName(tr("Output"));
    m_table->setHint(tr("What the program says appears here while it runs (F5)."));
    m_actor->setItemText(0, tr("All actors"));
    m_actor->setAccessibleName(tr("Actor whose lines are shown"));
    m_stream->setItemText(kBoth, tr("Both streams"));
    m_stream->setItemText(kStandardOutput, tr("Standard output"));
    m_stream->setItemText(kErrorOutput, tr("Error output"));
    m_stream->setAccessibleName(tr("Stream whose lines are shown"));
    m_search->setPlaceholderText(tr("Search in the output"));
    m_search->setAccessibleName(tr("Search in the output"));
}

void OutputPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    if (event->type() == QEvent::PaletteChange)
        showMatching();
    QWidget::changeEvent(event);
}

void OutputPanel::clear()
{
    m_lines.clear();
    m_dropped = 0;
    m_lost = 0;
    m_table->rows().clear();
    while (m_actor->count() > 1)
        m_actor->removeItem(1);
    showNote();
}

void OutputPanel::append(const std::vector<OutputLine>& lines)
{
    QScrollBar* bar = m_table->table().verticalScrollBar();
    const bool wasAtEnd = bar->value() == bar->maximum();
    std::vector<Row> added;
    for (const OutputLine& line : lines) {
        addActor(QString::fromStdString(line.actor));
        if (matches(line))
            added.push_back(rowOf(line, m_dropped + m_lines.size()));
        m_lines.push_back(line);
    }
    m_table->rows().appendRows(std::move(added));
    while (m_lines.size() > kLineLimit) {
        m_lines.pop_front();
        ++m_dropped;
    }
    int gone = 0;
    const RowModel& rows = m_table->rows();
    while (gone < rows.rowCount() && rows.row(gone).key < m_dropped)
        ++gone;
    m_table->rows().removeFirstRows(gone);
    if (wasAtEnd)
        m_table->table().scrollToBottom();
    showNote();
}

void OutputPanel::addLost(quint64 count)
{
    m_lost += count;
    showNote();
}

int OutputPanel::shownLineCount() const
{
    return m_table->rows().rowCount();
}

QString OutputPanel::note() const
{
    return m_note->text();
}

void OutputPanel::addActor(const QString& name)
{
    if (m_actor->findText(name) < 0)
        m_actor->addItem(name);
}

bool OutputPanel::matches(const OutputLine& line) const
{
    if (m_actor->currentIndex() > 0 && m_actor->currentText() != QString::fromStdString(line.actor))
        return false;
    if (m_stream->currentIndex() == (line.isError ? kStandardOutput : kErrorOutput))
        return false;
    return m_search->text().isEmpty()
        || QString::fromStdString(line.text).contains(m_search->text(), Qt::CaseInsensitive);
}

Row OutputPanel::rowOf(const OutputLine& line, quint64 number) const
{
    const QColor colour = line.isError ? themeColours(schemeOf(palette())).danger : QColor();
    const QString text = QString::fromStdString(line.text);
    Row row{.key = number, .cells = {}, .time = line.time};
    row.cells.push_back({.text = durationText(nanoseconds(line.time)), .isNumber = true});
    row.cells.push_back({.text = QString::fromStdString(line.actor), .colour = colour});
    row.cells.push_back({.text = line.isError ? QStringLiteral("stderr") : QStringLiteral("stdout"),
        .colour = colour});
    row.cells.push_back({.text = text,
        .colour = colour,
        .toolTip = line.isError ? tr("Error output: %1").arg(text) : text});
    return row;
}

void OutputPanel::showMatching()
{
    std::vector<Row> rows;
    quint64 number = m_dropped;
    for (const OutputLine& line : m_lines) {
        if (matches(line))
            rows.push_back(rowOf(line, number));
        ++number;
    }
    m_table->rows().setRows(std::move(rows));
}

void OutputPanel::showNote()
{
    const quint64 gone = m_dropped + m_lost;
    m_note->setText(gone == 0 ? QString()
                              : tr("%n older line(s) not kept", nullptr,
                                  static_cast<int>(std::min<quint64>(gone, INT_MAX))));
}

} // namespace heddle::widgets
