// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/base/clock.h"
#include "engine/base/json_writer.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

namespace heddle::bench {

/// Rounds of one measurement: nanoseconds for each operation, one number a round.
using Rounds = std::vector<double>;

inline double median(Rounds rounds)
{
    std::sort(rounds.begin(), rounds.end());
    return rounds.empty() ? 0 : rounds[rounds.size() / 2];
}

/// Runs `work` and says how many nanoseconds it took for each of `operations`.
template <typename Work> double timed(std::uint64_t operations, const Work& work)
{
    const nanoseconds before = monotonicNow();
    work();
    return static_cast<double>((monotonicNow() - before).count()) / static_cast<double>(operations);
}

/// One line of a benchmark: Heddle's figures and those of its peers.
struct Row
{
    std::string work;
    Rounds heddle;
    std::vector<std::pair<std::string, Rounds>> peers;
    std::vector<std::pair<std::string, double>> extra; ///< other figures that belong to it
};

inline double ratioToBest(const Row& row)
{
    double best = 0;
    for (const auto& [name, rounds] : row.peers)
        best = best == 0 ? median(rounds) : std::min(best, median(rounds));
    return best == 0 ? 0 : median(row.heddle) / best;
}

/// The rows of a benchmark, printed as a table or as one JSON object.
class BenchReport
{
public:
    explicit BenchReport(std::string name)
        : m_name(std::move(name))
    {
    }
    void add(Row row) { m_rows.push_back(std::move(row)); }

    void print(bool asJson) const
    {
        if (asJson)
            std::printf("%s\n", json().c_str());
        else
            printTable();
    }

private:
    static void writeRounds(JsonWriter& writer, const Rounds& rounds)
    {
        writer.beginObject().key("median").number(median(rounds));
        writer.key("min").number(*std::min_element(rounds.begin(), rounds.end()));
        writer.key("max").number(*std::max_element(rounds.begin(), rounds.end()));
        writer.key("n").unsignedInteger(rounds.size()).endObject();
    }
    static void writeRow(JsonWriter& writer, const Row& row)
    {
        writer.beginObject().key("work").text(row.work).key("heddle");
        writeRounds(writer, row.heddle);
        writer.key("peers").beginObject();
        for (const auto& [name, rounds] : row.peers) {
            writer.key(name);
            writeRounds(writer, rounds);
        }
        writer.endObject().key("ratio_to_best");
        if (row.peers.empty())
            writer.null();
        else
            writer.number(ratioToBest(row));
        for (const auto& [name, value] : row.extra)
            writer.key(name).number(value);
        writer.endObject();
    }
    [[nodiscard]] std::string json() const
    {
        JsonWriter writer;
        writer.beginObject()
            .key("name")
            .text(m_name)
            .key("unit")
            .text("ns")
            .key("rows")
            .beginArray();
        for (const Row& row : m_rows)
            writeRow(writer, row);
        writer.endArray().endObject();
        return writer.result();
    }
    void printTable() const
    {
        std::printf("%s (ns)\n", m_name.c_str());
        for (const Row& row : m_rows) {
            std::printf("  %-44s %9.2f", row.work.c_str(), median(row.heddle));
            for (const auto& [name, rounds] : row.peers)
                std::printf("   %s %.2f", name.c_str(), median(rounds));
            if (!row.peers.empty())
                std::printf("   ratio %.2f", ratioToBest(row));
            for (const auto& [name, value] : row.extra)
                std::printf("   %s %.6g", name.c_str(), value);
            std::printf("\n");
        }
    }

    std::string m_name;
    std::vector<Row> m_rows;
};

} // namespace heddle::bench
