// SPDX-License-Identifier: GPL-3.0-only
#include "app/file_controller.h"

#include "app/gallery.h"
#include "widgets/editor/program_editor.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>

namespace heddle::app {

namespace {

const QString kNewText = QStringLiteral(
    "program \"New program\"\n\nthread worker[i in 1..2]:\n    say \"hello from\", me\n");

} // namespace

FileController::FileController(widgets::ProgramEditor& editor, Settings& settings,
    const QString& recoveryFolder, QWidget* window)
    : QObject(window)
    , m_editor(editor)
    , m_settings(settings)
    , m_window(window)
    , m_recovery(recoveryFolder)
{
    m_recovery.setSource([this] {
        return RecoveredText{m_document.reopenName(), m_editor.text()};
    });
    connect(&m_editor, &QsciScintilla::modificationChanged, &m_document, &Document::setModified);
    connect(&m_editor, &QsciScintilla::textChanged, this, &FileController::noteChange);
}

bool FileController::isTrace(const QString& path)
{
    return path.endsWith(QStringLiteral(".pftrace"), Qt::CaseInsensitive)
        || path.endsWith(QStringLiteral(".perfetto-trace"), Qt::CaseInsensitive);
}

void FileController::noteChange()
{
    if (m_editor.isModified())
        m_recovery.noteChange();
}

void FileController::setText(const QString& text)
{
    m_editor.setText(text);
    m_editor.convertEols(QsciScintilla::EolUnix);
    m_editor.SendScintilla(QsciScintilla::SCI_EMPTYUNDOBUFFER);
    m_editor.setModified(false);
    m_editor.setCursorPosition(0, 0);
    m_recovery.discard();
    m_document.setModified(false);
    emit opened();
}

void FileController::newProgram()
{
    if (!mayDiscard())
        return;
    m_document.setUntitled();
    setText(kNewText);
}

void FileController::askAndOpen()
{
    const QString folder = m_document.path().isEmpty()
        ? QDir::homePath()
        : QFileInfo(m_document.path()).absolutePath();
    const QString path = QFileDialog::getOpenFileName(m_window, tr("Open"), folder,
        tr("Programs and traces (*.hed *.pftrace);;Programs (*.hed);;Traces (*.pftrace);;All files "
           "(*)"));
    if (!path.isEmpty())
        openPath(path);
}

bool FileController::openPath(const QString& path)
{
    if (isTrace(path))
        return openTrace(path);
    const auto text = Document::readProgram(path);
    if (!text) {
        emit failed(text.error(), path);
        return false;
    }
    if (!mayDiscard())
        return false;
    m_document.setFile(path);
    setText(*text);
    m_settings.addRecentFile(m_document.path());
    emit recentChanged();
    return true;
}

bool FileController::openTrace(const QString& path)
{
    if (!mayDiscard())
        return false;
    emit traceWanted(path);
    return true;
}

void FileController::showProgramOf(
    const QString& tracePath, const QString& name, const QString& text)
{
    if (m_document.hasProgram() && !text.isEmpty() && text == m_editor.text())
        return;
    const QString traceName = QFileInfo(tracePath).fileName();
    const auto isStill = [&text](const auto& there) { return there && text == *there; };
    const auto inGallery = galleryText(name.toStdString());
    if (text.isEmpty())
        m_document.setNoProgram(traceName);
    else if (inGallery && text.toStdString() == *inGallery)
        m_document.setGalleryProgram(name);
    else if (QFileInfo(name).isAbsolute() && isStill(Document::readProgram(name)))
        m_document.setFile(name);
    else
        m_document.setProgramOfTrace(traceName);
    setText(text);
}

bool FileController::openGallery(const QString& id)
{
    const auto text = galleryText(id.toStdString());
    if (!text || !mayDiscard())
        return false;
    m_document.setGalleryProgram(id);
    setText(QString::fromStdString(*text));
    return true;
}

bool FileController::open(const QString& pathOrId)
{
    if (!QFileInfo::exists(pathOrId) && galleryText(pathOrId.toStdString()))
        return openGallery(pathOrId);
    return openPath(pathOrId);
}

bool FileController::save()
{
    return m_document.path().isEmpty() ? saveAs() : saveTo(m_document.path());
}

bool FileController::saveAs()
{
    const QString name = m_document.galleryId().isEmpty()
        ? QStringLiteral("program")
        : m_document.galleryId().section(u'/', -1);
    const QString proposal = m_document.path().isEmpty()
        ? QDir::home().filePath(name + QStringLiteral(".hed"))
        : m_document.path();
    const QString path = QFileDialog::getSaveFileName(
        m_window, tr("Save the program"), proposal, tr("Programs (*.hed);;All files (*)"));
    return !path.isEmpty() && saveTo(path);
}

bool FileController::saveTo(const QString& path)
{
    const auto written = Document::writeProgram(path, m_editor.text());
    if (!written) {
        emit failed(written.error(), path);
        return false;
    }
    m_editor.setModified(false);
    m_document.setFile(path);
    m_recovery.discard();
    m_settings.addRecentFile(m_document.path());
    emit recentChanged();
    emit noted(tr("Saved %1.").arg(m_document.displayName()));
    return true;
}

bool FileController::mayDiscard()
{
    if (!m_document.isModified())
        return true;
    QMessageBox box(QMessageBox::Question, tr("Unsaved changes"),
        tr("%1 has changes that are not saved.").arg(m_document.displayName()),
        QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, m_window);
    box.setInformativeText(tr("Save them, or lose them?"));
    box.setDefaultButton(QMessageBox::Save);
    const int answer = box.exec();
    return answer == QMessageBox::Discard || (answer == QMessageBox::Save && save());
}

bool FileController::recover()
{
    const auto found = m_recovery.takeAbandoned();
    if (!found)
        return false;
    if (found->reopenName.isEmpty())
        m_document.setUntitled();
    else if (galleryText(found->reopenName.toStdString()))
        m_document.setGalleryProgram(found->reopenName);
    else
        m_document.setFile(found->reopenName);
    setText(QString());
    m_editor.replaceText(found->text);
    m_recovery.keep();
    emit noted(tr("Recovered what was not saved when Heddle last ended."));
    return true;
}

void FileController::finish()
{
    m_recovery.discard();
    m_settings.setLastDocument(m_document.reopenName());
}

} // namespace heddle::app
