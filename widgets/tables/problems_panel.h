// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/program/diagnostic.h"

#include <QWidget>

#include <vector>

namespace heddle::widgets {

class TablePanel;

/// What is wrong with the program, worst first; a click goes there, Enter or Alt+Enter mends it.
class ProblemsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit ProblemsPanel(QWidget* parent = nullptr);

    void setProblems(std::vector<Diagnostic> problems);
    [[nodiscard]] const std::vector<Diagnostic>& problems() const { return m_problems; }

signals:
    void chosen(const heddle::Diagnostic& problem);
    void fixWanted(const heddle::Fix& fix);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void showProblems();

    TablePanel* m_table;
    std::vector<Diagnostic> m_problems;
};

} // namespace heddle::widgets
