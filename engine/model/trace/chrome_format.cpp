// SPDX-License-Identifier: Apache-2.0
// Chrome's trace event format: X (slice), i (moment), C (level), s and f (edge), M (names and order).
#include "engine/model/trace/output_file.h"
#include "engine/model/trace/perfetto_fields.h"
#include "engine/model/trace/perfetto_format.h"
#include "engine/model/trace/track.h"

#include <array>
#include <cstdio>
#include <string_view>

namespace heddle {

namespace {

constexpr std::uint32_t kFirstBareLane = 1U << 30; ///< threads of lanes without a track
constexpr int kProcessOfGroup = 1; ///< plus the group: each group of lanes is shown as a process

const char* suffixOf(TrackKind kind)
{
    switch (kind) {
    case TrackKind::Activity:
        return " (activity)";
    case TrackKind::Section:
        return " (sections)";
    case TrackKind::Scheduler:
        return " (scheduler)";
    case TrackKind::Holder:
        return " (holder)";
    case TrackKind::Processor:
        return " (processor)";
    case TrackKind::Level:
        return " (level)";
    }
    return "";
}

/// How many bytes the well-formed UTF-8 sequence at the beginning has, 0 if it is none.
std::size_t sequenceLength(std::string_view text)
{
    const auto byte = [text](std::size_t i) {
        return static_cast<unsigned>(static_cast<unsigned char>(text[i]));
    };
    const unsigned first = byte(0);
    std::size_t length = 0;
    if (first < 0x80)
        return 1;
    if (first >= 0xc2 && first < 0xe0)
        length = 2;
    else if (first >= 0xe0 && first < 0xf0)
        length = 3;
    else if (first >= 0xf0 && first < 0xf5)
        length = 4;
    if (length == 0 || length > text.size())
        return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0U) != 0x80U)
            return 0;
    }
    const bool isTooLong = (first == 0xe0 && byte(1) < 0xa0) || (first == 0xf0 && byte(1) < 0x90);
    const bool isNoCharacter =
        (first == 0xed && byte(1) >= 0xa0) || (first == 0xf4 && byte(1) >= 0x90);
    return isTooLong || isNoCharacter ? 0 : length;
}

