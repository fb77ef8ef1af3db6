// SPDX-License-Identifier: GPL-3.0-only
#include "app/language_page.h"

#include "widgets/shared/theme.h"

#include <QEvent>
#include <QFile>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextTable>
#include <QVBoxLayout>

namespace heddle::app {

namespace {

constexpr qreal kMargin = 24;
constexpr qreal kGap = 12;

bool isCode(const QTextBlock& block)
{
    return block.blockFormat().hasProperty(QTextFormat::BlockCodeFence)
        || block.blockFormat().hasProperty(QTextFormat::BlockCodeLanguage);
}

/// Lines of code on a ground of their own, and room above a heading.
void styleBlock(const QTextBlock& block, const widgets::ThemeColours& colours)
{
    QTextBlockFormat format = block.blockFormat();
    if (format.headingLevel() > 0) {
        format.setTopMargin(format.headingLevel() == 1 ? 0 : 2 * kGap);
        format.setBottomMargin(kGap / 2);
    } else if (isCode(block)) {
        format.setBackground(colours.surfaceRaised);
        format.setLeftMargin(kGap);
        format.setTopMargin(isCode(block.previous()) ? 0 : kGap / 2);
        format.setBottomMargin(isCode(block.next()) ? 0 : kGap);
    } else {
        return;
    }
    QTextCursor(block).setBlockFormat(format);
}

void styleTable(QTextTable& table, const widgets::ThemeColours& colours)
{
    QTextTableFormat format = table.format();
    format.setBorderCollapse(true);
    format.setBorder(1);
    format.setBorderBrush(colours.border);
    format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
    format.setCellPadding(5);
    format.setCellSpacing(0);
    format.setTopMargin(kGap / 2);
    format.setBottomMargin(kGap);
    table.setFormat(format);
    for (int column = 0; column < table.columns(); ++column) {
        QTextTableCell head = table.cellAt(0, column);
        QTextCharFormat look = head.format();
        look.setBackground(colours.surfaceRaised);
        head.setFormat(look);
    }
}

} // namespace

LanguagePage::LanguagePage(QWidget* parent)
    : QDialog(parent)
    , m_text(new QTextBrowser)
{
    setAttribute(Qt::WA_DeleteOnClose);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setOpenExternalLinks(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_text);
    resize(860, 680);
    showText();
}

void LanguagePage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::LanguageChange) {
        const int place = m_text->verticalScrollBar()->value();
        showText();
        m_text->verticalScrollBar()->setValue(place);
    }
    QDialog::changeEvent(event);
}

void LanguagePage::showText()
{
    setWindowTitle(tr("The program language"));
    QFile file(QStringLiteral(":/help/language.md"));
    if (!file.open(QIODevice::ReadOnly))
        return;
    const widgets::ThemeColours& colours = widgets::themeColours(widgets::schemeOf(palette()));
    m_text->setMarkdown(QString::fromUtf8(file.readAll()));
    QTextDocument& document = *m_text->document();
    document.setDocumentMargin(kMargin);
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next())
        styleBlock(block, colours);
    for (QTextFrame* frame : document.rootFrame()->childFrames())
        if (auto* table = qobject_cast<QTextTable*>(frame))
            styleTable(*table, colours);
}

} // namespace heddle::app
