// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QString>
#include <QWidget>

#include <vector>

namespace heddle::widgets {

/// What all schedules of a program can end with: a group for each expression or for the output.
struct OutcomeGroup
{
    struct Value
    {
        QString text;
        quint64 count = 0; ///< 0: not counted
        bool isBad = false; ///< a deadlock
    };
    QString title;
    std::vector<Value> values;
};

/// Draws groups of values with bars as long as their counts, and the counts as numbers.
class OutcomeHistogram : public QWidget
{
    Q_OBJECT

public:
    static constexpr std::size_t kMostRows = 200; ///< of a group; the rest is a number

    explicit OutcomeHistogram(QWidget* parent = nullptr);

    void setGroups(std::vector<OutcomeGroup> groups);
    [[nodiscard]] const std::vector<OutcomeGroup>& groups() const { return m_groups; }

    /// The same in words, for readers of the screen.
    [[nodiscard]] QString description() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {120, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    [[nodiscard]] int rowHeight() const;
    [[nodiscard]] int heightOf(const OutcomeGroup& group) const;
    void paintGroup(QPainter& painter, const OutcomeGroup& group, int top) const;

    std::vector<OutcomeGroup> m_groups;
};

} // namespace heddle::widgets
