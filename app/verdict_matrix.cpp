// SPDX-License-Identifier: GPL-3.0-only
#include "app/verdict_matrix.h"

#include "engine/explore/explore.h"
#include "engine/model/program/compiler.h"
#include "engine/model/program/parser.h"

#include <QMetaObject>

#include <charconv>

namespace heddle::app {

std::vector<widgets::NamedConstant> constantsOf(const std::string& text)
{
    std::vector<widgets::NamedConstant> constants;
    const auto tree = parseProgram(text).tree;
    for (const NodeIndex node : tree->node(tree->root()).children) {
        if (tree->node(node).rule != Rule::Constant)
            continue;
        const std::string_view value = tree->word(node, Field::Value);
        int number = 0;
        const auto [end, problem] =
            std::from_chars(value.data(), value.data() + value.size(), number);
        if (problem == std::errc() && end == value.data() + value.size())
            constants.push_back(
                {QString::fromStdString(std::string(tree->word(node, Field::Name))), number});
    }
    return constants;
}

VerdictMatrix::VerdictMatrix(QObject* parent)
    : QObject(parent)
{
}

VerdictMatrix::Constants VerdictMatrix::constants(int row, int column) const
{
    Constants constants;
    const auto add = [&constants](const widgets::MatrixAxis& axis, int index) {
        if (!axis.constant.isEmpty())
            constants.emplace_back(axis.constant.toStdString(), std::to_string(axis.from + index));
    };
    add(m_rows, row);
    if (m_columns.constant != m_rows.constant)
        add(m_columns, column);
    return constants;
}

void VerdictMatrix::start(
    const std::string& text, const widgets::MatrixAxis& rows, const widgets::MatrixAxis& columns)
{
    m_text = text;
    m_rows = rows;
    m_columns = columns;
    m_reports.clear();
    const quint64 generation = ++m_generation;
    std::vector<std::pair<std::pair<int, int>, Constants>> cells;
    for (int row = 0; row < rows.count(); ++row)
        for (int column = 0; column < columns.count(); ++column)
            cells.push_back({{row, column}, constants(row, column)});
    m_worker.submit(
        [this, generation, text, cells = std::move(cells)](const std::stop_token& stop) {
            ExplorerLimits limits;
            limits.states = kStates;
            limits.time = kTime;
            for (const auto& [cell, values] : cells) {
                std::optional<ExplorationReport> report;
                const CompiledProgram program = compileProgram(text, {.constants = values});
                if (program.code)
                    report = explore(program.code, limits, stop);
                if (stop.stop_requested())
                    break;
                QMetaObject::invokeMethod(
                    this,
                    [this, generation, place = cell, report = std::move(report)] {
                        fill(generation, place, report);
                    },
                    Qt::QueuedConnection);
            }
            QMetaObject::invokeMethod(
                this,
                [this, generation] {
                    if (generation == m_generation)
                        emit ended();
                },
                Qt::QueuedConnection);
        });
}

void VerdictMatrix::cancel()
{
    m_worker.cancel();
}

void VerdictMatrix::fill(
    quint64 generation, std::pair<int, int> cell, const std::optional<ExplorationReport>& report)
{
    if (generation != m_generation)
        return;
    if (report)
        m_reports[cell] = *report;
    emit filled(cell.first, cell.second, report);
}

const ExplorationReport* VerdictMatrix::report(int row, int column) const
{
    const auto found = m_reports.find({row, column});
    return found == m_reports.end() ? nullptr : &found->second;
}

} // namespace heddle::app
