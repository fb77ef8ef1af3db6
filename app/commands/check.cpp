// SPDX-License-Identifier: GPL-3.0-only
#include "app/commands/check.h"

#include "app/commands/command_result.h"
#include "app/commands/json_text.h"
#include "app/program_source.h"
#include "engine/model/program/compiler.h"

#include <QJsonObject>

#include <algorithm>
#include <cstdio>
#include <iterator>

namespace heddle::app {

namespace {

QString severityText(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return QStringLiteral("error");
    case Severity::Warning:
        return QStringLiteral("warning");
    case Severity::Hint:
        return QStringLiteral("hint");
    }
    return {};
}

QJsonObject unreadableEntry(const std::string& file, const std::string& sentence)
{
    return {{QStringLiteral("file"), QString::fromStdString(file)}, {QStringLiteral("ok"), false},
        {QStringLiteral("problem"), QString::fromStdString(sentence)}};
}

/// Checks one file and says what it found; the entry is for `--json`.
QJsonObject checkFile(const std::string& file, const CheckCommand& command)
{
    const Result<RunSource> source = readProgram(file);
    if (!source) {
        complain(source.error().detail);
        return unreadableEntry(file, source.error().detail);
    }
    const CompiledProgram compiled = compileProgram(source->text);
    const bool isValid = compiled.code != nullptr;
    complainAbout(compiled.diagnostics, source->name);
    if (isValid && command.listing)
        print(listing(*compiled.code));
    else if (isValid && !command.json)
        print(source->name + ": no errors\n");
    return {{QStringLiteral("file"), QString::fromStdString(source->name)},
        {QStringLiteral("ok"), isValid},
        {QStringLiteral("problems"), problemsOf(compiled.diagnostics, source->name)}};
}

} // namespace

int checkPrograms(const CheckCommand& command)
{
    QJsonArray files;
    bool isValid = true;
    for (const std::string& file : command.files) {
        const QJsonObject entry = checkFile(file, command);
        isValid = isValid && entry.value(QStringLiteral("ok")).toBool();
        files.append(entry);
    }
    if (command.json)
        print(jsonText({{QStringLiteral("files"), files}}));
    return isValid ? kDone : kInvalid;
}

void complainAbout(const std::vector<Diagnostic>& diagnostics, const std::string& file)
{
    for (const Diagnostic& diagnostic : diagnostics)
        static_cast<void>(
            std::fputs((toLine(diagnostic, file) + "\n").c_str(), stderr)); // nobody else to tell
}

std::vector<Diagnostic> warningsOf(const std::vector<Diagnostic>& diagnostics)
{
    std::vector<Diagnostic> warnings;
    std::copy_if(diagnostics.begin(), diagnostics.end(), std::back_inserter(warnings),
        [](const Diagnostic& one) { return one.severity == Severity::Warning; });
    return warnings;
}

QJsonArray problemsOf(const std::vector<Diagnostic>& diagnostics, const std::string& file)
{
    QJsonArray problems;
    for (const Diagnostic& diagnostic : diagnostics)
        problems.append(QJsonObject{{QStringLiteral("file"), QString::fromStdString(file)},
            {QStringLiteral("line"), static_cast<int>(diagnostic.line)},
            {QStringLiteral("column"), static_cast<int>(diagnostic.column)},
            {QStringLiteral("severity"), severityText(diagnostic.severity)},
            {QStringLiteral("code"), QString::fromStdString(diagnostic.code)},
            {QStringLiteral("message"), QString::fromStdString(diagnostic.message)}});
    return problems;
}

} // namespace heddle::app
