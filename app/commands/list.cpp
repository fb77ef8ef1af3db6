// SPDX-License-Identifier: GPL-3.0-only
#include "app/commands/list.h"

#include "app/commands/command_result.h"
#include "app/commands/json_text.h"
#include "app/gallery.h"
#include "engine/model/program/catalogue.h"

#include <QJsonArray>
#include <QString>

#include <algorithm>
#include <array>

namespace heddle::app {

namespace {

QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QJsonObject programEntry(const GalleryProgram& program)
{
    QJsonArray expects;
    for (const std::string& text : program.expects)
        expects.append(toQString(text));
    return {{QStringLiteral("id"), toQString(program.id)},
        {QStringLiteral("title"), toQString(program.title)},
        {QStringLiteral("chapter"), toQString(program.chapter)},
        {QStringLiteral("demonstrates"), toQString(program.demonstrates)},
        {QStringLiteral("expects"), expects}};
}

QJsonArray programEntries()
{
    QJsonArray entries;
    for (const GalleryProgram& program : galleryPrograms())
        entries.append(programEntry(program));
    return entries;
}

QJsonArray primitiveEntries()
{
    QJsonArray entries;
    for (const PrimitiveRow& row : primitiveRows())
        if (row.kind != PrimitiveKind::None)
            entries.append(QJsonObject{{QStringLiteral("id"), toQString(row.keyword)},
                {QStringLiteral("title"), toQString(row.title)},
                {QStringLiteral("summary"), toQString(row.summary)},
                {QStringLiteral("declaration"), toQString(row.declaration)}});
    return entries;
}

struct KindRow
{
    const char* family;
    const char* id;
    const char* title;
};

constexpr std::array kKinds = {
    KindRow{"actor", "thread", "A thread of the program's process"},
    KindRow{"actor", "timer", "The block of an \"after\", run by a thread of its own"},
    KindRow{"state", "running", "Does its own work"},
    KindRow{"state", "computing", "Inside of a \"compute\""},
    KindRow{"state", "runnable", "Could run, but has no processor"},
    KindRow{"state", "blocked", "Off the processor, by the kernel's word"},
    KindRow{"state", "wait-lock", "Waits for a mutex, rlock, rwlock or semaphore"},
    KindRow{"state", "wait-condition", "Waits for a condition, event, barrier or latch"},
    KindRow{"state", "wait-queue", "Waits for room or an item of a queue"},
    KindRow{"state", "wait-time", "Sleeps"},
    KindRow{"state", "wait-actor", "Waits for another actor's end"},
    KindRow{"state", "error", "Has failed, or is stuck for good"},
};

QJsonArray kindEntries()
{
    QJsonArray entries;
    for (const KindRow& row : kKinds)
        entries.append(QJsonObject{{QStringLiteral("family"), QString::fromLatin1(row.family)},
            {QStringLiteral("id"), QString::fromLatin1(row.id)},
            {QStringLiteral("title"), QString::fromLatin1(row.title)}});
    return entries;
}

/// The entries of what is listed, with the two keys that a person is shown.
struct Listing
{
    QString name;
    QString titleKey;
    QJsonArray entries;
};

Listing listingOf(Listed what)
{
    switch (what) {
    case Listed::Programs:
        return {QStringLiteral("programs"), QStringLiteral("title"), programEntries()};
    case Listed::Kinds:
        return {QStringLiteral("kinds"), QStringLiteral("title"), kindEntries()};
    case Listed::Primitives:
        return {QStringLiteral("primitives"), QStringLiteral("summary"), primitiveEntries()};
    }
    return {};
}

void printLines(const Listing& listing)
{
    qsizetype width = 0;
    for (const auto& entry : listing.entries)
        width = std::max(width, entry[QStringLiteral("id")].toString().size());
    for (const auto& entry : listing.entries) {
        const QString id = entry[QStringLiteral("id")].toString();
        const QString title = entry[listing.titleKey].toString();
        print(id.leftJustified(width + 2).toStdString() + title.toStdString() + "\n");
    }
}

} // namespace

int listWhatThereIs(const ListCommand& command)
{
    const Listing listing = listingOf(command.what);
    if (command.json)
        print(jsonText({{listing.name, listing.entries}}));
    else
        printLines(listing);
    return kDone;
}

int showProgram(const std::string& id)
{
    const auto text = galleryText(id);
    if (text) {
        print(*text);
        return kDone;
    }
    std::string sentence = "There is no gallery program \"" + id + "\".";
    if (const auto meant = nearestGalleryId(id))
        sentence += " Did you mean \"" + *meant + "\"?";
    complain(sentence + " `heddle list` shows them all.");
    return kInvalid;
}

} // namespace heddle::app
