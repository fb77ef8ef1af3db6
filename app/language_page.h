// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QDialog>

class QTextBrowser;

namespace heddle::app {

/// The description of the program language, to read beside the program.
class LanguagePage : public QDialog
{
    Q_OBJECT

public:
    explicit LanguagePage(QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    void showText();

    QTextBrowser* m_text;
};

} // namespace heddle::app
