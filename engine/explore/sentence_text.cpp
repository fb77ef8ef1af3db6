// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/sentence_text.h"

#include <array>
#include <utility>

namespace heddle {

namespace {

bool endsWith(std::string_view word, std::string_view end)
{
    return word.size() >= end.size() && word.substr(word.size() - end.size()) == end;
}

std::string verbOf(const std::string& verb)
{
    if (endsWith(verb, "fy"))
        return verb.substr(0, verb.size() - 1) + "ies";
    if (endsWith(verb, "sh") || endsWith(verb, "ch") || endsWith(verb, "s"))
        return verb + "es";
    return verb + "s";
}

// What does not begin with a verb of its own.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kOthers = {{
    {"its time has come", "comes to its time"},
    {"atomic block", "runs an atomic block"},
    {"after", "starts a timer after"},
    {"compare and exchange", "compares and exchanges"},
    {"wait", "waits for"},
}};

} // namespace

std::string listText(const std::vector<std::string>& words)
{
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0)
            text += i + 1 == words.size() ? " and " : ", ";
        text += words[i];
    }
    return text;
}

std::string commaText(const std::vector<std::string>& words)
{
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : ", ") + word;
    return text;
}

std::string thirdPerson(const std::string& step)
{
    for (const auto& [form, other] : kOthers) {
        const bool begins = step.rfind(form, 0) == 0;
        if (begins && (step.size() == form.size() || step[form.size()] == ' '))
            return std::string(other) + step.substr(form.size());
    }
    const std::size_t end = step.find_first_of(" :");
    const std::string rest = end == std::string::npos ? std::string() : step.substr(end);
    return verbOf(step.substr(0, end)) + rest;
}

std::string countText(std::int64_t count, std::string_view one)
{
    return std::to_string(count) + " " + std::string(one) + (count == 1 ? "" : "s");
}

} // namespace heddle
