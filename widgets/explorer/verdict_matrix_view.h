// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/exploration/verdict.h"

#include <QWidget>

#include <array>
#include <optional>
#include <vector>

class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;
class QTableWidget;

namespace heddle::widgets {

/// A constant of the program and the values that are tried for it.
struct MatrixAxis
{
    QString constant; ///< empty: this side is not used
    int from = 1;
    int to = 1;

    [[nodiscard]] int count() const { return constant.isEmpty() ? 1 : to - from + 1; }
    friend bool operator==(const MatrixAxis&, const MatrixAxis&) = default;
};

/// A whole-number constant of the program.
struct NamedConstant
{
    QString name;
    int value = 0;
    friend bool operator==(const NamedConstant&, const NamedConstant&) = default;
};

/// The verdicts over one or two constants: a cell for each pair of values, with a symbol, a colour
/// and its reason; a cell that is chosen opens that variant.
class VerdictMatrixView : public QWidget
{
    Q_OBJECT

public:
    static constexpr int kMostValues = 24; ///< of a constant

    explicit VerdictMatrixView(QWidget* parent = nullptr);

    /// Offers these constants; what was chosen stays if it is still there.
    void setConstants(const std::vector<NamedConstant>& constants);

    [[nodiscard]] MatrixAxis rows() const { return axis(0); }
    [[nodiscard]] MatrixAxis columns() const { return axis(1); }
    void setAxis(int side, const MatrixAxis& axis); ///< 0: rows, 1: columns

    /// An empty matrix of the axes; the cells are filled one by one.
    void begin();
    void setCell(int row, int column, const std::optional<ExplorationReport>& report);
    void end();

    [[nodiscard]] QTableWidget& table() { return *m_table; }
    [[nodiscard]] QPushButton& startButton() { return *m_start; }

signals:
    void startWanted();
    void cancelWanted();
    void cellChosen(int row, int column);

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void retranslate();
    void showButtons();
    void offerValues(int side);
    [[nodiscard]] MatrixAxis axis(int side) const;

    struct Side
    {
        QComboBox* constant = nullptr;
        QSpinBox* from = nullptr;
        QSpinBox* to = nullptr;
        QLabel* between = nullptr;
    };
    std::array<Side, 2> m_sides;
    std::vector<NamedConstant> m_constants;
    QPushButton* m_start;
    QPushButton* m_cancel;
    QLabel* m_hint;
    QTableWidget* m_table;
    bool m_isRunning = false;
};

} // namespace heddle::widgets
