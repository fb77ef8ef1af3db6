// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/editor/program_completion.h"

#include "engine/model/program/catalogue.h"
#include "engine/model/program/parser.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <cctype>
#include <string_view>

namespace heddle::widgets {

namespace {

QString toText(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

bool isWordByte(char character)
{
    const auto byte = static_cast<unsigned char>(character);
    return std::isalnum(byte) != 0 || character == '_' || byte >= 0x80;
}

/// Where the caret is, as far as it matters for what can be written there.
struct Place
{
    QString prefix; ///< what of the word is written already
    QString firstWord; ///< of the line, empty if the caret stands in it
    bool isNested = false; ///< the line is indented: inside a block
};

Place placeOf(const std::string& text, std::uint32_t position)
{
    std::size_t end = std::min<std::size_t>(position, text.size());
    std::size_t word = end;
    while (word > 0 && isWordByte(text[word - 1]))
        --word;
    std::size_t line = word;
    while (line > 0 && text[line - 1] != '\n')
        --line;
    const QString before = toText(std::string_view(text).substr(line, word - line));
    Place place;
    place.prefix = toText(std::string_view(text).substr(word, end - word));
    place.isNested = before.startsWith(u' ');
    place.firstWord = before.trimmed().section(u' ', 0, 0);
    return place;
}

QStringList beginnings(bool isNested)
{
    QStringList words;
    for (const StatementRow& row : statementRows())
        if ((row.family == Family::Declaration) != isNested)
            words.append(toText(row.word));
    if (!isNested)
        for (const PrimitiveRow& row : primitiveRows())
            words.append(toText(row.keyword));
    return words;
}

QStringList declaredNames(const std::string& text, const QString& prefix)
{
    QStringList names;
    const ParsedProgram parsed = parseProgram(text);
    for (std::size_t i = 0; i < parsed.tree->nodeCount(); ++i) {
        const auto index = static_cast<NodeIndex>(i);
        const Node& node = parsed.tree->node(index);
        if (node.field != Field::Name && node.field != Field::Parameter
            && node.field != Field::Variable)
            continue;
        const QString name = toText(parsed.tree->sourceText(index));
        if (name != prefix)
            names.append(name);
    }
    return names;
}

QStringList wordsOfForm(std::string_view form)
{
    QStringList words;
    for (const QString& part :
        toText(form).split(QRegularExpression(QStringLiteral("[^a-z_]+")), Qt::SkipEmptyParts))
        words.append(part);
    return words;
}

QStringList continuations(const QString& firstWord)
{
    QStringList words;
    if (const StatementRow* row = findStatement(firstWord.toStdString()); row != nullptr)
        words += wordsOfForm(row->form).mid(1);
    for (const FunctionRow& row : functionRows())
        words.append(toText(row.name));
    words += {QStringLiteral("true"), QStringLiteral("false"), QStringLiteral("none"),
        QStringLiteral("and"), QStringLiteral("or"), QStringLiteral("not")};
    return words;
}

QString tip(std::string_view form, const QString& summary)
{
    return summary.isEmpty() ? toText(form) : toText(form) + u'\n' + summary;
}

} // namespace

QStringList completionList(const std::string& text, std::uint32_t position)
{
    const Place place = placeOf(text, position);
    QStringList candidates;
    if (place.firstWord.isEmpty())
        candidates = beginnings(place.isNested)
            + (place.isNested ? declaredNames(text, place.prefix) : QStringList());
    else
        candidates = declaredNames(text, place.prefix) + continuations(place.firstWord);
    QStringList matching;
    for (const QString& candidate : std::as_const(candidates))
        if (candidate.startsWith(place.prefix, Qt::CaseInsensitive) && candidate != place.prefix)
            matching.append(candidate);
    matching.removeDuplicates();
    matching.sort(Qt::CaseInsensitive);
    return matching;
}

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
