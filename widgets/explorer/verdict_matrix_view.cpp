// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/explorer/verdict_matrix_view.h"

#include "widgets/explorer/verdict_view.h"
#include "widgets/shared/theme.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace heddle::widgets {

namespace {

constexpr int kCell = 46;

/// A colour that the symbol is readable on.
QColor tinted(const QColor& colour, const QColor& surface)
{
    constexpr float kShare = 0.22F;
    return QColor::fromRgbF(colour.redF() * kShare + surface.redF() * (1 - kShare),
        colour.greenF() * kShare + surface.greenF() * (1 - kShare),
        colour.blueF() * kShare + surface.blueF() * (1 - kShare));
}

} // namespace

VerdictMatrixView::VerdictMatrixView(QWidget* parent)
    : QWidget(parent)
    , m_start(new QPushButton)
    , m_cancel(new QPushButton)
    , m_hint(new QLabel)
    , m_table(new QTableWidget)
{
    build();
    connect(m_start, &QPushButton::clicked, this, &VerdictMatrixView::startWanted);
    connect(m_cancel, &QPushButton::clicked, this, &VerdictMatrixView::cancelWanted);
    connect(m_table, &QTableWidget::cellClicked, this, &VerdictMatrixView::cellChosen);
    connect(m_table, &QTableWidget::activated, this,
        [this](const QModelIndex& index) { emit cellChosen(index.row(), index.column()); });
    retranslate();
}

void VerdictMatrixView::build()
{
    auto* choice = new QHBoxLayout;
    choice->setSpacing(4);
    for (int side = 0; side < 2; ++side) {
        Side& parts = m_sides[static_cast<std::size_t>(side)];
        parts = {new QComboBox, new QSpinBox, new QSpinBox, new QLabel(QStringLiteral("…"))};
        for (QSpinBox* bound : {parts.from, parts.to}) {
            bound->setRange(0, 9999);
            bound->setButtonSymbols(QAbstractSpinBox::NoButtons);
            bound->setMaximumWidth(54);
        }
        parts.constant->setMinimumWidth(64);
        choice->addWidget(parts.constant);
        choice->addWidget(parts.from);
        choice->addWidget(parts.between);
        choice->addWidget(parts.to);
        choice->addSpacing(6);
        connect(parts.constant, &QComboBox::activated, this, [this, side] { offerValues(side); });
    }
    choice->addWidget(m_start);
    choice->addWidget(m_cancel);
    choice->addStretch(1);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->horizontalHeader()->setDefaultSectionSize(kCell);
    m_table->horizontalHeader()->setMinimumSectionSize(24);
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(28);
    m_hint->setWordWrap(true);
    m_hint->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(6, 6, 6, 0);
    column->setSpacing(5);
    column->addLayout(choice);
    column->addWidget(m_hint);
    column->addWidget(m_table, 1);
}

void VerdictMatrixView::setConstants(const std::vector<NamedConstant>& constants)
{
    if (constants == m_constants)
        return;
    m_constants = constants;
    for (int side = 0; side < 2; ++side) {
        Side& parts = m_sides[static_cast<std::size_t>(side)];
        const QString before = parts.constant->currentText();
        parts.constant->clear();
        if (side == 1)
            parts.constant->addItem(QString());
        for (const NamedConstant& constant : m_constants)
            parts.constant->addItem(constant.name);
        const int same = parts.constant->findText(before);
        parts.constant->setCurrentIndex(same >= 0 ? same : 0);
        if (same < 0 || before.isEmpty())
            offerValues(side);
    }
    m_table->clear();
    m_table->setRowCount(0);
    m_table->setColumnCount(0);
    showButtons();
}

/// Some values around the one that the program has.
void VerdictMatrixView::offerValues(int side)
{
    const Side& parts = m_sides[static_cast<std::size_t>(side)];
    for (const NamedConstant& constant : m_constants)
        if (constant.name == parts.constant->currentText()) {
            parts.from->setValue(std::max(1, constant.value - 3));
            parts.to->setValue(std::max(1, constant.value - 3) + 4);
        }
    showButtons();
}

MatrixAxis VerdictMatrixView::axis(int side) const
{
    const Side& parts = m_sides[static_cast<std::size_t>(side)];
    const int from = parts.from->value();
    return {parts.constant->currentText(), from,
        std::clamp(parts.to->value(), from, from + kMostValues - 1)};
}

