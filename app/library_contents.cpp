// SPDX-License-Identifier: GPL-3.0-only
#include "app/library_contents.h"

#include "app/gallery.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QHash>
#include <QStringBuilder>

namespace heddle::app {

namespace {

class ChapterNames
{
    Q_DECLARE_TR_FUNCTIONS(ChapterNames)

public:
    static QString of(const QString& folder)
    {
        static const QHash<QString, const char*> kNames{
            {QStringLiteral("locks"), QT_TR_NOOP("Locks")},
            {QStringLiteral("threading"), QT_TR_NOOP("Threads")},
            {QStringLiteral("subprocess"), QT_TR_NOOP("Processes")},
            {QStringLiteral("signal"), QT_TR_NOOP("Signals")},
            {QStringLiteral("multiprocessing"), QT_TR_NOOP("Shared memory")},
            {QStringLiteral("asyncio"), QT_TR_NOOP("Event loop")},
            {QStringLiteral("futures"), QT_TR_NOOP("Pools and futures")},
            {QStringLiteral("pools"), QT_TR_NOOP("Pools")},
            {QStringLiteral("queues"), QT_TR_NOOP("Queues")},
            {QStringLiteral("conditions"), QT_TR_NOOP("Conditions")},
            {QStringLiteral("semaphores"), QT_TR_NOOP("Semaphores")},
            {QStringLiteral("classics"), QT_TR_NOOP("Classic problems")},
            {QStringLiteral("races"), QT_TR_NOOP("Races")},
        };
        const char* name = kNames.value(folder, nullptr);
        return name != nullptr ? tr(name) : QString(folder.left(1).toUpper() % folder.mid(1));
    }
};

} // namespace

std::vector<widgets::LibraryModel::Chapter> galleryChapters()
{
    std::vector<widgets::LibraryModel::Chapter> chapters;
    QHash<QString, std::size_t> places;
    for (const GalleryProgram& program : galleryPrograms()) {
        const QString folder = QString::fromStdString(program.chapter);
        if (!places.contains(folder)) {
            places.insert(folder, chapters.size());
            chapters.push_back({ChapterNames::of(folder), {}});
        }
        chapters[places[folder]].entries.push_back({.id = QString::fromStdString(program.id),
            .title = QString::fromStdString(program.title),
            .summary = QString::fromStdString(program.demonstrates)});
    }
    return chapters;
}

std::vector<widgets::LibraryEntry> recentEntries(const QStringList& paths)
{
    std::vector<widgets::LibraryEntry> entries;
    for (const QString& path : paths) {
        const QFileInfo file(path);
        if (file.exists())
            entries.push_back({.id = path,
                .title = file.fileName(),
                .summary = QDir::toNativeSeparators(file.absolutePath()),
                .isFile = true});
    }
    return entries;
}

} // namespace heddle::app
