// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/editor/program_lexer.h"

#include "engine/model/program/parser.h"
#include "widgets/editor/program_styles.h"

#include <QList>
#include <Qsci/qsciscintilla.h>

namespace heddle::widgets {

namespace {

struct LineIndent
{
    int blanks = 0;
    bool isBlank = true;
};

LineIndent indentOf(const QByteArray& line)
{
    LineIndent indent;
    while (indent.blanks < line.size() && line[indent.blanks] == ' ')
        ++indent.blanks;
    const char first = indent.blanks < line.size() ? line[indent.blanks] : '\n';
    indent.isBlank = first == '\n' || first == '\r';
    return indent;
}

} // namespace

ProgramLexer::ProgramLexer(QObject* parent)
    : QsciLexerCustom(parent)
{
}

void ProgramLexer::setScheme(ColourScheme scheme, const QFont& font)
{
    const QColor paper = themeColours(scheme).surface;
    setDefaultPaper(paper);
    setDefaultColor(textStyleColour(TextStyle::Plain, scheme));
    setDefaultFont(font);
    for (int style = 0; style < kTextStyleCount; ++style) {
        const auto textStyle = static_cast<TextStyle>(style);
        QFont styled = font;
        styled.setItalic(textStyle == TextStyle::Comment);
        styled.setBold(textStyle == TextStyle::Declaration || textStyle == TextStyle::Statement);
        setColor(textStyleColour(textStyle, scheme), style);
        setPaper(paper, style);
        setFont(styled, style);
    }
}

QString ProgramLexer::description(int style) const
{
    switch (static_cast<TextStyle>(style)) {
    case TextStyle::Plain:
        return tr("Plain");
    case TextStyle::Comment:
        return tr("Comment");
    case TextStyle::Text:
        return tr("Text");
    case TextStyle::Number:
        return tr("Number");
    case TextStyle::Declaration:
        return tr("Declaration");
    case TextStyle::Statement:
        return tr("Statement");
    case TextStyle::Word:
        return tr("Word of a statement");
    case TextStyle::Function:
        return tr("Function");
    case TextStyle::Unknown:
        return tr("Not a word of the language");
    }
    return {};
}

void ProgramLexer::styleText(int /*start*/, int /*end*/)
{
    // The whole text each time: a program is short, and indentation above decides what is below.
    const QByteArray text = editor()->text().toUtf8();
    if (text.size() > kStyledBytesLimit) {
        startStyling(0);
        setStyling(static_cast<int>(text.size()), static_cast<int>(TextStyle::Plain));
        return;
    }
    styleSpans(text);
    foldLines(text);
}

void ProgramLexer::styleSpans(const QByteArray& text)
{
    const ParsedProgram parsed = parseProgram(text.toStdString());
    startStyling(0);
    std::uint32_t styled = 0;
    for (const StyledSpan& span : styleProgram(*parsed.tree)) {
        if (span.offset < styled)
            continue;
        setStyling(static_cast<int>(span.offset - styled), static_cast<int>(TextStyle::Plain));
        setStyling(static_cast<int>(span.length), static_cast<int>(span.style));
        styled = span.offset + span.length;
    }
    setStyling(static_cast<int>(text.size()) - static_cast<int>(styled),
        static_cast<int>(TextStyle::Plain));
}

void ProgramLexer::foldLines(const QByteArray& text)
{
    using Scintilla = QsciScintillaBase;
    const QList<QByteArray> lines = text.split('\n');
    int next = 0; // indentation of the nearest line below that is not blank
    for (qsizetype i = lines.size() - 1; i >= 0; --i) {
        const LineIndent indent = indentOf(lines[i]);
        int level = Scintilla::SC_FOLDLEVELBASE + (indent.isBlank ? next : indent.blanks);
        if (indent.isBlank)
            level |= Scintilla::SC_FOLDLEVELWHITEFLAG;
        else if (next > indent.blanks)
            level |= Scintilla::SC_FOLDLEVELHEADERFLAG;
        if (!indent.isBlank)
            next = indent.blanks;
        editor()->SendScintilla(Scintilla::SCI_SETFOLDLEVEL, static_cast<unsigned long>(i), level);
    }
}

} // namespace heddle::widgets
