// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "widgets/explorer/shown_walk.h"
#include "widgets/tables/table_panel.h"

namespace heddle::widgets {

/// The schedule as a list: number, actor, line and text of each step; row 0 is the start.
///
/// Choosing a row wishes to stand behind its step. What was undone is muted.
class ScheduleList : public TablePanel
{
    Q_OBJECT

public:
    explicit ScheduleList(QWidget* parent = nullptr);

    void setWalk(const ShownWalk& walk);
    void clear();

signals:
    void stepWanted(quint64 step);

    /// A source line, from 1.
    void lineChosen(int line);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void fill();

    Schedule m_schedule;
    std::size_t m_step = 0;
    bool m_hasWalk = false;
};

} // namespace heddle::widgets
