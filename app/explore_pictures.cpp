// SPDX-License-Identifier: GPL-3.0-only
#include "app/docks.h"
#include "app/explore_presenter.h"
#include "app/status_line.h"
#include "widgets/explorer/explorer_panel.h"
#include "widgets/explorer/state_graph_view.h"
#include "widgets/explorer/verdict_matrix_view.h"

#include <QTabWidget>

#include <algorithm>

namespace heddle::app {

void ExplorePresenter::connectPictures()
{
    connect(&m_panel.tabs(), &QTabWidget::currentChanged, this, [this] {
        mapIfShown();
        offerConstants();
    });
    connect(m_graph, &widgets::StateGraphView::stateChosen, this, &ExplorePresenter::goToState);
    connect(&m_mapper, &StateMapper::mapped, this,
        [this](const std::shared_ptr<const MappedStates>& states) {
            m_map = states;
            m_graph->setPicture(states->map.picture, states->layout);
            showWalkInPicture();
        });
    connect(&m_mapper, &StateMapper::refused, this, [this](const QString& why) {
        m_map.reset();
        m_graph->setMessage(why);
    });
}

void ExplorePresenter::mapIfShown()
{
    const bool isShown = m_panel.tabs().currentWidget() == m_graph;
    if (!isShown || m_walkText.empty() || m_mappedText == m_walkText)
        return;
    m_mappedText = m_walkText;
    m_map.reset();
    m_graph->setMessage(tr("The states are being laid out…"));
    m_mapper.map(m_walkText);
}

void ExplorePresenter::showWalkInPicture()
{
    const auto& walk = m_panel.walk();
    if (m_map && walk)
        m_graph->setWalk(widgets::statesOf(m_map->map.picture, walk->schedule, walk->moment.step));
}

void ExplorePresenter::goToState(std::uint32_t state)
{
    const auto& walk = m_panel.walk();
    if (!m_map || !walk || state >= m_map->map.ways.size())
        return;
    m_isShown = true;
    const std::vector<std::uint32_t> known =
        widgets::statesOf(m_map->map.picture, walk->schedule, walk->schedule.steps.size());
    const auto place = std::find(known.begin(), known.end(), state);
    const Schedule& way = m_map->map.ways[state];
    if (place != known.end())
        m_walks.goTo(static_cast<std::size_t>(place - known.begin()));
    else
        m_walks.follow(way, way.steps.size());
}

void ExplorePresenter::connectMatrix()
{
    using widgets::VerdictMatrixView;
    connect(m_matrixView, &VerdictMatrixView::startWanted, this, [this] {
        m_matrixView->begin();
        m_matrix.start(text(), m_matrixView->rows(), m_matrixView->columns());
    });
    connect(m_matrixView, &VerdictMatrixView::cancelWanted, &m_matrix, &VerdictMatrix::cancel);
    connect(m_matrixView, &VerdictMatrixView::cellChosen, this, &ExplorePresenter::openVariant);
    connect(&m_matrix, &VerdictMatrix::filled, m_matrixView, &VerdictMatrixView::setCell);
    connect(&m_matrix, &VerdictMatrix::ended, m_matrixView, &VerdictMatrixView::end);
}

void ExplorePresenter::offerConstants()
{
    if (m_panel.tabs().currentWidget() == m_matrixView)
        m_matrixView->setConstants(constantsOf(text()));
}

/// The schedule that shows what the variant does, in a walk through that variant.
void ExplorePresenter::openVariant(int row, int column)
{
    const ExplorationReport* report = m_matrix.report(row, column);
    if (report == nullptr || m_matrix.text() != text())
        return;
    const ExploredExpectation* shown = nullptr;
    for (const ExploredExpectation& each : report->expectations)
        if (each.witness
            && (shown == nullptr
                || (shown->status != ExploredExpectation::Status::Failed
                    && each.status == ExploredExpectation::Status::Failed)))
            shown = &each;
    showReport(*report);
    const Schedule schedule = shown != nullptr ? *shown->witness : Schedule{};
    m_panel.setGear(widgets::Gear::Hand);
    const VerdictMatrix::Constants constants = m_matrix.constants(row, column);
    begin(schedule, schedule.steps.size(), constants);
    QStringList values;
    for (const auto& [name, value] : constants)
        values.append(QStringLiteral("%1 = %2").arg(
            QString::fromStdString(name), QString::fromStdString(value)));
    m_parts.status.note(
        tr("The variant with %1 is in your hands.").arg(values.join(QStringLiteral(", "))));
}

} // namespace heddle::app
