// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/run/run_report.h"

#include <QWidget>

#include <optional>

class QLabel;

namespace heddle::widgets {

class TablePanel;

/// How a run ended and which of its expectations held, failed or could not be checked, and why.
class VerdictPanel : public QWidget
{
    Q_OBJECT

public:
    explicit VerdictPanel(QWidget* parent = nullptr);

    void setReport(std::optional<RunReport> report);

    /// "Deadlock after 12 ms", or empty before the first run.
    [[nodiscard]] QString headline() const;

signals:
    /// The source line of an expectation, from 1.
    void lineChosen(int line);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void showReport();

    QLabel* m_headline;
    TablePanel* m_table;
    std::optional<RunReport> m_report;
};

} // namespace heddle::widgets
