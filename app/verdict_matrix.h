// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "app/newest_worker.h"
#include "engine/model/exploration/verdict.h"
#include "widgets/explorer/verdict_matrix_view.h"

#include <QObject>

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace heddle::app {

/// The whole-number constants that a program declares.
///
/// Threads: any thread.
[[nodiscard]] std::vector<widgets::NamedConstant> constantsOf(const std::string& text);

/// Searches a program for each pair of values of one or two of its constants, one after the other on
/// a thread of its own; a new matrix replaces the old one.
///
/// Threads: the GUI thread.
class VerdictMatrix : public QObject
{
    Q_OBJECT

public:
    using Constants = std::vector<std::pair<std::string, std::string>>; ///< as `--set` has them

    explicit VerdictMatrix(QObject* parent = nullptr);

    /// filled() follows for each cell and ended() when there are no more.
    void start(const std::string& text, const widgets::MatrixAxis& rows,
        const widgets::MatrixAxis& columns);
    void cancel(); ///< ended() follows

    [[nodiscard]] const std::string& text() const { return m_text; } ///< of the program

    /// What was found in a cell so far.
    [[nodiscard]] const ExplorationReport* report(int row, int column) const;
    [[nodiscard]] Constants constants(int row, int column) const;

    static constexpr std::size_t kStates = 300'000; ///< of a cell
    static constexpr std::chrono::seconds kTime{3};

signals:
    /// Nothing: this variant has errors.
    void filled(int row, int column, const std::optional<heddle::ExplorationReport>& report);
    void ended();

private:
    void fill(quint64 generation, std::pair<int, int> cell,
        const std::optional<ExplorationReport>& report);

    std::string m_text;
    widgets::MatrixAxis m_rows;
    widgets::MatrixAxis m_columns;
    std::map<std::pair<int, int>, ExplorationReport> m_reports;
    quint64 m_generation = 0;
    NewestWorker m_worker; // last: its thread uses this object
};

} // namespace heddle::app
