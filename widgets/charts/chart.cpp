// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/charts/chart.h"

#include "widgets/shared/timeline_range.h"
#include "widgets/shared/trace_document.h"

#include <QApplication>
#include <QBuffer>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QPainter>
#include <QSaveFile>
#include <QStackedLayout>

#include <algorithm>
#include <chrono>

namespace heddle::widgets {

namespace {

constexpr std::chrono::milliseconds kShortestPause{100};
constexpr std::size_t kMostColumns = 1200;
constexpr int kFrame = 2; ///< shows who has the focus
constexpr int kChipWidth = 30; ///< of a legend's colour and the gaps around it
constexpr int kMostLegendRows = 2;
constexpr std::int64_t kKeySteps = 50; ///< of the cursor over the visible time

} // namespace

Chart::Chart(TraceDocument& document, TimelineRange& range, QWidget* parent)
    : QWidget(parent)
    , m_document(document)
    , m_range(range)
{
    build();
    connectSources();
}

void Chart::build()
{
    m_title = new QLabel(this);
    QFont heading = font();
    heading.setWeight(QFont::DemiBold);
    m_title->setFont(heading);
    m_legend = new QLabel(this);
    m_legend->setTextFormat(Qt::RichText);
    m_legend->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_legend->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_heading = new QHBoxLayout;
    m_heading->setContentsMargins(12, 6, 12, 2);
    m_heading->setSpacing(8);
    m_heading->addWidget(m_title);
    m_heading->addWidget(m_legend, 1);
    m_legendBelow = new QLabel(this);
    m_legendBelow->setTextFormat(Qt::RichText);
    m_legendBelow->setWordWrap(true);
    m_legendBelow->setContentsMargins(12, 0, 12, 2);
    m_legendBelow->hide();
    m_plot = new ChartPlot(this);
    m_hint = new QLabel(this);
    m_hint->setAlignment(Qt::AlignCenter);
    m_hint->setWordWrap(true);
    m_hint->setMargin(16);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    m_hint->setBackgroundRole(QPalette::Base);
    m_hint->setAutoFillBackground(true);
    m_pages = new QStackedLayout;
    m_pages->addWidget(m_hint);
    m_pages->addWidget(m_plot);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kFrame, kFrame, kFrame, kFrame);
    layout->setSpacing(0);
    layout->addLayout(m_heading);
    layout->addWidget(m_legendBelow);
    layout->addLayout(m_pages, 1);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    setFocusPolicy(Qt::StrongFocus);
}

void Chart::connectSources()
{
    m_throttle.setSingleShot(true);
    connect(&m_throttle, &QTimer::timeout, this, [this] {
        if (m_isDue)
            askSoon();
    });
    connect(&m_document, &TraceDocument::traceReplaced, this, &Chart::askSoon);
    connect(&m_document, &TraceDocument::grown, this, &Chart::askSoon);
    connect(&m_range, &TimelineRange::visibleChanged, this, &Chart::askSoon);
}

void Chart::askSoon()
{
    m_isDue = true;
    if (!isVisible() || m_throttle.isActive())
        return;
    m_isDue = false;
    m_throttle.start(kShortestPause);
    ask();
}

bool Chart::isEmpty() const
{
    return m_pages->currentIndex() == 0;
}

void Chart::setTexts(const QString& title, const QString& hint)
{
    m_title->setText(title);
    m_hint->setText(hint);
    setAccessibleName(title);
}

void Chart::setLegend(std::vector<LegendEntry> entries)
{
    m_entries = std::move(entries);
    fitLegend();
}

/// The entries that stand whole in so many rows; an ellipsis for the rest, which the tooltip has.
QString Chart::chipsThatFit(int room, int rows) const
{
    const QFontMetrics metrics(m_legend->font());
    QString text;
    int left = room;
    for (const LegendEntry& entry : m_entries) {
        const int width = metrics.horizontalAdvance(entry.words) + kChipWidth;
        if (width > left) {
            left = room;
            if (--rows == 0 || width > room)
                return text + QStringLiteral("…");
        }
        left -= width;
        text += QStringLiteral("<span style='color:%1'>■</span>&nbsp;%2&nbsp;&nbsp; ")
                    .arg(entry.colour.name(),
                        entry.words.toHtmlEscaped().replace(u' ', QStringLiteral("&nbsp;")));
    }
    return text;
}

