// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/result.h"

#include <string>
#include <string_view>

namespace heddle {

/// Turns bytes that come in pieces into text: UTF-8 in which every line ends with LF.
///
/// CR LF and CR become LF, and a character or line end may be split over two pieces.
///
/// Threads: one thread at a time.
class TextDecoder
{
public:
    enum class Encoding
    {
        Ascii,
        Latin1,
        Utf8,
        Utf16LittleEndian,
        Utf16BigEndian,
        Utf32LittleEndian,
        Utf32BigEndian
    };
    enum class BadBytes
    {
        AreAnError,
        AreReplaced, ///< by U+FFFD
        AreLeftOut,
        AreEscaped, ///< each byte as "\xff"
        AreKept ///< as they came: nothing is lost, but the text is no UTF-8 there
    };

    explicit TextDecoder(
        Encoding encoding = Encoding::Utf8, BadBytes badBytes = BadBytes::AreAnError)
        : m_encoding(encoding)
        , m_badBytes(badBytes)
    {
    }

    /// The text of bytes that have come to their end, such as what a process has written.
    ///
    /// Errors:  InvalidArgument if bytes are no text and that is an error.
    /// Threads: any thread.
    [[nodiscard]] static Result<std::string> decodeAll(std::string_view bytes,
        Encoding encoding = Encoding::Utf8, BadBytes badBytes = BadBytes::AreAnError);

    /// The text that is complete with these bytes.
    ///
    /// Errors:  InvalidArgument if bytes are no text and that is an error.
    [[nodiscard]] Result<std::string> decode(std::string_view bytes);

    /// The text of what is left at the end. Errors: as decode, for a character cut off.
    [[nodiscard]] Result<std::string> finish();

private:
    enum class Step
    {
        Character,
        Bad,
        Incomplete
    };
    struct Taken
    {
        Step step;
        std::size_t bytes;
        char32_t character;
    };
    [[nodiscard]] Taken next(std::string_view bytes) const;
    [[nodiscard]] static Taken nextUtf8(std::string_view bytes);
    [[nodiscard]] static Taken nextUtf16(std::string_view bytes, bool bigEndian);
    void append(char32_t character, std::string& text);
    void appendBad(std::string_view bytes, std::string& text);

    Encoding m_encoding;
    BadBytes m_badBytes;
    std::string m_rest; ///< bytes of a character that is not complete
    bool m_afterReturn = false; ///< a CR was last: an LF that follows belongs to it
};

} // namespace heddle
