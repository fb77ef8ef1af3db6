// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/explorer/state_graph_layout.h"

#include <algorithm>
#include <locale>
#include <set>
#include <sstream>
#include <utility>

namespace heddle::widgets {

std::string toDot(const StatePicture& picture)
{
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << "digraph states {\n  rankdir=LR; ranksep=0.35; nodesep=0.2;\n"
         << "  node [shape=circle, fixedsize=true, width=0.3, label=\"\"];\n";
    for (const StatePicture::Node& node : picture.nodes)
        text << "  " << node.number << ";\n";
    std::set<std::pair<std::uint32_t, std::uint32_t>> drawn;
    for (const StatePicture::Edge& edge : picture.edges)
        if (drawn.insert({edge.from, edge.to}).second)
            text << "  " << edge.from << " -> " << edge.to << ";\n";
    text << "}\n";
    return text.str();
}

namespace {

/// Reads the lines of `dot -Tplain` one after the other.
class PlainReader
{
public:
    explicit PlainReader(std::size_t count) { m_layout.nodes.resize(count); }

    /// Whether the line could be read.
    [[nodiscard]] bool read(const std::string& line)
    {
        std::istringstream words(line);
        words.imbue(std::locale::classic());
        std::string kind;
        words >> kind;
        if (kind == "graph")
            return readGraph(words);
        if (kind == "node")
            return readNode(words);
        if (kind == "edge")
            return readEdge(words);
        return kind.empty() || kind == "stop";
    }

    [[nodiscard]] bool isComplete() const { return m_found == m_layout.nodes.size(); }
    StateGraphLayout take() { return std::move(m_layout); }

private:
    bool readGraph(std::istream& words)
    {
        double scale = 0;
        double width = 0;
        words >> scale >> width >> m_height;
        m_layout.size = QSizeF(width, m_height) * StateGraphLayout::kUnit;
        return !words.fail();
    }

    bool readNode(std::istream& words)
    {
        std::size_t number = 0;
        words >> number;
        const QPointF centre = point(words);
        if (words.fail() || number >= m_layout.nodes.size())
            return false;
        m_layout.nodes[number] = centre;
        ++m_found;
        return true;
    }

    bool readEdge(std::istream& words)
    {
        StateGraphLayout::Edge edge;
        std::size_t points = 0;
        words >> edge.from >> edge.to >> points;
        const std::size_t count = m_layout.nodes.size();
        for (std::size_t i = 0; i < points && !words.fail(); ++i)
            edge.curve.push_back(point(words));
        if (words.fail() || points % 3 != 1 || edge.from >= count || edge.to >= count)
            return false;
        m_layout.edges.push_back(std::move(edge));
        return true;
    }

    QPointF point(std::istream& words) const
    {
        double x = 0;
        double y = 0;
        words >> x >> y;
        return QPointF(x, m_height - y) * StateGraphLayout::kUnit;
    }

    StateGraphLayout m_layout;
    double m_height = 0;
    std::size_t m_found = 0;
};

} // namespace

std::optional<StateGraphLayout> readPlain(std::string_view plain, std::size_t count)
{
    PlainReader reader(count);
    std::istringstream lines{std::string(plain)};
    std::string line;
    while (std::getline(lines, line))
        if (!reader.read(line))
            return std::nullopt;
    if (!reader.isComplete())
        return std::nullopt;
    return reader.take();
}

std::vector<std::uint32_t> statesOf(
    const StatePicture& picture, const Schedule& schedule, std::size_t steps)
{
    std::vector<std::uint32_t> states{0};
    for (std::size_t i = 0; i < std::min(steps, schedule.steps.size()); ++i) {
        const ScheduledStep& step = schedule.steps[i];
        std::int32_t choice = step.choice;
        const auto found = std::find_if(
            picture.edges.begin(), picture.edges.end(), [&](const StatePicture::Edge& edge) {
                return edge.from == states.back() && edge.actor == step.actor && choice-- == 0;
            });
        if (found == picture.edges.end())
            break;
        states.push_back(found->to);
    }
    return states;
}

} // namespace heddle::widgets
