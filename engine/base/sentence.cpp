// SPDX-License-Identifier: Apache-2.0
#include "engine/base/sentence.h"

#include <utility>

namespace heddle {

Sentence::Sentence(std::string words)
    : m_pattern(std::move(words))
{
}

Sentence::Sentence(const char* words)
    : m_pattern(words)
{
}

Sentence Sentence::of(const char* pattern, std::vector<Sentence> arguments)
{
    Sentence sentence(pattern);
    sentence.m_arguments = std::move(arguments);
    sentence.m_isPattern = true;
    return sentence;
}

Sentence Sentence::bent(std::string inEnglish, std::string elsewhere)
{
    Sentence sentence(std::move(inEnglish));
    sentence.m_elsewhere = std::move(elsewhere);
    return sentence;
}

Sentence Sentence::joined(std::vector<Sentence> sentences)
{
    Sentence all;
    for (Sentence& each : sentences) {
        if (each.isEmpty())
            continue;
        all = all.isEmpty()
            ? std::move(each)
            : of(HEDDLE_TEXT("Sentence", "%1 %2"), {std::move(all), std::move(each)});
    }
    return all;
}

Sentence Sentence::list(const std::vector<std::string>& words)
{
    std::string head;
    for (std::size_t i = 0; i + 1 < words.size(); ++i)
        head += (i > 0 ? ", " : "") + words[i];
    if (words.size() < 2)
        return words.empty() ? Sentence() : Sentence(words.front());
    return of(HEDDLE_TEXT("Sentence", "%1 and %2"), {head, words.back()});
}

std::string Sentence::text() const
{
    if (!m_isPattern)
        return m_pattern;
    std::vector<std::string> arguments;
    arguments.reserve(m_arguments.size());
    for (const Sentence& argument : m_arguments)
        arguments.push_back(argument.text());
    return filled(m_pattern, arguments);
}

std::string filled(std::string_view pattern, const std::vector<std::string>& arguments)
{
    std::string text;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const bool isPlace = pattern[i] == '%' && i + 1 < pattern.size() && pattern[i + 1] > '0'
            && pattern[i + 1] <= '9';
        if (!isPlace) {
            text += pattern[i];
            continue;
        }
        ++i;
        const auto number = static_cast<std::size_t>(pattern[i] - '1');
        if (number < arguments.size())
            text += arguments[number];
    }
    return text;
}

} // namespace heddle
