// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/strong_id.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include <protozero/pbf_reader.hpp>

namespace heddle {

class FieldCursor;

/// What a table of interned numbers leads to; numbers that count up stand in a list, others in a map.
template <typename T> class InternedTable
{
public:
    void set(std::uint64_t iid, T value)
    {
        if (iid < m_dense.size())
            m_dense[iid] = value;
        else if (iid <= m_dense.size() * 2 + kSlack)
            extend(iid, value);
        else
            m_sparse[iid] = value;
    }
    [[nodiscard]] T get(std::uint64_t iid) const
    {
        if (iid < m_dense.size())
            return m_dense[iid];
        const auto found = m_sparse.find(iid);
        return found == m_sparse.end() ? T{} : found->second;
    }
    void clear()
    {
        m_dense.clear();
        m_sparse.clear();
    }

private:
    static constexpr std::size_t kSlack = 128;

    void extend(std::uint64_t iid, T value)
    {
        m_dense.resize(iid + 1);
        m_dense[iid] = value;
    }

    std::vector<T> m_dense;
    std::unordered_map<std::uint64_t, T> m_sparse;
};

/// A TrackEvent with its interned parts resolved.
struct PerfettoEvent
{
    std::int64_t time = 0;
    std::uint32_t type = 0;
    std::uint64_t track = 0;
    NameId name;
    std::uint64_t nameIid = 0;
    std::uint64_t category = 0; ///< iid of the first one
    bool isHeddle = false; ///< of a sequence that Heddle wrote: iids have fixed meanings
    bool isFact = false; ///< see PerfettoDecoder::fact()
    std::uint64_t line = 0;
    std::uint64_t subject = 0; ///< iid of the object or actor, 0: none
    std::uint64_t value = 0;
    std::int64_t counter = 0;
    std::optional<std::uint64_t> flow;
    std::optional<std::uint64_t> terminatingFlow;
};

/// What a Heddle file says about itself: a name and values with names.
struct PerfettoFact
{
    using Value = std::variant<std::uint64_t, double, std::string>;

    std::string name;
    std::map<std::string, Value> values;

    /// The value of that name and type, or an empty one.
    template <typename T> [[nodiscard]] T get(const char* key) const
    {
        const auto found = values.find(key);
        const T* value = found == values.end() ? nullptr : std::get_if<T>(&found->second);
        return value == nullptr ? T{} : *value;
    }
};

/// A TrackDescriptor.
struct PerfettoTrack
{
    std::uint64_t uuid = 0;
    std::uint64_t parent = 0;
    std::string name;
    bool isCounter = false;
    bool isThread = false;
    std::uint32_t threadId = 0;
};

/// Decodes packets; keeps what packets of a sequence have in common.
///
/// Threads: one thread at a time.
class PerfettoDecoder
{
public:
    /// Gives an id to a name; the same for the same text.
    using DefineName = std::function<NameId(std::string_view)>;

    explicit PerfettoDecoder(DefineName defineName)
        : m_defineName(std::move(defineName))
    {
    }

    struct Decoded
    {
        bool hasEvent = false;
        bool hasTrack = false;
    };

    /// Decodes one packet into event() and track(). Throws protozero::exception if it is malformed.
    [[nodiscard]] Decoded decode(std::string_view packet);

    [[nodiscard]] const PerfettoEvent& event() const { return m_event; }
    [[nodiscard]] const PerfettoFact& fact() const { return m_fact; } ///< if event().isFact
    [[nodiscard]] const PerfettoTrack& track() const { return m_track; }

private:
    enum class Annotation : std::uint8_t
    {
        Other,
        Line,
        Subject,
        Value
    };

    struct Clock
    {
        bool isIncremental = false;
        std::uint64_t multiplier = 1;
        std::uint64_t value = 0;
        std::uint64_t offset = 0;
    };
    struct Sequence
    {
        bool isHeddle = false;
        std::uint64_t defaultTrack = 0;
        std::uint64_t defaultClock = 0;
        std::unordered_map<std::uint64_t, Clock> clocks;
        InternedTable<NameId> names;
        InternedTable<Annotation> annotations;
    };
    struct Parts;

    [[nodiscard]] Sequence& sequence(std::uint32_t id);
    static void split(std::string_view packet, Parts& parts);
    [[nodiscard]] bool takeRare(Sequence& sequence, const Parts& parts);
    void takeInterned(Sequence& sequence, protozero::pbf_reader data);
    static void takeDefaults(Sequence& sequence, protozero::pbf_reader data);
    static void takeClocks(Sequence& sequence, protozero::pbf_reader data);
    [[nodiscard]] static std::int64_t timeOf(Sequence& sequence, const Parts& parts);
    void takeEvent(const Sequence& sequence, FieldCursor data);
    void takeAnnotation(const Sequence& sequence, std::string_view message);
    void takeFact(protozero::pbf_reader data);
    void takeName(std::string_view text);
    void takeCategory(std::uint64_t iid);
    [[nodiscard]] static Annotation annotationOf(std::string_view word);
    void takeTrack(protozero::pbf_reader data);
    void takeThread(protozero::pbf_reader data);

    DefineName m_defineName;
    std::unordered_map<std::uint32_t, Sequence> m_sequences;
    std::uint32_t m_lastId = 0;
    Sequence* m_last = nullptr;
    PerfettoEvent m_event;
    PerfettoFact m_fact;
    PerfettoTrack m_track;
};

} // namespace heddle
