// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Marks a text that people see, so that translations find it: `HEDDLE_TEXT("Primitive", "Mutex")`.
/// The value is the English text; widgets show it through QCoreApplication::translate.
#define HEDDLE_TEXT(context, text) text

namespace heddle {

/// A sentence, or a part of one, that can be told in other languages: a pattern and what fills it.
///
/// `%1` to `%9` in the pattern stand for its arguments, which are sentences again or words that no
/// language changes: names, numbers, the language's own words. All patterns of the engine are of
/// the translation context `Sentence`.
///
/// Threads: immutable, but for assignment.
class Sentence
{
public:
    Sentence() = default;

    /// Words that are taken as they are, in every language.
    Sentence(std::string words); // implicit: names are arguments all the time
    Sentence(const char* words);

    /// `pattern`: a literal, marked with HEDDLE_TEXT("Sentence", …).
    [[nodiscard]] static Sentence of(const char* pattern, std::vector<Sentence> arguments = {});

    /// Words that only English bends: "locks fork[2]", and "lock fork[2]" in all other languages.
    [[nodiscard]] static Sentence bent(std::string inEnglish, std::string elsewhere);

    /// The sentences one after the other.
    [[nodiscard]] static Sentence joined(std::vector<Sentence> sentences);

    /// "a", "a and b", "a, b and c".
    [[nodiscard]] static Sentence list(const std::vector<std::string>& words);

    [[nodiscard]] bool isEmpty() const { return m_pattern.empty(); }
    [[nodiscard]] bool isTranslatable() const { return m_isPattern; }
    [[nodiscard]] const std::string& pattern() const { return m_pattern; }
    [[nodiscard]] const std::vector<Sentence>& arguments() const { return m_arguments; }

    /// Of words that are not translated: what stands for them in other languages.
    [[nodiscard]] const std::string& elsewhere() const
    {
        return m_elsewhere.empty() ? m_pattern : m_elsewhere;
    }

    /// In English.
    [[nodiscard]] std::string text() const;

    bool operator==(const Sentence&) const = default;

private:
    std::string m_pattern; ///< or the words themselves
    std::string m_elsewhere; ///< empty: the same words
    std::vector<Sentence> m_arguments;
    bool m_isPattern = false;
};

/// `pattern` with `%1` to `%9` replaced by the arguments, which are not looked into again.
[[nodiscard]] std::string filled(
    std::string_view pattern, const std::vector<std::string>& arguments);

} // namespace heddle