void VerdictMatrixView::setAxis(int side, const MatrixAxis& axis)
{
    const Side& parts = m_sides[static_cast<std::size_t>(side)];
    parts.constant->setCurrentIndex(std::max(0, parts.constant->findText(axis.constant)));
    parts.from->setValue(axis.from);
    parts.to->setValue(axis.to);
    showButtons();
}

void VerdictMatrixView::begin()
{
    m_isRunning = true;
    const MatrixAxis down = rows();
    const MatrixAxis across = columns();
    m_table->clear();
    m_table->setRowCount(down.count());
    m_table->setColumnCount(across.count());
    for (int row = 0; row < down.count(); ++row)
        m_table->setVerticalHeaderItem(row,
            new QTableWidgetItem(
                QStringLiteral("%1 = %2").arg(down.constant).arg(down.from + row)));
    for (int column = 0; column < across.count(); ++column)
        m_table->setHorizontalHeaderItem(column,
            new QTableWidgetItem(across.constant.isEmpty()
                    ? QString()
                    : QStringLiteral("%1 = %2").arg(across.constant).arg(across.from + column)));
    const int widest =
        fontMetrics().horizontalAdvance(QStringLiteral("%1 = 000").arg(across.constant)) + 18;
    m_table->horizontalHeader()->setDefaultSectionSize(std::max(kCell, widest));
    m_table->horizontalHeader()->setVisible(!across.constant.isEmpty());
    for (int row = 0; row < down.count(); ++row)
        for (int column = 0; column < across.count(); ++column) {
            auto* item = new QTableWidgetItem(QStringLiteral("·"));
            item->setTextAlignment(Qt::AlignCenter);
            m_table->setItem(row, column, item);
        }
    showButtons();
}

void VerdictMatrixView::setCell(int row, int column, const std::optional<ExplorationReport>& report)
{
    QTableWidgetItem* item = m_table->item(row, column);
    if (item == nullptr)
        return;
    const ThemeColours& colours = themeColours(schemeOf(palette()));
    const bool holds =
        report && (report->verdict == ExplorationVerdict::Holds || isAllHeld(*report));
    const bool isViolated = report && report->verdict == ExplorationVerdict::Violated;
    const QColor colour = holds ? colours.success : isViolated ? colours.danger : colours.textMuted;
    item->setText(holds  ? QStringLiteral("✓")
            : isViolated ? QStringLiteral("✗")
                         : QStringLiteral("?"));
    item->setForeground(colour);
    item->setBackground(tinted(colour, colours.surface));
    item->setToolTip(report ? verdictSentence(*report) : tr("This variant has errors."));
    item->setData(Qt::AccessibleTextRole, item->toolTip());
}

void VerdictMatrixView::end()
{
    m_isRunning = false;
    showButtons();
}

void VerdictMatrixView::showButtons()
{
    const bool hasConstants = !m_constants.empty();
    m_start->setVisible(!m_isRunning);
    m_start->setEnabled(hasConstants);
    m_cancel->setVisible(m_isRunning);
    m_hint->setVisible(m_table->rowCount() == 0);
    m_table->setVisible(m_table->rowCount() > 0);
    m_hint->setText(hasConstants
            ? tr("Every variant of the program is searched: ✓ as expected, ✗ broken, ? not "
                 "decided. A click opens the variant's schedule.")
            : tr("The program has no constant to vary. Write “const N = 3” at its top."));
    const Side& second = m_sides[1];
    for (QWidget* part : std::initializer_list<QWidget*>{second.from, second.between, second.to})
        part->setEnabled(!second.constant->currentText().isEmpty());
}

void VerdictMatrixView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void VerdictMatrixView::retranslate()
{
    m_start->setText(tr("Search all"));
    m_cancel->setText(tr("Cancel"));
    m_sides[0].constant->setAccessibleName(tr("Constant of the rows"));
    m_sides[1].constant->setAccessibleName(tr("Constant of the columns"));
    for (const Side& side : m_sides) {
        side.from->setAccessibleName(tr("Least value"));
        side.to->setAccessibleName(tr("Greatest value"));
    }
    m_table->setAccessibleName(tr("Verdicts"));
    showButtons();
}

} // namespace heddle::widgets
