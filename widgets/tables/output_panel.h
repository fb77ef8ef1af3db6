// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/run/run_report.h"

#include <QWidget>

#include <deque>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;

namespace heddle::widgets {

class TablePanel;
struct Row;

/// What the actors print, line by line, with the time and by whom, and on which stream.
///
/// Keeps the newest kLineLimit lines and says how many older ones it let go.
class OutputPanel : public QWidget
{
    Q_OBJECT

public:
    static constexpr std::size_t kLineLimit = 20'000;

    explicit OutputPanel(QWidget* parent = nullptr);

    void clear();
    void append(const std::vector<OutputLine>& lines);

    /// Lines that were lost before they came here.
    void addLost(quint64 count);

    [[nodiscard]] int shownLineCount() const;
    [[nodiscard]] QString note() const;
    [[nodiscard]] QComboBox& streams() { return *m_stream; }

signals:
    /// Units: nanoseconds since the start of the run.
    void timeChosen(qint64 time);

protected:
    void changeEvent(QEvent* event) override;

private:
    void buildFilters();
    void retranslate();
    void addActor(const QString& name);
    void showMatching();
    void showNote();
    [[nodiscard]] bool matches(const OutputLine& line) const;
    [[nodiscard]] Row rowOf(const OutputLine& line, quint64 number) const;

    TablePanel* m_table;
    QComboBox* m_actor;
    QComboBox* m_stream;
    QLineEdit* m_search;
    QLabel* m_note;
    std::deque<OutputLine> m_lines;
    /// Lines of m_lines that were let go; also the number of the first kept one.
    quint64 m_dropped = 0;
    quint64 m_lost = 0;
};

} // namespace heddle::widgets
