// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/explore/explore.h"
#include "engine/model/program/compiler.h"

#include <QString>
#include <QStringList>

#include <memory>
#include <string>

namespace heddle::tests {

/// A program from its text without the first line; null if it is not valid.
[[nodiscard]] inline std::shared_ptr<const Code> programOf(const std::string& text)
{
    return compileProgram("program \"test\"\n" + text).code;
}

/// What an exploration says of each line, as a text that can be read: "held: deadlock free".
[[nodiscard]] inline QString judgedText(const std::string& text)
{
    const CompiledProgram compiled = compileProgram("program \"test\"\n" + text);
    if (compiled.code == nullptr)
        return QStringLiteral("not valid: ")
            + (compiled.diagnostics.empty()
                    ? QString()
                    : QString::fromStdString(compiled.diagnostics.front().message));
    QStringList lines;
    for (const ExploredExpectation& each : explore(compiled.code, {}).expectations) {
        const bool isHeld = each.status == ExploredExpectation::Status::Held;
        const bool isFailed = each.status == ExploredExpectation::Status::Failed;
        lines += QString::fromStdString(isHeld ? "held: " + each.text
                : isFailed                     ? "failed: " + each.text + ": " + each.why.text()
                           : "not checked: " + each.text + ": " + each.why.text());
    }
    return lines.join(QLatin1Char('\n'));
}

/// "held, failed": how the lines of a report are judged, in their order.
[[nodiscard]] inline QString statusesOf(const ExplorationReport& report)
{
    QStringList words;
    for (const ExploredExpectation& each : report.expectations)
        words += QString::fromLatin1(toText(each.status));
    return words.join(QStringLiteral(", "));
}

/// A table of so many philosophers, who may all have taken their first fork.
[[nodiscard]] inline std::string philosophers(int seats)
{
    return "const N = " + std::to_string(seats)
        + "\nmutex fork[N]\nthread philosopher[i in 0..N-1]:\n    compute 1ms\n"
          "    lock fork[i]\n    compute 1ms\n    lock fork[(i + 1) % N]\n"
          "    unlock fork[(i + 1) % N]\n    unlock fork[i]\n";
}

/// What the last state of the first witness says.
[[nodiscard]] inline QString explanationOf(const std::string& text)
{
    const std::shared_ptr<const Code> code = programOf(text);
    if (code == nullptr)
        return QStringLiteral("not valid");
    for (const ExploredExpectation& each : explore(code, {}).expectations)
        if (each.witness)
            return QString::fromStdString(each.explanation.text());
    return QStringLiteral("no witness");
}

} // namespace heddle::tests
