// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/charts/chart_plot.h"

#include <QBuffer>
#include <QSvgGenerator>
#include <QVBoxLayout>
#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace heddle::widgets {

namespace {

constexpr int kLabelWidth = 92; ///< of the ruler, roughly
constexpr int kDurationWidth = 64; ///< of one of few round numbers

/// Ticks at round times, with units that fit.
class TimeTicker : public QCPAxisTicker
{
public:
    explicit TimeTicker(const TraceTimes& times)
        : m_times(times)
    {
    }

protected:
    QString getTickLabel(double tick, const QLocale&, QChar, int) override
    {
        return m_times.mark(
            std::llround(tick), std::max<std::int64_t>(1, std::llround(m_tickStep)));
    }
    double getTickStep(const QCPRange& range) override
    {
        m_tickStep = QCPAxisTicker::getTickStep(range);
        const auto step = static_cast<double>(m_times.unit());
        if (m_times.areSteps()) // there is no half a step
            m_tickStep = std::max(1.0, std::round(m_tickStep / step)) * step;
        return m_tickStep;
    }

private:
    TraceTimes m_times;
    double m_tickStep = 1.0;
};

/// Ticks on whole numbers only: there is no half a thing in a queue.
class WholeTicker : public QCPAxisTicker
{
protected:
    double getTickStep(const QCPRange& range) override
    {
        return std::max(1.0, std::round(QCPAxisTicker::getTickStep(range)));
    }
    int getSubTickCount(double) override { return 0; }
};

QVector<double> toVector(const std::vector<double>& values)
{
    return {values.begin(), values.end()};
}

} // namespace

ChartPlot::ChartPlot(QWidget* parent)
    : QWidget(parent)
    , m_plot(new QCustomPlot(this))
    , m_cursor(new QCPItemStraightLine(m_plot))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    m_plot->setNoAntialiasingOnDrag(true);
    m_plot->setNotAntialiasedElements(QCP::aeAll);
    m_plot->setContextMenuPolicy(Qt::NoContextMenu);
    m_plot->setFocusPolicy(Qt::NoFocus); // the chart around it has it
    m_plot->setMinimumSize(80, 60);
    m_cursor->setVisible(false);
    prepareAxes();
    connect(m_plot, &QCustomPlot::mousePress, this, [this](const QMouseEvent* event) {
        if (event->button() == Qt::LeftButton && m_hasTimeAxis)
            emit timeClicked(std::llround(m_plot->xAxis->pixelToCoord(event->pos().x())));
    });
    setScheme(schemeOf(palette()));
}

void ChartPlot::prepareAxes()
{
    for (QCPAxis* axis : {m_plot->xAxis, m_plot->yAxis}) {
        axis->setSubTicks(false);
        axis->setTickLength(0, 3);
        axis->grid()->setZeroLinePen(Qt::NoPen);
    }
    m_plot->axisRect()->setMinimumMargins(QMargins(8, 6, 12, 4));
}

void ChartPlot::setTimeAxis(std::int64_t begin, std::int64_t end, const TraceTimes& times)
{
    m_plot->xAxis->setTicker(QSharedPointer<TimeTicker>::create(times));
    m_hasTimeAxis = true;
    m_plot->xAxis->ticker()->setTickCount(std::clamp(m_plot->width() / kLabelWidth, 2, 12));
    m_plot->xAxis->setRange(static_cast<double>(begin), static_cast<double>(end));
    replot();
}

void ChartPlot::clear()
{
    m_plot->clearPlottables();
    m_csv.clear();
}

void ChartPlot::showStack(const std::vector<PlotCurve>& layers)
{
    clear();
    QVector<double> sums;
    QCPGraph* below = nullptr;
    for (const PlotCurve& layer : layers) {
        sums.resize(static_cast<qsizetype>(layer.values.size()));
        for (std::size_t index = 0; index < layer.values.size(); ++index)
            sums[static_cast<qsizetype>(index)] += layer.values[index] * 100.0;
        QCPGraph* graph = m_plot->addGraph();
        graph->setName(layer.name);
        graph->setLineStyle(QCPGraph::lsStepLeft);
        graph->setData(toVector(layer.times), sums, true);
        graph->setPen(Qt::NoPen);
        graph->setBrush(layer.colour);
        if (below)
            graph->setChannelFillGraph(below);
        below = graph;
    }
    m_plot->yAxis->setTicker(QSharedPointer<QCPAxisTicker>::create());
    m_plot->yAxis->ticker()->setTickCount(4);
    m_plot->yAxis->setRange(0, 100);
    m_plot->yAxis->setNumberFormat(QStringLiteral("f"));
    m_plot->yAxis->setNumberPrecision(0);
    makeCsv(layers);
    replot();
}

