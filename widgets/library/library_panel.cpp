// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/library/library_panel.h"

#include "widgets/library/library_delegate.h"

#include <QEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QTreeView>
#include <QVBoxLayout>

namespace heddle::widgets {

LibraryPanel::LibraryPanel(QWidget* parent)
    : QWidget(parent)
    , m_model(new LibraryModel(this))
    , m_filtered(new QSortFilterProxyModel(this))
    , m_search(new QLineEdit)
    , m_tree(new QTreeView)
    , m_nothing(new QLabel)
{
    buildTree();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(6, 6, 6, 6);
    bar->addWidget(m_search);
    column->addLayout(bar);
    column->addWidget(m_tree, 1);
    column->addWidget(m_nothing);
    connect(m_search, &QLineEdit::textChanged, this, &LibraryPanel::filter);
    connect(m_search, &QLineEdit::returnPressed, this, &LibraryPanel::openFirst);
    connect(m_tree, &QTreeView::activated, this, &LibraryPanel::open);
    m_search->installEventFilter(this);
    setFocusProxy(m_search);
    retranslate();
}

void LibraryPanel::buildTree()
{
    m_filtered->setSourceModel(m_model);
    m_filtered->setFilterRole(LibraryModel::SearchRole);
    m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_filtered->setRecursiveFilteringEnabled(true);
    m_tree->setModel(m_filtered);
    m_tree->setItemDelegate(new LibraryDelegate(m_tree));
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setHeaderHidden(true);
    m_tree->setIndentation(12);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_tree->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_search->setClearButtonEnabled(true);
    m_nothing->setWordWrap(true);
    m_nothing->setMargin(12);
    m_nothing->hide();
}

void LibraryPanel::retranslate()
{
    m_search->setPlaceholderText(tr("Search programs"));
    m_search->setAccessibleName(tr("Search programs"));
    m_tree->setAccessibleName(tr("Programs"));
    m_nothing->setText(tr("No program matches. Try another word, or open a file with Ctrl+O."));
    setRecentFiles(m_recent);
}

void LibraryPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void LibraryPanel::setChapters(std::vector<LibraryModel::Chapter> chapters)
{
    m_model->setChapters(std::move(chapters));
    m_tree->expandAll();
}

void LibraryPanel::setRecentFiles(std::vector<LibraryEntry> files)
{
    m_recent = std::move(files);
    m_model->setRecentFiles(tr("Recent files"), m_recent);
    m_tree->expandAll();
}

void LibraryPanel::filter(const QString& text)
{
    m_filtered->setFilterFixedString(text.trimmed());
    m_tree->expandAll();
    m_nothing->setVisible(m_filtered->rowCount() == 0);
    if (!text.isEmpty())
        m_tree->setCurrentIndex(firstEntry());
}

QModelIndex LibraryPanel::firstEntry() const
{
    return m_filtered->index(0, 0, m_filtered->index(0, 0));
}

void LibraryPanel::openFirst()
{
    const QModelIndex current = m_tree->currentIndex();
    open(current.isValid() && current.parent().isValid() ? current : firstEntry());
}

void LibraryPanel::open(const QModelIndex& index)
{
    if (!index.isValid() || !index.parent().isValid())
        return;
    const QString id = index.data(LibraryModel::IdRole).toString();
    if (index.data(LibraryModel::IsFileRole).toBool())
        emit fileWanted(id);
    else
        emit programWanted(id);
}

bool LibraryPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Down) {
        m_tree->setFocus(Qt::OtherFocusReason);
        if (!m_tree->currentIndex().parent().isValid())
            m_tree->setCurrentIndex(firstEntry());
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace heddle::widgets
