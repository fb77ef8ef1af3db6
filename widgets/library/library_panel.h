// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "widgets/library/library_model.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QSortFilterProxyModel;
class QTreeView;

namespace heddle::widgets {

/// The gallery and recent files, searched as one types; double-click or Enter opens.
class LibraryPanel : public QWidget
{
    Q_OBJECT

public:
    explicit LibraryPanel(QWidget* parent = nullptr);

    void setChapters(std::vector<LibraryModel::Chapter> chapters);
    void setRecentFiles(std::vector<LibraryEntry> files);

    [[nodiscard]] QLineEdit& search() { return *m_search; }
    [[nodiscard]] QTreeView& tree() { return *m_tree; }

signals:
    void programWanted(const QString& id);
    void fileWanted(const QString& path);

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildTree();
    void retranslate();
    void filter(const QString& text);
    void open(const QModelIndex& index);
    void openFirst();
    [[nodiscard]] QModelIndex firstEntry() const;

    LibraryModel* m_model;
    QSortFilterProxyModel* m_filtered;
    QLineEdit* m_search;
    QTreeView* m_tree;
    QLabel* m_nothing;
    std::vector<LibraryEntry> m_recent;
};

} // namespace heddle::widgets
