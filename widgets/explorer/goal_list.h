// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/exploration/goal.h"
#include "widgets/tables/table_panel.h"

#include <vector>

namespace heddle::widgets {

/// The program's expectations as a checklist: what this schedule has reached and what it has broken.
class GoalList : public TablePanel
{
    Q_OBJECT

public:
    explicit GoalList(QWidget* parent = nullptr);

    void setGoals(std::vector<Goal> goals);

signals:
    /// A source line, from 1.
    void lineChosen(int line);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void fill();

    std::vector<Goal> m_goals;
};

} // namespace heddle::widgets