void Chart::fitLegend()
{
    const QFontMetrics metrics(m_legend->font());
    int needed = 0;
    QStringList all;
    for (const LegendEntry& entry : m_entries) {
        needed += metrics.horizontalAdvance(entry.words) + kChipWidth;
        all.append(QStringLiteral("<span style='color:%1'>■</span>&nbsp;%2")
                       .arg(entry.colour.name(), entry.words.toHtmlEscaped()));
    }
    const bool isBeside = needed <= m_legend->width();
    m_legend->setText(isBeside ? chipsThatFit(m_legend->width(), 1) : QString());
    m_legendBelow->setText(isBeside ? QString() : chipsThatFit(width() - 28, kMostLegendRows));
    m_legendBelow->setVisible(!isBeside && !isEmpty());
    for (QLabel* label : {m_legend, m_legendBelow})
        label->setToolTip(all.join(QStringLiteral("<br>")));
}

void Chart::setIsEmpty(bool isEmpty)
{
    m_pages->setCurrentIndex(isEmpty ? 0 : 1);
    m_legend->setVisible(!isEmpty);
    m_legendBelow->setVisible(!isEmpty && !m_legendBelow->text().isEmpty());
}

void Chart::addToHeading(QWidget* widget)
{
    m_heading->insertWidget(1, widget);
}

ChartSpan Chart::span() const
{
    const auto columns = static_cast<std::size_t>(std::max(1, width() - 60));
    return {m_range.begin().count(), m_range.end().count(),
        std::clamp<std::size_t>(columns, 32, kMostColumns)};
}

ColourScheme Chart::scheme() const
{
    return schemeOf(palette());
}

void Chart::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    askSoon();
}

void Chart::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    layout()->activate();
    fitLegend();
    askSoon();
}

void Chart::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        askSoon();
    else if (event->type() == QEvent::LanguageChange)
        translate();
    QWidget::changeEvent(event);
}

bool Chart::save(const QString& path) const
{
    QByteArray bytes;
    if (path.endsWith(QLatin1String(".csv")))
        bytes = m_plot->csv();
    else if (path.endsWith(QLatin1String(".svg")))
        bytes = m_plot->svg();
    else {
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        m_plot->picture().save(&buffer, "PNG");
    }
    QSaveFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
}

void Chart::saveAs(const QString& suffix)
{
    QString path = QFileDialog::getSaveFileName(this, tr("Save the chart"),
        QStringLiteral("chart.") + suffix, QStringLiteral("*.") + suffix);
    if (path.isEmpty())
        return;
    if (!path.endsWith(QLatin1Char('.') + suffix))
        path += QLatin1Char('.') + suffix;
    if (!save(path))
        QMessageBox::warning(this, tr("Save the chart"),
            tr("The chart could not be written to %1. Choose a folder where you may write.")
                .arg(path));
}

void Chart::contextMenuEvent(QContextMenuEvent* event)
{
    QMenu menu(this);
    menu.addAction(tr("Copy picture"), this,
        [this] { QApplication::clipboard()->setPixmap(m_plot->picture()); });
    menu.addAction(tr("Copy as CSV"), this,
        [this] { QApplication::clipboard()->setText(QString::fromUtf8(m_plot->csv())); });
    menu.addSeparator();
    menu.addAction(tr("Save as PNG…"), this, [this] { saveAs(QStringLiteral("png")); });
    menu.addAction(tr("Save as SVG…"), this, [this] { saveAs(QStringLiteral("svg")); });
    menu.addAction(tr("Save as CSV…"), this, [this] { saveAs(QStringLiteral("csv")); });
    for (QAction* action : menu.actions())
        action->setEnabled(!isEmpty());
    menu.exec(event->globalPos());
}

void Chart::paintEvent(QPaintEvent* /*event*/)
{
    if (!hasFocus())
        return;
    QPainter painter(this);
    painter.setPen(QPen(themeColours(scheme()).accent, kFrame));
    painter.drawRect(rect().adjusted(1, 1, -1, -1));
}

void Chart::focusInEvent(QFocusEvent* event)
{
    update();
    QWidget::focusInEvent(event);
}

void Chart::focusOutEvent(QFocusEvent* event)
{
    update();
    QWidget::focusOutEvent(event);
}

/// The arrows move the cursor, as a click does.
void Chart::keyPressEvent(QKeyEvent* event)
{
    const int way = event->key() == Qt::Key_Left ? -1 : event->key() == Qt::Key_Right ? 1 : 0;
    if (way == 0 || isEmpty() || !m_plot->hasTimeAxis()) {
        QWidget::keyPressEvent(event);
        return;
    }
    const std::int64_t length = m_range.duration().count();
    const std::int64_t begin = m_range.begin().count();
    const std::int64_t from = m_range.hasCursor() ? m_range.cursor().count() : begin + length / 2;
    const std::int64_t to = from + way * std::max<std::int64_t>(1, length / kKeySteps);
    m_range.setCursor(std::chrono::nanoseconds(std::clamp(to, begin, begin + length)));
}

} // namespace heddle::widgets