void ChartPlot::showSteps(const std::vector<PlotCurve>& curves, double highest)
{
    clear();
    for (const PlotCurve& curve : curves) {
        QCPGraph* graph = m_plot->addGraph();
        graph->setName(curve.name);
        graph->setLineStyle(QCPGraph::lsStepLeft);
        graph->setData(toVector(curve.times), toVector(curve.values), true);
        graph->setPen(QPen(curve.colour, 1.6));
    }
    m_plot->yAxis->setTicker(QSharedPointer<WholeTicker>::create());
    m_plot->yAxis->ticker()->setTickCount(4);
    m_plot->yAxis->setRange(0, std::max(1.0, highest) * 1.08);
    m_plot->yAxis->setNumberFormat(QStringLiteral("f"));
    m_plot->yAxis->setNumberPrecision(0);
    makeCsv(curves);
    replot();
}

void ChartPlot::showBars(
    const std::vector<PlotBar>& bars, const QColor& colour, const TraceTimes& times)
{
    clear();
    const auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    const QFontMetrics metrics(m_plot->yAxis->tickLabelFont());
    int widest = 0;
    QVector<double> places;
    QVector<double> values;
    m_csv = "object,nanoseconds\n";
    for (std::size_t index = 0; index < bars.size(); ++index) {
        places.push_back(static_cast<double>(index) + 1.0);
        values.push_back(bars[index].value);
        ticker->addTick(places.back(), bars[index].label);
        widest = std::max(widest, metrics.horizontalAdvance(bars[index].label));
        m_csv += '"' + bars[index].label.toUtf8().replace('"', "\"\"") + "\","
            + QByteArray::number(bars[index].value, 'f', 0) + '\n';
    }
    auto* plottable = new QCPBars(m_plot->yAxis, m_plot->xAxis);
    plottable->setWidth(0.62);
    plottable->setPen(Qt::NoPen);
    plottable->setBrush(colour);
    plottable->setData(places, values, true);
    m_plot->yAxis->setTicker(ticker);
    m_plot->yAxis->setRangeReversed(true);
    m_plot->yAxis->setRange(0.4, std::max(4.0, static_cast<double>(bars.size())) + 0.6);
    m_plot->yAxis->grid()->setVisible(false);
    m_plot->xAxis->setTicker(QSharedPointer<TimeTicker>::create(times));
    const int ticks = (m_plot->width() - widest) / kDurationWidth;
    m_plot->xAxis->ticker()->setTickCount(std::clamp(ticks, 1, 5));
    m_plot->xAxis->setTickLabels(ticks >= 2); // one over another; the bars say their times
    m_plot->xAxis->setRange(0, bars.empty() ? 1.0 : std::max(1.0, bars.front().value) * 1.04);
    replot();
}

void ChartPlot::setCursor(std::optional<std::int64_t> time)
{
    m_cursor->setVisible(time.has_value());
    if (time) {
        const auto x = static_cast<double>(*time);
        m_cursor->point1->setCoords(x, 0);
        m_cursor->point2->setCoords(x, 1);
    }
    replot();
}

void ChartPlot::setScheme(ColourScheme scheme)
{
    const ThemeColours& colours = themeColours(scheme);
    m_plot->setBackground(colours.surface);
    for (QCPAxis* axis : {m_plot->xAxis, m_plot->yAxis}) {
        axis->setBasePen(QPen(colours.border));
        axis->setTickPen(QPen(colours.border));
        axis->setTickLabelColor(colours.textMuted);
        axis->setTickLabelFont(font());
        axis->grid()->setPen(QPen(colours.gridLine));
    }
    m_cursor->setPen(QPen(colours.accent));
    replot();
}

void ChartPlot::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        setScheme(schemeOf(palette()));
    QWidget::changeEvent(event);
}

void ChartPlot::replot()
{
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void ChartPlot::makeCsv(const std::vector<PlotCurve>& curves)
{
    m_csv = "curve,time_ns,value\n";
    for (const PlotCurve& curve : curves) {
        const QByteArray name = '"' + curve.name.toUtf8().replace('"', "\"\"") + "\",";
        for (std::size_t index = 0; index < curve.times.size(); ++index)
            m_csv += name + QByteArray::number(curve.times[index], 'f', 0) + ','
                + QByteArray::number(curve.values[index], 'g', 10) + '\n';
    }
}

QPixmap ChartPlot::picture() const
{
    return m_plot->toPixmap(0, 0, 2.0);
}

QByteArray ChartPlot::svg() const
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(m_plot->size());
    generator.setViewBox(m_plot->rect());
    QCPPainter painter;
    painter.begin(&generator);
    m_plot->toPainter(&painter, m_plot->width(), m_plot->height());
    painter.end();
    return bytes;
}

std::size_t ChartPlot::curveCount() const
{
    return static_cast<std::size_t>(m_plot->plottableCount());
}

} // namespace heddle::widgets