/// A text as JSON: quotes, escapes, and no byte that is not UTF-8.
std::string quoted(std::string_view text)
{
    std::string result = "\"";
    while (!text.empty()) {
        const char first = text.front();
        const std::size_t length = sequenceLength(text);
        if (length == 0) {
            result += "\\ufffd";
        } else if (static_cast<unsigned char>(first) < 0x20) {
            std::array<char, 8> escape{};
            const int size = std::snprintf(escape.data(), escape.size(), "\\u%04x",
                static_cast<unsigned>(static_cast<unsigned char>(first)));
            result.append(escape.data(), static_cast<std::size_t>(size));
        } else {
            if (first == '"' || first == '\\')
                result += '\\';
            result += text.substr(0, length);
        }
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return result + '"';
}

/// Microseconds with three places: nanoseconds exactly.
std::string microseconds(std::int64_t duration)
{
    std::array<char, 32> text{};
    const int size = std::snprintf(text.data(), text.size(), "%lld.%03lld",
        static_cast<long long>(duration / 1000), static_cast<long long>(duration % 1000));
    return {text.data(), static_cast<std::size_t>(size)};
}

class ChromeWriter
{
public:
    ChromeWriter(const Trace& trace, OutputFile& file)
        : m_trace(trace)
        , m_file(file)
        , m_lanes(trace.lanes())
    {
    }

    void write();

private:
    void writeNames();
    void writeThread(const std::string& where, const std::string& name, int order);
    void writeSlices(const Lane& lane, const Track& track);
    void writeSlice(const std::string& where, const Slice& slice);
    void writeSamples(const Lane& lane, const Track& track);
    void writeMoments(const Lane& lane);
    void writeEdges();
    void event(const std::string& members);
    [[nodiscard]] static std::string place(const Lane& lane, TrackId track);
    [[nodiscard]] static std::string place(const Lane& lane);

    const Trace& m_trace;
    OutputFile& m_file;
    std::vector<Lane> m_lanes;
    bool m_isFirst = true;
};

void ChromeWriter::event(const std::string& members)
{
    m_file.write(m_isFirst ? "\n{" : ",\n{");
    m_file.write(members);
    m_file.write("}");
    m_isFirst = false;
}

/// A thread of its own for each track: their slices need not nest. Moments stand with the first.
std::string ChromeWriter::place(const Lane& lane, TrackId track)
{
    const std::uint32_t thread = track ? track.value : kFirstBareLane + lane.id.value;
    return "\"pid\":" + std::to_string(kProcessOfGroup + static_cast<int>(lane.group))
        + ",\"tid\":" + std::to_string(thread);
}

std::string ChromeWriter::place(const Lane& lane)
{
    return place(lane, lane.tracks.empty() ? TrackId{} : lane.tracks.front());
}

void ChromeWriter::writeNames()
{
    constexpr std::array<const char*, 4> kGroups{"Actors", "Objects", "Processors", "Counters"};
    for (std::size_t group = 0; group < kGroups.size(); ++group) {
        const std::string process =
            "\"pid\":" + std::to_string(kProcessOfGroup + static_cast<int>(group));
        event(R"("ph":"M","name":"process_name",)" + process + R"(,"args":{"name":)"
            + quoted(kGroups[group]) + "}");
        event(R"("ph":"M","name":"process_sort_index",)" + process + R"(,"args":{"sort_index":)"
            + std::to_string(group) + "}");
    }
    int order = 0;
    for (const Lane& lane : m_lanes) {
        if (lane.tracks.empty())
            writeThread(place(lane), lane.name, order++);
        for (const TrackId id : lane.tracks) {
            const bool isFirst = id == lane.tracks.front();
            const std::string name = lane.name + suffixOf(m_trace.track(id)->kind());
            writeThread(place(lane, id), isFirst ? lane.name : name, order++);
        }
    }
}

void ChromeWriter::writeThread(const std::string& where, const std::string& name, int order)
{
    event(R"("ph":"M","name":"thread_name",)" + where + R"(,"args":{"name":)" + quoted(name) + "}");
    event(R"("ph":"M","name":"thread_sort_index",)" + where + R"(,"args":{"sort_index":)"
        + std::to_string(order) + "}");
}

void ChromeWriter::writeSlice(const std::string& where, const Slice& slice)
{
    const char* state = perfetto::wordOf(slice.state);
    std::string arguments;
    if (slice.line != 0)
        arguments = "\"line\":" + std::to_string(slice.line);
    if (slice.argument != 0) {
        arguments += arguments.empty() ? "" : ",";
        arguments += slice.argumentIsActor
            ? "\"actor\":" + quoted(m_trace.actorName(ActorId{slice.argument}))
            : "\"object\":" + quoted(m_trace.objectName(ObjectId{slice.argument}));
    }
    event(R"("ph":"X","name":)" + quoted(slice.name ? m_trace.name(slice.name) : state)
        + ",\"cat\":" + quoted(state) + ",\"ts\":" + microseconds(slice.begin) + ",\"dur\":"
        + microseconds(slice.end - slice.begin) + "," + where + ",\"args\":{" + arguments + "}");
}

void ChromeWriter::writeSlices(const Lane& lane, const Track& track)
{
    const std::string where = place(lane, track.id());
    const auto open = track.openSlice();
    const std::size_t count = track.sliceCount();
    for (std::size_t i = 0; i < count && !m_file.hasFailed(); ++i)
        writeSlice(where, track.slice(i));
    if (open && (count == 0 || track.slice(count - 1).end <= open->begin))
        writeSlice(where, *open);
}

void ChromeWriter::writeSamples(const Lane& lane, const Track& track)
{
    const std::size_t count = track.sampleCount();
    for (std::size_t i = 0; i < count && !m_file.hasFailed(); ++i) {
        const Sample sample = track.sample(i);
        event(R"("ph":"C","name":)" + quoted(lane.name) + ",\"ts\":" + microseconds(sample.time)
            + "," + place(lane) + ",\"args\":{\"value\":" + std::to_string(sample.value) + "}");
    }
}

void ChromeWriter::writeMoments(const Lane& lane)
{
    const std::size_t count = m_trace.momentCount(lane.id);
    for (std::size_t i = 0; i < count && !m_file.hasFailed(); ++i) {
        const Moment moment = m_trace.moment(lane.id, i);
        const char* kind = perfetto::wordOf(moment.kind);
        event(R"("ph":"i","s":"t","name":)" + quoted(moment.name ? m_trace.name(moment.name) : kind)
            + ",\"cat\":" + quoted(kind) + ",\"ts\":" + microseconds(moment.time) + ","
            + place(lane) + ",\"args\":{\"line\":" + std::to_string(moment.line)
            + ",\"value\":" + std::to_string(moment.argument) + "}");
    }
}

void ChromeWriter::writeEdges()
{
    const std::size_t count = m_trace.edgeCount();
    for (std::size_t i = 0; i < count && !m_file.hasFailed(); ++i) {
        const Edge edge = m_trace.edge(i);
        const auto from = m_trace.lane(edge.from);
        const auto to = m_trace.lane(edge.to);
        if (!from || !to)
            continue;
        const std::string common = ",\"cat\":\"edge\",\"id\":" + std::to_string(i + 1)
            + ",\"name\":" + quoted(perfetto::wordOf(edge.kind));
        event(
            R"("ph":"s")" + common + ",\"ts\":" + microseconds(edge.fromTime) + "," + place(*from));
        event(R"("ph":"f","bp":"e")" + common + ",\"ts\":" + microseconds(edge.toTime) + ","
            + place(*to));
    }
}

void ChromeWriter::write()
{
    m_file.write("{\"displayTimeUnit\":\"ns\",\"otherData\":{");
    bool isFirst = true;
    for (const auto& [key, value] : m_trace.properties()) {
        m_file.write((isFirst ? "" : ",") + quoted(key) + ":" + quoted(value));
        isFirst = false;
    }
    m_file.write("},\"traceEvents\":[");
    writeNames();
    for (const Lane& lane : m_lanes) {
        for (const TrackId id : lane.tracks) {
            const Track& track = *m_trace.track(id);
            writeSlices(lane, track);
            writeSamples(lane, track);
        }
        writeMoments(lane);
    }
    writeEdges();
    m_file.write("\n]}\n");
}

} // namespace

Result<void> saveChromeJson(const Trace& trace, const std::string& path)
{
    Result<OutputFile> file = OutputFile::create(path);
    if (!file)
        return file.error();
    ChromeWriter(trace, *file).write();
    return file->commit();
}

} // namespace heddle
