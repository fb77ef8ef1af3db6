// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/editor/call_tip.h"

#include "engine/model/program/catalogue.h"

#include <QCoreApplication>

#include <string_view>

namespace heddle::widgets {

namespace {

QString toText(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// Breaks a long line between words; what follows is indented.
QString wrapped(const QString& text)
{
    QString lines;
    qsizetype length = 0;
    for (const QString& word : text.split(u' ')) {
        if (length > 0 && length + 1 + word.size() > kCallTipColumns) {
            lines += QStringLiteral("\n    ");
            length = 4;
        } else if (length > 0) {
            lines += u' ';
            ++length;
        }
        lines += word;
        length += word.size();
    }
    return lines;
}

QString tip(std::string_view form, const QString& summary)
{
    const QString written = wrapped(toText(form));
    return summary.isEmpty() ? written : written + u'\n' + wrapped(summary);
}

} // namespace

QString callTipFor(const QString& lineUpToCaret)
{
    const qsizetype bracket = lineUpToCaret.lastIndexOf(u'(');
    if (bracket > 0 && lineUpToCaret.indexOf(u')', bracket) < 0) {
        qsizetype begin = bracket;
        while (begin > 0
            && (lineUpToCaret[begin - 1].isLetterOrNumber() || lineUpToCaret[begin - 1] == u'_'))
            --begin;
        if (const auto function =
                findFunction(lineUpToCaret.mid(begin, bracket - begin).toStdString())) {
            const FunctionRow& row = functionRows()[static_cast<std::size_t>(*function)];
            return tip(row.form, QCoreApplication::translate("Function", row.summary.data()));
        }
    }
    const std::string word = lineUpToCaret.trimmed().section(u' ', 0, 0).toStdString();
    if (const PrimitiveRow* primitive = findPrimitive(word); primitive != nullptr)
        return tip(primitive->declaration,
            QCoreApplication::translate("Primitive", primitive->summary.data()));
    if (const StatementRow* statement = findStatement(word); statement != nullptr)
        return tip(
            statement->form, QCoreApplication::translate("Statement", statement->summary.data()));
    return {};
}

} // namespace heddle::widgets
