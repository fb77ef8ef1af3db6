// SPDX-License-Identifier: Apache-2.0
// Fields are those of protos/perfetto/trace: trace.proto, trace_packet.proto, interned_data.proto,
// track_event/{track_event,track_descriptor,debug_annotation}.proto; perfetto_fields.h lists them.
#include "engine/model/trace/perfetto_format.h"

#include "engine/model/trace/output_file.h"
#include "engine/model/trace/packet_stream.h"
#include "engine/model/trace/perfetto_packet.h"
#include "engine/model/trace/perfetto_reader.h"
#include "engine/model/trace/perfetto_writer.h"
#include "engine/model/trace/trace_writer.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

namespace heddle {

namespace {

/// Decodes every packet; stops where the file is damaged.
class PacketLoop
{
public:
    PacketLoop(PacketStream& stream, PerfettoDecoder::DefineName defineName)
        : m_stream(stream)
        , m_decoder(std::move(defineName))
    {
    }

    /// Calls `visit(decoded, decoder)` for each until it returns false.
    template <typename Visit> void run(Visit visit)
    {
        while (const auto packet = m_stream.next()) {
            PerfettoDecoder::Decoded decoded;
            try {
                decoded = m_decoder.decode(packet->bytes);
            } catch (const protozero::exception&) {
                m_damage = "byte " + std::to_string(packet->offset)
                    + ": what stands in this packet is damaged";
                return;
            }
            ++m_packets;
            if (!visit(decoded, m_decoder))
                return;
        }
        m_damage = m_stream.damage();
    }

    [[nodiscard]] std::size_t packets() const { return m_packets; }
    [[nodiscard]] const std::string& damage() const { return m_damage; }

private:
    PacketStream& m_stream;
    PerfettoDecoder m_decoder;
    std::size_t m_packets = 0;
    std::string m_damage;
};

/// When the first event of the file happened: 0 for Heddle's own, whose times count from the start.
std::int64_t startOf(PacketStream& stream)
{
    std::optional<std::int64_t> start;
    PacketLoop loop(stream, [](std::string_view) { return NameId{}; });
    loop.run([&start](const PerfettoDecoder::Decoded& decoded, const PerfettoDecoder& decoder) {
        if (!decoded.hasEvent)
            return true;
        start = std::min(start.value_or(decoder.event().time), decoder.event().time);
        if (decoder.event().isHeddle)
            start = 0;
        return !decoder.event().isHeddle;
    });
    return start.value_or(0);
}

} // namespace

Result<void> savePerfetto(const Trace& trace, const std::string& path)
{
    Result<OutputFile> file = OutputFile::create(path);
    if (!file)
        return file.error();
    PerfettoWriter(trace, *file).write();
    return file->commit();
}

Result<LoadedTrace> loadPerfetto(const std::string& path)
{
    Result<PacketStream> stream = PacketStream::open(path);
    if (!stream)
        return stream.error();
    const std::int64_t start = startOf(*stream);
    if (Result<void> again = stream->rewind(); !again)
        return again.error();

    TraceWriter writer;
    PerfettoReader reader(writer);
    reader.setStart(start);
    std::unordered_map<std::string, NameId> names;
    PacketLoop loop(*stream, [&writer, &names](std::string_view text) {
        const auto [place, isNew] = names.try_emplace(std::string(text));
        if (isNew) {
            place->second.value = static_cast<std::uint32_t>(names.size());
            writer.defineName(place->second, place->first);
        }
        return place->second;
    });
    loop.run([&reader](const PerfettoDecoder::Decoded& decoded, const PerfettoDecoder& decoder) {
        if (decoded.hasTrack)
            reader.takeTrack(decoder.track());
        if (decoded.hasEvent)
            reader.takeEvent(decoder.event(), decoder.fact());
        return true;
    });
    if (loop.packets() == 0)
        return Error{ErrorKind::BadTrace, 0, "read " + path,
            loop.damage().empty() ? "the file is empty" : loop.damage()};
    reader.finish();
    return LoadedTrace{writer.trace(), loop.damage()};
}

} // namespace heddle
