// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/completion.h"

#include "engine/base/text.h"
#include "engine/model/program/catalogue.h"
#include "engine/model/program/characters.h"
#include "engine/model/program/lexer.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace heddle {

namespace {

/// A name that the program declares.
struct DeclaredName
{
    CompletionKind kind = CompletionKind::Variable;
    PrimitiveKind primitive = PrimitiveKind::None;
    std::string_view text;
};

/// Where the caret is, as far as it matters for what can stand there.
struct Place
{
    std::string_view prefix; ///< what is written of the word
    std::string_view firstWord; ///< of the line; empty if the caret is in it
    bool isSecondWord = false; ///< right after the first
    bool isPart = false; ///< right after the point of a stream
    bool isNested = false; ///< inside of a block
};

bool isWordByte(char byte)
{
    const auto value = static_cast<unsigned char>(byte);
    return byte == '_' || value >= 0x80 || isDigit(byte) || (value | 0x20U) - 'a' < 26U;
}

Place placeOf(std::string_view text, std::uint32_t offset)
{
    const std::size_t end = std::min<std::size_t>(offset, text.size());
    std::size_t begin = end;
    while (begin > 0 && isWordByte(text[begin - 1]))
        --begin;
    std::size_t lineBegin = begin;
    while (lineBegin > 0 && text[lineBegin - 1] != '\n')
        --lineBegin;
    Place place;
    place.prefix = text.substr(begin, end - begin);
    const std::string_view before = text.substr(lineBegin, begin - lineBegin);
    place.isNested = !before.empty() && (before.front() == ' ' || before.front() == '\t');
    const std::size_t first = std::min(before.find_first_not_of(" \t"), before.size());
    place.firstWord = before.substr(first, nameLength(before, first));
    const std::string_view rest = before.substr(first + place.firstWord.size());
    place.isPart = !before.empty() && before.back() == '.' && !place.firstWord.empty();
    place.isSecondWord = rest.find_first_not_of(' ') == std::string_view::npos;
    return place;
}

void addNames(const SyntaxTree& tree, NodeIndex index, std::vector<DeclaredName>& names)
{
    const Node& node = tree.node(index);
    const auto add = [&](CompletionKind kind, std::string_view text, PrimitiveKind primitive) {
        if (!text.empty())
            names.push_back({kind, primitive, text});
    };
    switch (node.rule) {
    case Rule::Constant:
    case Rule::SharedStore:
    case Rule::PrivateStore:
    case Rule::Local:
    case Rule::For:
    case Rule::Choose:
        add(CompletionKind::Variable, tree.word(index, Field::Name), PrimitiveKind::None);
        break;
    case Rule::NameWithCount:
        if (const PrimitiveRow* row = findPrimitive(tree.word(node.parent, Field::Word)))
            add(CompletionKind::Object, tree.word(index, Field::Name), row->kind);
        break;
    case Rule::Actor:
        add(CompletionKind::Actor, tree.word(index, Field::Name), PrimitiveKind::None);
        add(CompletionKind::Variable, tree.word(index, Field::Variable), PrimitiveKind::None);
        break;
    case Rule::Definition:
        add(CompletionKind::Definition, tree.word(index, Field::Name), PrimitiveKind::None);
        break;
    case Rule::Word:
        if (node.field == Field::Parameter)
            add(CompletionKind::Variable, tree.sourceText(index), PrimitiveKind::None);
        break;
    case Rule::Reference:
        if (node.field == Field::Into)
            add(CompletionKind::Variable, tree.word(index, Field::Name), PrimitiveKind::None);
        break;
    default:
        break;
    }
}

std::vector<DeclaredName> declaredNames(const SyntaxTree& tree)
{
    std::vector<DeclaredName> names;
    for (std::size_t i = 0; i < tree.nodeCount(); ++i)
        addNames(tree, static_cast<NodeIndex>(i), names);
    return names;
}

/// Collects what begins with the prefix, each word once.
class Collector
{
public:
    explicit Collector(std::string_view prefix)
        : m_prefix(prefix)
    {
    }

