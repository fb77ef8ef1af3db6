// SPDX-License-Identifier: GPL-3.0-only
#include "app/commands/convert.h"

#include "app/commands/check.h"
#include "app/commands/command_result.h"
#include "app/program_source.h"
#include "app/trace_file.h"
#include "engine/explore/promela_export.h"
#include "engine/model/program/compiler.h"

#include <QFile>

namespace heddle::app {

namespace {

constexpr QLatin1String kPromelaEnding(".pml");

int convertProgram(const ConvertCommand& command)
{
    const Result<RunSource> source = readProgram(command.input);
    if (!source) {
        complain(source.error().detail);
        return kInvalid;
    }
    const CompiledProgram compiled = compileProgram(source->text);
    complainAbout(compiled.diagnostics, source->name);
    if (compiled.code == nullptr)
        return kInvalid;
    const Result<std::string> model = toPromela(*compiled.code);
    if (!model) {
        complain(source->name + ": " + model.error().detail);
        return kInvalid;
    }
    QFile file(QString::fromStdString(command.output));
    const bool isWritten = file.open(QIODevice::WriteOnly)
        && file.write(model->data(), static_cast<qint64>(model->size()))
            == static_cast<qint64>(model->size())
        && file.flush();
    if (isWritten)
        return kDone;
    complain("\"" + command.output + "\" cannot be written: " + file.errorString().toStdString());
    return kRefused;
}

int convertTrace(const ConvertCommand& command)
{
    const Result<LoadedTrace> loaded = readTrace(command.input);
    if (!loaded) {
        complain(loaded.error().detail);
        return kInvalid;
    }
    const Result<void> target = checkTraceTarget(command.output);
    if (!target) {
        complain(target.error().detail);
        return target.error().kind == ErrorKind::InvalidArgument ? kInvalid : kRefused;
    }
    const Result<void> written = writeTrace(*loaded->trace, command.output);
    if (!written) {
        complain(written.error().detail);
        return kRefused;
    }
    if (loaded->damage.empty())
        return kDone;
    complain("\"" + command.input + "\" is damaged: " + loaded->damage);
    return kInvalid;
}

} // namespace

int convertFile(const ConvertCommand& command)
{
    const QString output = QString::fromStdString(command.output);
    if (output.endsWith(kPromelaEnding, Qt::CaseInsensitive))
        return convertProgram(command);
    if (isTraceTargetName(command.output))
        return convertTrace(command);
    complain("\"" + command.output
        + "\" does not say what to write: a recording becomes .json or .pftrace, a program .pml.");
    return kInvalid;
}

} // namespace heddle::app
