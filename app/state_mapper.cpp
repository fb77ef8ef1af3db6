// SPDX-License-Identifier: GPL-3.0-only
#include "app/state_mapper.h"

#include "app/graph_layout.h"
#include "engine/explore/exploration_judge.h"
#include "engine/model/program/compiler.h"
#include "widgets/shared/sentence_words.h"

#include <QLocale>
#include <QMetaObject>

#include <cerrno>
#include <utility>

namespace heddle::app {

namespace {

constexpr std::size_t kCountedStates = 200'000; // so that a larger space can be given in numbers
constexpr std::chrono::milliseconds kCountTime{500};

} // namespace

StateMapper::StateMapper(QObject* parent)
    : QObject(parent)
{
}

void StateMapper::map(std::string text)
{
    const quint64 generation = ++m_generation;
    m_worker.submit([this, generation, text = std::move(text)](const std::stop_token& stop) {
        Answer found = answer(text, stop);
        if (stop.stop_requested())
            return;
        QMetaObject::invokeMethod(
            this, [this, generation, found = std::move(found)] { deliver(generation, found); },
            Qt::QueuedConnection);
    });
}

StateMapper::Answer StateMapper::answer(const std::string& text, const std::stop_token& stop)
{
    const CompiledProgram program = compileProgram(text);
    if (!program.code)
        return {nullptr, tr("The program has errors; they are in the list of problems.")};
    if (const auto obstacle = Machine::obstacle(*program.code))
        return {nullptr, tr("This program is not explored: %1.").arg(widgets::inWords(*obstacle))};
    ExplorerLimits limits;
    limits.states = kCountedStates;
    limits.time = kCountTime;
    const std::unique_ptr<Explorer> explorer = searchForPicture(program.code, limits, stop);
    std::optional<StateMap> map = mapStates(*explorer);
    if (map)
        return drawn(std::move(*map), stop);
    const QString count = QLocale().toString(static_cast<qulonglong>(explorer->states().size()));
    const QString most = QLocale().toString(static_cast<qulonglong>(kMostStates));
    return {nullptr,
        explorer->limit()
            ? tr("There are more than %1 states; a picture ends at %2.").arg(count, most)
            : tr("There are %1 states; a picture ends at %2.").arg(count, most)};
}

StateMapper::Answer StateMapper::drawn(StateMap map, const std::stop_token& stop)
{
    const Result<std::string> plain = layOutGraph(widgets::toDot(map.picture), stop);
    if (!plain) {
        const bool isMissing = plain.error().systemErrno == ENOENT;
        return {nullptr,
            isMissing ? tr("The picture is laid out by Graphviz, which is not installed: the "
                           "program “dot” of the package graphviz is missing.")
                      : tr("Graphviz could not lay out the picture.")};
    }
    auto layout = widgets::readPlain(*plain, map.picture.nodes.size());
    if (!layout)
        return {nullptr, tr("Graphviz could not lay out the picture.")};
    return {std::make_shared<MappedStates>(MappedStates{std::move(map), std::move(*layout)}), {}};
}

void StateMapper::deliver(quint64 generation, const Answer& answer)
{
    if (generation != m_generation)
        return;
    if (answer.states != nullptr)
        emit mapped(answer.states);
    else
        emit refused(answer.why);
}

} // namespace heddle::app
