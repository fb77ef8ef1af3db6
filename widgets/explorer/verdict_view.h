// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/exploration/verdict.h"
#include "widgets/explorer/verdict_words.h"
#include "widgets/tables/row_model.h"

#include <QWidget>

#include <optional>

class QLabel;
class QProgressBar;
class QPushButton;
class QScrollArea;
class QStackedWidget;

namespace heddle::widgets {

class OutcomeHistogram;
class TablePanel;

/// What the search of all schedules says: the verdict in words, each expectation with a way to see
/// it, the outcomes, and honestly where the search ended.
class VerdictView : public QWidget
{
    Q_OBJECT

public:
    explicit VerdictView(QWidget* parent = nullptr);

    void setProgress(const std::optional<SearchProgress>& progress); ///< nothing: it does not run
    void setReport(std::optional<ExplorationReport> report);

    [[nodiscard]] QString headline() const;
    [[nodiscard]] QString figures() const;
    [[nodiscard]] TablePanel& expectations() { return *m_table; }
    [[nodiscard]] OutcomeHistogram& histogram() { return *m_histogram; }
    [[nodiscard]] QPushButton& exploreButton() { return *m_explore; }
    [[nodiscard]] QPushButton& cancelButton() { return *m_cancel; }
    [[nodiscard]] QPushButton& raiseButton() { return *m_raise; }

signals:
    void exploreWanted();
    void cancelWanted();

    /// The schedule with this index among the rows: of an expectation, then of a lost update.
    void witnessWanted(int index);
    void limitRaiseWanted();
    void sampleWanted();

    /// A source line, from 1.
    void lineChosen(int line);

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void connectParts();
    void retranslate();
    void showReport();
    void showButtons();
    void fillTable();
    void fillHistogram();
    void addRow(std::vector<Row>& rows, Row row, const std::optional<Schedule>& witness) const;
    [[nodiscard]] QString headlineText() const;
    [[nodiscard]] QString figuresText() const;

    QLabel* m_icon;
    QLabel* m_headline;
    QLabel* m_figures;
    QLabel* m_sampleText;
    QProgressBar* m_progress;
    QPushButton* m_explore;
    QPushButton* m_cancel;
    QPushButton* m_raise;
    QPushButton* m_sample;
    TablePanel* m_table;
    OutcomeHistogram* m_histogram;
    QScrollArea* m_histogramScroll;
    QWidget* m_histogramBox;
    std::optional<SearchProgress> m_running;
    std::optional<ExplorationReport> m_report;
};

} // namespace heddle::widgets
