// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "widgets/shared/theme.h"
#include "widgets/shared/trace_times.h"

#include <QByteArray>
#include <QColor>
#include <QString>
#include <QWidget>

#include <cstdint>
#include <optional>
#include <vector>

class QCustomPlot;
class QCPItemStraightLine;

namespace heddle::widgets {

/// One coloured layer of a stack, or one stepped line.
struct PlotCurve
{
    QString name;
    QColor colour;
    std::vector<double> times; ///< nanoseconds
    std::vector<double> values;
};

struct PlotBar
{
    QString label;
    double value = 0.0;
};

/// A drawing area for curves; the only place that knows QCustomPlot.
///
/// Threads: the GUI thread.
class ChartPlot : public QWidget
{
    Q_OBJECT

public:
    explicit ChartPlot(QWidget* parent = nullptr);

    void setTimeAxis(std::int64_t begin, std::int64_t end, const TraceTimes& times);
    void showStack(const std::vector<PlotCurve>& layers); ///< each value lies on those before it
    void showSteps(const std::vector<PlotCurve>& curves, double highest);
    void showBars(const std::vector<PlotBar>& bars, const QColor& colour,
        const TraceTimes& times); ///< the first on top, values in nanoseconds
    void setCursor(std::optional<std::int64_t> time);
    void setScheme(ColourScheme scheme);

    [[nodiscard]] QSize minimumSizeHint() const override { return {180, 120}; }
    [[nodiscard]] QByteArray csv() const { return m_csv; }
    [[nodiscard]] QPixmap picture() const;
    [[nodiscard]] QByteArray svg() const;
    [[nodiscard]] std::size_t curveCount() const; ///< graphs and bars on show

    /// Whether it is drawn over the time, so that it has a cursor.
    [[nodiscard]] bool hasTimeAxis() const { return m_hasTimeAxis; }

signals:
    void timeClicked(qint64 time);

protected:
    void changeEvent(QEvent* event) override;

private:
    void prepareAxes();
    void clear();
    void replot();
    void makeCsv(const std::vector<PlotCurve>& curves);

    QCustomPlot* m_plot;
    QCPItemStraightLine* m_cursor;
    QByteArray m_csv;
    bool m_hasTimeAxis = false;
};

} // namespace heddle::widgets
