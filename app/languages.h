// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <QTranslator>

namespace heddle::app {

/// Finds texts by the bare name of their class: lupdate 6.4 does not see through `namespace a::b`.
class BareNameTranslator : public QTranslator
{
    Q_OBJECT

public:
    using QTranslator::QTranslator;

    [[nodiscard]] QString translate(const char* context, const char* sourceText,
        const char* disambiguation, int n) const override;
};

/// Shows the application in a language; switched at once, at any time.
///
/// Threads: the GUI thread.
class Languages : public QObject
{
    Q_OBJECT

public:
    /// Begins with a language, as use() does.
    explicit Languages(const QString& code, QObject* parent = nullptr);

    /// Codes of the languages there are translations for, English first: {"en", "de", …}.
    [[nodiscard]] static QStringList available();

    /// The language's name in itself: "Deutsch".
    [[nodiscard]] static QString nameOf(const QString& code);

    /// Empty: the system's. Widgets get a LanguageChange event.
    void use(const QString& code);

private:
    BareNameTranslator m_own;
    QTranslator m_toolkit;
};

} // namespace heddle::app
