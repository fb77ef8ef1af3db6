// SPDX-License-Identifier: GPL-3.0-only
#include "app/commands/compiled_source.h"

#include "app/commands/check.h"
#include "app/commands/command_result.h"
#include "app/commands/json_text.h"
#include "app/program_source.h"
#include "engine/model/program/compiler.h"

namespace heddle::app {

namespace {

void printUnreadable(const SourceRequest& request, const Error& error)
{
    complain(error.detail);
    if (request.json)
        print(jsonText({{QStringLiteral("program"), QString::fromStdString(request.file)},
            {QStringLiteral("verdict"), QStringLiteral("error")},
            {QStringLiteral("problem"), QString::fromStdString(error.detail)}}));
}

void printBadProgram(const SourceRequest& request, const std::string& name,
    const std::vector<Diagnostic>& diagnostics)
{
    complainAbout(diagnostics, name);
    if (request.json)
        print(jsonText({{QStringLiteral("program"), QString::fromStdString(name)},
            {QStringLiteral("verdict"), QStringLiteral("error")},
            {QStringLiteral("problems"), problemsOf(diagnostics, name)}}));
}

} // namespace

std::optional<CompiledSource> compileSource(const SourceRequest& request)
{
    Result<RunSource> source = readProgram(request.file);
    if (!source) {
        printUnreadable(request, source.error());
        return std::nullopt;
    }
    if (!request.name.empty())
        source->name = request.name;
    const CompiledProgram compiled = compileProgram(source->text, {request.constants});
    if (!compiled.code) {
        printBadProgram(request, source->name, compiled.diagnostics);
        return std::nullopt;
    }
    if (!request.quiet)
        complainAbout(warningsOf(compiled.diagnostics), source->name);
    return CompiledSource{std::move(*source), compiled.code};
}

} // namespace heddle::app
