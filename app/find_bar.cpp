// SPDX-License-Identifier: GPL-3.0-only
#include "app/find_bar.h"

#include "widgets/editor/program_editor.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>

namespace heddle::app {

FindBar::FindBar(widgets::ProgramEditor& editor, QWidget* parent)
    : QWidget(parent)
    , m_editor(editor)
    , m_text(new QLineEdit)
    , m_matchCase(new QCheckBox)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(6, 4, 6, 4);
    row->addWidget(m_text, 1);
    row->addWidget(m_matchCase);
    m_text->setClearButtonEnabled(true);
    connect(m_text, &QLineEdit::textEdited, this, &FindBar::findFromSelection);
    connect(m_matchCase, &QCheckBox::toggled, this, &FindBar::findFromSelection);
    setFocusProxy(m_text);
    retranslate();
    hide();
}

void FindBar::retranslate()
{
    m_text->setPlaceholderText(tr("Find in the text"));
    m_text->setAccessibleName(tr("Find in the text"));
    m_matchCase->setText(tr("Match case"));
}

void FindBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void FindBar::begin()
{
    if (m_editor.hasSelectedText())
        m_text->setText(m_editor.selectedText().section(u'\n', 0, 0));
    show();
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

void FindBar::find(Direction direction)
{
    const bool isForward = direction == Direction::Forward;
    int line = -1;
    int index = -1;
    if (m_editor.hasSelectedText()) {
        int lineTo = 0;
        int indexTo = 0;
        m_editor.getSelection(&line, &index, &lineTo, &indexTo);
        if (isForward) {
            line = lineTo;
            index = indexTo;
        }
    }
    m_editor.findFirst(
        m_text->text(), false, m_matchCase->isChecked(), false, true, isForward, line, index);
}

void FindBar::findFromSelection()
{
    int line = 0;
    int index = 0;
    int ignored = 0;
    if (m_editor.hasSelectedText())
        m_editor.getSelection(&line, &index, &ignored, &ignored);
    else
        m_editor.getCursorPosition(&line, &index);
    m_editor.findFirst(
        m_text->text(), false, m_matchCase->isChecked(), false, true, true, line, index);
}

void FindBar::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Escape:
        hide();
        m_editor.setFocus(Qt::OtherFocusReason);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        find(event->modifiers().testFlag(Qt::ShiftModifier) ? Direction::Backward
                                                            : Direction::Forward);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace heddle::app
