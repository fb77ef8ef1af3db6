// SPDX-License-Identifier: GPL-3.0-only
#include "app/languages.h"

#include <QCoreApplication>
#include <QDir>
#include <QLibraryInfo>
#include <QLocale>
#include <QStringBuilder>

#include <string_view>

namespace heddle::app {

namespace {

const QString kFolder = QStringLiteral(":/i18n");

} // namespace

QString BareNameTranslator::translate(
    const char* context, const char* sourceText, const char* disambiguation, int n) const
{
    QString whole = QTranslator::translate(context, sourceText, disambiguation, n);
    const std::string_view name(context);
    const std::size_t colons = name.rfind("::");
    if (!whole.isEmpty() || colons == std::string_view::npos)
        return whole;
    return QTranslator::translate(context + colons + 2, sourceText, disambiguation, n);
}

Languages::Languages(const QString& code, QObject* parent)
    : QObject(parent)
{
    use(code);
}

QStringList Languages::available()
{
    QStringList codes{QStringLiteral("en")};
    for (const QString& file : QDir(kFolder).entryList({QStringLiteral("heddle_*.qm")})) {
        const QString code = file.mid(7, file.size() - 10);
        if (!codes.contains(code))
            codes.append(code);
    }
    return codes;
}

QString Languages::nameOf(const QString& code)
{
    const QString name = QLocale(code).nativeLanguageName();
    if (code == QStringLiteral("en"))
        return QStringLiteral("English");
    return name.left(1).toUpper() % name.mid(1);
}

void Languages::use(const QString& code)
{
    QLocale locale = code.isEmpty() ? QLocale::system() : QLocale(code);
    if (code == QStringLiteral("en"))
        locale = QLocale(QLocale::English);
    QLocale::setDefault(locale);
    QCoreApplication::removeTranslator(&m_own);
    QCoreApplication::removeTranslator(&m_toolkit);
    const auto loadOwn = [this](const QLocale& wanted) {
        return m_own.load(wanted, QStringLiteral("heddle"), QStringLiteral("_"), kFolder);
    };
    if (!loadOwn(locale)) { // one language for all: English, which has its plurals to load as well
        locale = QLocale(QLocale::English);
        if (!loadOwn(locale))
            return;
    }
    QCoreApplication::installTranslator(&m_own);
    if (m_toolkit.load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
            QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_toolkit);
}

} // namespace heddle::app
