// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/shared/end_text.h"

#include "engine/base/text.h"

#include <QCoreApplication>

namespace heddle::widgets {

namespace {

class EndText
{
    Q_DECLARE_TR_FUNCTIONS(EndText)
};

QString signalWord(const Moment& moment)
{
    return QString::fromStdString(signalName(static_cast<int>(moment.argument)));
}

} // namespace

bool isEnd(Moment::Kind kind)
{
    return kind == Moment::Kind::Finished || kind == Moment::Kind::Failed
        || kind == Moment::Kind::Killed || kind == Moment::Kind::Exited;
}

QString endText(const Moment& end, const QString& exceptionName)
{
    if (end.kind == Moment::Kind::Failed)
        return EndText::tr("failed: %1").arg(exceptionName);
    if (end.kind == Moment::Kind::Killed)
        return EndText::tr("killed by %1").arg(signalWord(end));
    if (end.kind == Moment::Kind::Exited)
        return EndText::tr("exited with code %1").arg(end.argument);
    return EndText::tr("finished");
}

QString flagText(const Moment& moment)
{
    if (moment.kind == Moment::Kind::Exited)
        return EndText::tr("exit %1", "on a flag of the timeline: code of a process")
            .arg(moment.argument);
    if (moment.kind == Moment::Kind::Killed || moment.kind == Moment::Kind::SignalGiven)
        return signalWord(moment);
    if (moment.kind == Moment::Kind::Stopped)
        return EndText::tr("stopped", "on a flag of the timeline");
    if (moment.kind == Moment::Kind::Continued)
        return EndText::tr("continued", "on a flag of the timeline");
    if (moment.kind == Moment::Kind::Orphaned)
        return EndText::tr("orphan", "on a flag of the timeline");
    return {};
}

} // namespace heddle::widgets
