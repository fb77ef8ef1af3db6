// SPDX-License-Identifier: GPL-3.0-only
#include "app/gallery.h"

#include "engine/base/text.h"
#include "engine/model/program/compiler.h"

#include <QFile>
#include <QStringList>

#include <algorithm>

// In the global namespace, as rcc wants it.
static void initializePrograms()
{
    Q_INIT_RESOURCE(programs);
}

namespace heddle::app {

namespace {

constexpr std::string_view kFolder = ":/programs/";

std::optional<std::string> resourceText(const std::string& path)
{
    initializePrograms();
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    return file.readAll().toStdString();
}

/// The comment lines at the head of the text, in one line.
std::string firstComment(const std::string& text)
{
    QStringList lines;
    for (const QString& line : QString::fromStdString(text).split(u'\n')) {
        if (line.startsWith(u'#'))
            lines.append(line.mid(1).trimmed());
        else if (!lines.isEmpty())
            break;
    }
    return lines.join(u' ').toStdString();
}

GalleryProgram describe(const std::string& id)
{
    GalleryProgram program;
    program.id = id;
    program.chapter = id.substr(0, id.find('/'));
    program.title = id;
    const std::string text = galleryText(id).value_or(std::string());
    program.demonstrates = firstComment(text);
    const CompiledProgram compiled = compileProgram(text);
    if (!compiled.code)
        return program;
    program.title = compiled.code->title;
    for (const Expectation& expectation : compiled.code->expectations)
        program.expects.push_back(expectation.text);
    return program;
}

std::vector<std::string> galleryIds()
{
    std::vector<std::string> ids;
    const QString list =
        QString::fromStdString(resourceText(std::string(kFolder) + "list.txt").value_or(""));
    for (const QString& line : list.split(u'\n', Qt::SkipEmptyParts))
        ids.push_back(line.trimmed().toStdString());
    return ids;
}

} // namespace

const std::vector<GalleryProgram>& galleryPrograms()
{
    static const std::vector<GalleryProgram> kPrograms = [] {
        std::vector<GalleryProgram> programs;
        for (const std::string& id : galleryIds())
            programs.push_back(describe(id));
        return programs;
    }();
    return kPrograms;
}

std::optional<std::string> galleryText(std::string_view id)
{
    return resourceText(std::string(kFolder).append(id).append(".hed"));
}

std::optional<std::string> nearestGalleryId(const std::string& id)
{
    const std::vector<std::string> candidates = galleryIds();
    if (auto whole = nearestWord(id, candidates))
        return whole;
    const auto holdsIt = [&](const std::string& candidate) {
        return !id.empty() && candidate.find(id) != std::string::npos;
    };
    const auto found = std::find_if(candidates.begin(), candidates.end(), holdsIt);
    return found == candidates.end() ? std::nullopt : std::optional(*found);
}

} // namespace heddle::app
