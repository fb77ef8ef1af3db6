// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/run/run_report.h"

#include <QFrame>

#include <vector>

class QLabel;
class QPushButton;
class QToolButton;

namespace heddle::app {

/// Says in words that nobody can go on, who waits for whom, and leads to the place.
class DeadlockBanner : public QFrame
{
    Q_OBJECT

public:
    explicit DeadlockBanner(QWidget* parent = nullptr);

    void clear();
    void add(const DeadlockReport& deadlock);

    [[nodiscard]] QString text() const;

signals:
    /// Units: nanoseconds since the start of the run.
    void showWanted(qint64 time);
    void explainWanted(qint64 time);

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void retranslate();
    void applyScheme();

    QLabel* m_text;
    QPushButton* m_show;
    QPushButton* m_explain;
    QToolButton* m_close;
    std::vector<DeadlockReport> m_deadlocks;
};

/// "philosopher[0] → philosopher[1] → … → philosopher[0]", or who waits for what for ever.
[[nodiscard]] QString deadlockSentence(const DeadlockReport& deadlock);

} // namespace heddle::app
