// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QWidget>

class QCheckBox;
class QLineEdit;

namespace heddle::widgets {
class ProgramEditor;
}

namespace heddle::app {

/// Searches the text while one types; Enter and Shift+Enter go to the next and previous place.
class FindBar : public QWidget
{
    Q_OBJECT

public:
    explicit FindBar(widgets::ProgramEditor& editor, QWidget* parent = nullptr);

    /// Shows itself with the selected word.
    void begin();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    enum class Direction
    {
        Forward,
        Backward
    };

    void find(Direction direction);
    void findFromSelection();
    void retranslate();

    widgets::ProgramEditor& m_editor;
    QLineEdit* m_text;
    QCheckBox* m_matchCase;
};

} // namespace heddle::app
