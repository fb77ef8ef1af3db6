// SPDX-License-Identifier: GPL-3.0-only
#include "app/error_messages.h"

#include <QCoreApplication>
#include <QMessageBox>

#include <cerrno>

namespace heddle::app {

namespace {

/// What happened and what to do, before translation; %1 is what it happened to.
class ErrorSentences
{
    Q_DECLARE_TR_FUNCTIONS(ErrorSentences)

public:
    const char* what;
    const char* advice;

    static ErrorSentences of(const Error& error);

private:
    static ErrorSentences ofErrno(int number);
};

ErrorSentences ErrorSentences::ofErrno(int number)
{
    switch (number) {
    case ENOENT:
        return {QT_TR_NOOP("%1 does not exist."),
            QT_TR_NOOP("Check the name, or choose the file again.")};
    case EACCES:
    case EPERM:
        return {QT_TR_NOOP("The system does not permit this for %1."),
            QT_TR_NOOP("Check the permissions of the file and its folder.")};
    case EISDIR:
        return {QT_TR_NOOP("%1 is a folder, not a file."), QT_TR_NOOP("Choose a file in it.")};
    case ENOSPC:
    case EDQUOT:
        return {QT_TR_NOOP("There is no room left on the disk for %1."),
            QT_TR_NOOP("Free some room, or save somewhere else. Nothing was written half.")};
    case EROFS:
        return {QT_TR_NOOP("%1 lies on a disk that can only be read."),
            QT_TR_NOOP("Save somewhere else.")};
    case ENOMEM:
    case EAGAIN:
    case EMFILE:
    case ENFILE:
        return {QT_TR_NOOP("The system has no memory, processes or file descriptors left for %1."),
            QT_TR_NOOP("Close other programs, or raise the limits with ulimit, then try again.")};
    case EFBIG:
        return {QT_TR_NOOP("%1 is too large to be edited here."),
            QT_TR_NOOP("Programs may have up to 4 MiB. Is this file a program?")};
    default:
        return {QT_TR_NOOP("The system refused an operation on %1."),
            QT_TR_NOOP("The details say which one and why.")};
    }
}

ErrorSentences ErrorSentences::of(const Error& error)
{
    switch (error.kind) {
    case ErrorKind::SystemCall:
        return ofErrno(error.systemErrno);
    case ErrorKind::Timeout:
        return {QT_TR_NOOP("%1 took too long and was given up."),
            QT_TR_NOOP("Try again; if it happens again, the machine may be overloaded.")};
    case ErrorKind::Cancelled:
        return {
            QT_TR_NOOP("%1 was cancelled."), QT_TR_NOOP("Start it again if you want its result.")};
    case ErrorKind::BadProgram:
        return {QT_TR_NOOP("%1 cannot run: it has errors."),
            QT_TR_NOOP("They are underlined in the text and listed under Problems.")};
    case ErrorKind::BadTrace:
        return {QT_TR_NOOP("%1 is not a trace that can be read."),
            QT_TR_NOOP("Open a .pftrace file that Heddle or Perfetto has written.")};
    case ErrorKind::NotSupported:
        return {QT_TR_NOOP("This machine cannot do what %1 asks for."),
            QT_TR_NOOP("The details say what is missing.")};
    case ErrorKind::NoResources:
        return {QT_TR_NOOP("The system has no memory, processes or file descriptors left for %1."),
            QT_TR_NOOP("Close other programs, or raise the limits with ulimit, then try again.")};
    case ErrorKind::ChildGone:
        return {QT_TR_NOOP("The process of %1 ended unexpectedly."),
            QT_TR_NOOP("Run it again. What it had recorded is still shown.")};
    case ErrorKind::InvalidArgument:
        return {QT_TR_NOOP("%1 is not what is expected here."), QT_TR_NOOP("The details say why.")};
    default:
        return {QT_TR_NOOP("%1 could not be done."), QT_TR_NOOP("The details say why.")};
    }
}

} // namespace

UserMessage messageFor(const Error& error, const QString& subject)
{
    const auto sentences = ErrorSentences::of(error);
    const QString shown = subject.isEmpty() ? ErrorSentences::tr("The operation") : subject;
    return {ErrorSentences::tr(sentences.what).arg(shown), ErrorSentences::tr(sentences.advice),
        QString::fromStdString(error.text())};
}

void showMessage(QWidget* window, const UserMessage& message)
{
    auto* box = new QMessageBox(QMessageBox::Warning, QCoreApplication::applicationName(),
        message.what, QMessageBox::Ok, window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(message.advice);
    box->setDetailedText(message.details);
    box->setWindowModality(Qt::WindowModal);
    box->open();
}

} // namespace heddle::app
