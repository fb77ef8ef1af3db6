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

QString tip(std::string_view form, const QString& summary)
{
    return summary.isEmpty() ? toText(form) : toText(form) + u'\n' + summary;
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
