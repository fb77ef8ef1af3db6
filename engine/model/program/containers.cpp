// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/evaluate.h"

namespace heddle {

namespace {

/// Bytes of the UTF-8 character that begins with this one; 1 for a stray byte.
std::size_t characterLength(char first)
{
    const auto byte = static_cast<unsigned char>(first);
    if (byte >= 0xF0)
        return 4;
    if (byte >= 0xE0)
        return 3;
    return byte >= 0xC0 ? 2 : 1;
}

ListValue charactersOf(const std::string& text)
{
    ListValue characters;
    for (std::size_t at = 0; at < text.size() && characters.size() < kMaximumItems;) {
        const std::size_t length = characterLength(text[at]);
        characters.push_back(Value::text(text.substr(at, length)));
        at += length;
    }
    return characters;
}

Evaluated listElement(const ListValue& items, const Value& key)
{
    if (items.empty())
        return Evaluated::raise("Missing", "an empty list has no item " + key.toText());
    ElementIndex place = elementIndex(key, 0, static_cast<std::int32_t>(items.size()), "the list");
    return place.problem.isRaised() ? std::move(place.problem)
                                    : Evaluated(items[static_cast<std::size_t>(place.element)]);
}

Evaluated tooDeep(Value container)
{
    if (container.depth() > kMaximumDepth)
        return Evaluated::raise("NoResources", "lists lie in each other too deep");
    return container;
}

Evaluated notAContainer(const Value& value)
{
    return Evaluated::raise(
        kBadValue, value.toText() + " has no items: it is no list, table or text");
}

} // namespace

Evaluated elementOf(const Value& container, const Value& key)
{
    switch (container.kind()) {
    case ValueKind::List:
        return listElement(container.asList(), key);
    case ValueKind::Text:
        return listElement(charactersOf(container.asText()), key);
    case ValueKind::Table: {
        const auto entry = container.asTable().find(key);
        if (entry == container.asTable().end())
            return Evaluated::raise("Missing", "the table has no key " + key.toText());
        return entry->second;
    }
    case ValueKind::Unset:
        return Evaluated::raise("Missing", "a value is used that is not set yet");
    default:
        return notAContainer(container);
    }
}

Evaluated replaceElement(const Value& container, const Value& key, const Value& item)
{
    if (container.is(ValueKind::Table)) {
        TableValue entries = container.asTable();
        entries.insert_or_assign(key, item);
        return tooDeep(Value::table(std::move(entries)));
    }
    if (!container.is(ValueKind::List))
        return notAContainer(container);
    Evaluated old = listElement(container.asList(), key);
    if (old.isRaised())
        return old;
    ListValue items = container.asList();
    items[static_cast<std::size_t>(key.number())] = item;
    return tooDeep(Value::list(std::move(items)));
}

Evaluated makeList(std::span<const Value> items)
{
    return tooDeep(Value::list({items.begin(), items.end()}));
}

Evaluated makeTable(std::span<const Value> keysAndItems)
{
    TableValue entries;
    for (std::size_t i = 0; i + 1 < keysAndItems.size(); i += 2)
        entries.insert_or_assign(keysAndItems[i], keysAndItems[i + 1]);
    return tooDeep(Value::table(std::move(entries)));
}

Evaluated itemsOf(const Value& container)
{
    switch (container.kind()) {
    case ValueKind::List:
        return container;
    case ValueKind::Table: {
        ListValue keys;
        for (const auto& [key, item] : container.asTable())
            keys.push_back(key);
        return Value::list(std::move(keys));
    }
    case ValueKind::Text:
        return Value::list(charactersOf(container.asText()));
    default:
        return notAContainer(container);
    }
}

} // namespace heddle
