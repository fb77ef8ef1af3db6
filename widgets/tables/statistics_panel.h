// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/trace/statistics.h"
#include "widgets/tables/row_model.h"

#include <QWidget>

#include <optional>

class QLabel;

namespace heddle::widgets {

class TablePanel;

/// Time per state and waits per object of the selected stretch of time, or of the whole trace.
class StatisticsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit StatisticsPanel(QWidget* parent = nullptr);

    /// `lanes`: only these are shown; empty: all.
    void setStatistics(std::optional<TraceStatistics> statistics, std::vector<LaneId> lanes = {});

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void showStatistics();

    QLabel* m_range;
    TablePanel* m_table;
    std::optional<TraceStatistics> m_statistics;
    std::vector<LaneId> m_lanes;
};

} // namespace heddle::widgets
