// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "widgets/charts/chart_data.h"
#include "widgets/charts/chart_plot.h"

#include <QTimer>
#include <QWidget>

class QHBoxLayout;
class QLabel;
class QStackedLayout;

namespace heddle::widgets {

class TimelineRange;
class TraceDocument;

/// A chart with a title, a legend, a hint while it is empty, and a menu to copy and save it.
///
/// It asks for new numbers when the trace or the visible range changes, at most ten times a second and
/// only while it is seen.
class Chart : public QWidget
{
    Q_OBJECT

public:
    [[nodiscard]] const ChartPlot& plot() const { return *m_plot; }
    [[nodiscard]] bool isEmpty() const;

    /// Writes the chart; the name's end tells how (.png, .svg, .csv). False if it could not be written.
    [[nodiscard]] bool save(const QString& path) const;

signals:
    void updated(); ///< new numbers are on show

protected:
    struct LegendEntry
    {
        QString words;
        QColor colour;
    };

    Chart(TraceDocument& document, TimelineRange& range, QWidget* parent);

    virtual void ask() = 0; ///< starts to work out new numbers
    virtual void translate() = 0; ///< sets titles and hints
    void setTexts(const QString& title, const QString& hint);
    void setLegend(std::vector<LegendEntry> entries);
    void setIsEmpty(bool isEmpty);
    void askSoon();
    void addToHeading(QWidget* widget);
    [[nodiscard]] ChartPlot& mutablePlot() { return *m_plot; }
    [[nodiscard]] TraceDocument& document() const { return m_document; }
    [[nodiscard]] TimelineRange& range() const { return m_range; }
    [[nodiscard]] ChartSpan
    span() const; ///< the visible range, as many columns as the plot has pixels
    [[nodiscard]] ColourScheme scheme() const;

    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void build();
    void connectSources();
    void saveAs(const QString& suffix);
    void fitLegend();
    [[nodiscard]] QString chipsThatFit(int room, int rows) const;

    TraceDocument& m_document;
    TimelineRange& m_range;
    ChartPlot* m_plot = nullptr;
    QHBoxLayout* m_heading = nullptr;
    QLabel* m_title = nullptr;
    QLabel* m_legend = nullptr; ///< beside the title, if it fits there
    QLabel* m_legendBelow = nullptr; ///< else in rows of its own
    std::vector<LegendEntry> m_entries;
    QLabel* m_hint = nullptr;
    QStackedLayout* m_pages = nullptr;
    QTimer m_throttle;
    bool m_isDue = false;
};

} // namespace heddle::widgets