    void add(Completion completion)
    {
        const bool fits = completion.text.size() > m_prefix.size()
            && std::equal(m_prefix.begin(), m_prefix.end(), completion.text.begin(),
                [](char left, char right) { return (left | 0x20) == (right | 0x20); });
        if (fits && m_seen.insert(completion.text).second)
            m_found.push_back(std::move(completion));
    }
    void addWord(CompletionKind kind, std::string_view word)
    {
        add({kind, std::string(word), std::string(word), {}, {}});
    }
    [[nodiscard]] std::vector<Completion> take() { return std::move(m_found); }

private:
    std::string_view m_prefix;
    std::set<std::string> m_seen;
    std::vector<Completion> m_found;
};

/// What can be done to the rule's object: `lock` fits a mutex; `spawn` fits an actor.
bool fitsVerb(const DeclaredName& name, Rule rule)
{
    if (name.kind == CompletionKind::Object) {
        const auto rules = primitiveRow(name.primitive).statements;
        return std::find(rules.begin(), rules.end(), rule) != rules.end();
    }
    if (name.kind == CompletionKind::Actor)
        return rule == Rule::Spawn || rule == Rule::Join || rule == Rule::Send;
    if (name.kind == CompletionKind::Definition)
        return rule == Rule::Call;
    static constexpr std::array kOfHandles = {Rule::Join, Rule::Cancel, Rule::Get, Rule::Read,
        Rule::Write, Rule::Close, Rule::Communicate, Rule::Send};
    return std::find(kOfHandles.begin(), kOfHandles.end(), rule) != kOfHandles.end();
}

bool takesAName(Rule rule)
{
    static constexpr std::array kVerbs = {Rule::Lock, Rule::Unlock, Rule::Acquire, Rule::Release,
        Rule::Wait, Rule::Notify, Rule::Set, Rule::Clear, Rule::Arrive, Rule::Abort, Rule::Finish,
        Rule::Put, Rule::Get, Rule::Close, Rule::Spawn, Rule::Join, Rule::Cancel, Rule::Call,
        Rule::With, Rule::Read, Rule::Write, Rule::Communicate};
    return std::find(kVerbs.begin(), kVerbs.end(), rule) != kVerbs.end();
}

/// Lines that name a signal.
bool takesASignal(Rule rule)
{
    return rule == Rule::Send || rule == Rule::On || rule == Rule::Pause
        || rule == Rule::AwaitUntil;
}

void addSignals(Collector& collector)
{
    for (int signal = 1; signal <= 31; ++signal)
        collector.addWord(CompletionKind::Word, signalName(signal));
}

void addBeginnings(Collector& collector, bool isNested)
{
    for (const StatementRow& row : statementRows()) {
        const bool isAnywhere = row.rule == Rule::On;
        if (row.word.empty() || (isDeclarationWord(row.word) == isNested && !isAnywhere))
            continue;
        const bool isWhole = row.form == row.word || row.form.back() == ':';
        collector.add({isNested ? CompletionKind::Statement : CompletionKind::Declaration,
            std::string(row.word), std::string(row.word) + (isWhole ? "" : " "), row.form,
            row.summary});
    }
    if (isNested)
        return;
    for (const PrimitiveRow& row : primitiveRows())
        collector.add({CompletionKind::Declaration, std::string(row.keyword),
            std::string(row.keyword) + " ", row.declaration, row.summary});
}

/// The names that a statement can be about.
void addNamesFor(Rule rule, Collector& collector, const std::vector<DeclaredName>& names)
{
    if (takesASignal(rule))
        addSignals(collector);
    const bool isVerb = takesAName(rule);
    for (const DeclaredName& name : names)
        if (isVerb && fitsVerb(name, rule))
            collector.addWord(name.kind, name.text);
    if (rule != Rule::Raise && rule != Rule::Except)
        return;
    for (const std::string_view name : exceptionNames())
        collector.addWord(CompletionKind::Exception, name);
}

/// Words in small letters of a form: "within", "read".
void addWordsOfForm(Collector& collector, std::string_view form)
{
    std::size_t begin = 0;
    while (begin < form.size()) {
        std::size_t end = begin;
        while (end < form.size() && form[end] >= 'a' && form[end] <= 'z')
            ++end;
        if (end > begin)
            collector.addWord(CompletionKind::Word, form.substr(begin, end - begin));
        begin = end + 1;
    }
}

void addOptions(Collector& collector, bool isSecondWord)
{
    for (const OptionRow& row : optionRows()) {
        if (isSecondWord)
            collector.add({CompletionKind::Word, std::string(row.name), std::string(row.name) + " ",
                {}, row.summary});
        for (const std::string_view value : row.values)
            if (!isSecondWord)
                collector.addWord(CompletionKind::Word, value);
    }
}

void addExpressionWords(Collector& collector, const std::vector<DeclaredName>& names)
{
    for (const DeclaredName& name : names)
        collector.addWord(name.kind, name.text);
    for (const FunctionRow& row : functionRows())
        collector.add({CompletionKind::Function, std::string(row.name),
            std::string(row.name) + (row.maximumArguments > 0 ? "(" : ""), row.form, row.summary});
    for (const std::string_view word : {"true", "false", "none", "and", "or", "not", "in"})
        collector.addWord(CompletionKind::Word, word);
}

} // namespace

std::vector<Completion> completions(const SyntaxTree& tree, std::uint32_t offset)
{
    const Place place = placeOf(tree.text(), offset);
    const std::vector<DeclaredName> names = declaredNames(tree);
    Collector collector(place.prefix);
    if (place.firstWord.empty()) {
        addBeginnings(collector, place.isNested);
        for (const DeclaredName& name : names)
            if (place.isNested && name.kind == CompletionKind::Variable)
                collector.addWord(name.kind, name.text);
        return collector.take();
    }
    if (place.firstWord == "option") {
        addOptions(collector, place.isSecondWord);
        return collector.take();
    }
    if (place.isPart) {
        for (const std::string_view part : {"reader", "writer", "stderr"})
            collector.addWord(CompletionKind::Word, part);
        return collector.take();
    }
    const StatementRow* row = findStatement(place.firstWord);
    if (row != nullptr)
        addNamesFor(row->rule, collector, names);
    if (row != nullptr && takesAName(row->rule) && place.isSecondWord)
        return collector.take();
    if (row != nullptr)
        addWordsOfForm(collector, row->form);
    addExpressionWords(collector, names);
    return collector.take();
}

} // namespace heddle
