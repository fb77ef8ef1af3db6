// SPDX-License-Identifier: GPL-3.0-only
#include "app/commands/format.h"

#include "app/commands/check.h"
#include "app/commands/command_result.h"
#include "app/file_target.h"
#include "app/program_source.h"
#include "engine/model/program/parser.h"
#include "engine/model/program/printer.h"

#include <QFileInfo>

#include <algorithm>

namespace heddle::app {

namespace {

int writeInPlace(const std::string& file, const std::string& text)
{
    const Result<void> written = writeFile(file, text);
    if (written)
        return kDone;
    complain(written.error().detail);
    return kRefused;
}

int formatFile(const std::string& file, const FormatCommand& command)
{
    const Result<RunSource> source = readProgram(file);
    if (!source) {
        complain(source.error().detail);
        return kInvalid;
    }
    const ParsedProgram parsed = parseProgram(source->text);
    if (hasErrors(parsed.diagnostics)) {
        complainAbout(parsed.diagnostics, source->name);
        return kInvalid;
    }
    const std::string formatted = formatProgram(*parsed.tree);
    const bool isSame = formatted == source->text;
    if (command.checkOnly) {
        if (!isSame)
            print(source->name + ": would be formatted\n");
        return isSame ? kDone : kFailed;
    }
    if (file == "-") {
        print(formatted);
        return kDone;
    }
    if (isSame)
        return kDone;
    if (!QFileInfo::exists(QString::fromStdString(file))) {
        complain("\"" + file + "\" is a gallery program; it can be shown, but not changed.");
        return kInvalid;
    }
    return writeInPlace(file, formatted);
}

} // namespace

int formatPrograms(const FormatCommand& command)
{
    int worst = kDone;
    for (const std::string& file : command.files)
        worst = std::max(worst, formatFile(file, command));
    return worst;
}

} // namespace heddle::app
