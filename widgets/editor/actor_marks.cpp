// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/editor/actor_marks.h"

#include <QByteArray>
#include <QFontMetrics>
#include <QStringList>

#include <algorithm>

namespace heddle::widgets {

namespace {

constexpr std::size_t kMarksPerLine = 5;

struct ColourPair
{
    QRgb light;
    QRgb dark;
};

constexpr std::array<ColourPair, ActorMarks::kColours> kActorColours{{
    {0xff0b57a8, 0xff7db5f5},
    {0xff9a4a00, 0xffffb266},
    {0xff006b4f, 0xff5fd3ab},
    {0xff8e2a7c, 0xffe79bd6},
    {0xff5a6a00, 0xffc6d65a},
    {0xff00687a, 0xff68cfe2},
    {0xffa3282f, 0xffff9a94},
    {0xff4f46b5, 0xffb3adff},
}};

} // namespace

int actorNumber(const ActorPosition& position)
{
    const qsizetype open = position.name.lastIndexOf(u'[');
    if (open < 0 || !position.name.endsWith(u']'))
        return position.ordinal;
    bool isNumber = false;
    const int number =
        position.name.mid(open + 1, position.name.size() - open - 2).toInt(&isNumber);
    return isNumber ? number : position.ordinal;
}

QColor actorColour(int number, ColourScheme scheme)
{
    const ColourPair& pair =
        kActorColours[static_cast<std::size_t>(std::abs(number) % ActorMarks::kColours)];
    return QColor::fromRgb(scheme == ColourScheme::Dark ? pair.dark : pair.light);
}

ActorMarks::ActorMarks(QsciScintilla& editor)
    : m_editor(editor)
{
    m_editor.setMarginType(kMargin, QsciScintilla::TextMargin);
    m_editor.setMarginWidth(kMargin, 0);
}

void ActorMarks::setScheme(ColourScheme scheme, const QFont& font)
{
    QFont bold = font;
    bold.setBold(true);
    for (int i = 0; i < kColours; ++i) {
        QsciStyle& style = m_styles[static_cast<std::size_t>(i)];
        style.setFont(bold);
        style.setColor(actorColour(i, scheme));
        style.setPaper(themeColours(scheme).surfaceRaised);
        style.apply(&m_editor);
    }
    m_shown.clear();
    m_editor.clearMarginText();
    show();
}

void ActorMarks::setPositions(std::vector<ActorPosition> positions)
{
    if (positions == m_positions)
        return;
    m_positions = std::move(positions);
    show();
}

void ActorMarks::show()
{
    std::map<int, std::vector<int>> wanted;
    for (const ActorPosition& position : m_positions)
        if (position.line > 0 && position.line <= m_editor.lines())
            wanted[position.line - 1].push_back(actorNumber(position));
    for (const auto& [line, numbers] : m_shown)
        if (!wanted.contains(line))
            m_editor.clearMarginText(line);
    QString widest;
    for (const auto& [line, numbers] : wanted) {
        const QString text = mark(line, numbers);
        if (text.size() > widest.size())
            widest = text;
    }
    const int needed = QFontMetrics(m_styles[0].font()).horizontalAdvance(widest) + 8;
    m_width = wanted.empty() ? 0 : std::max(m_width, needed);
    m_editor.setMarginWidth(kMargin, m_width);
    m_shown = std::move(wanted);
}

QString ActorMarks::mark(int line, const std::vector<int>& numbers)
{
    QByteArray text;
    QByteArray styles; // one byte for each byte of the text
    for (std::size_t i = 0; i < std::min(numbers.size(), kMarksPerLine + 1); ++i) {
        const QString number = i == kMarksPerLine ? QString(u'…') : QString::number(numbers[i]);
        text += (QString(i == 0 ? u'▸' : u' ') + number).toUtf8();
        const auto colour = static_cast<std::size_t>(std::abs(numbers[i]) % kColours);
        styles.resize(text.size(), static_cast<char>(m_styles[colour].style()));
    }
    const auto shown = m_shown.find(line);
    if (shown == m_shown.end() || shown->second != numbers) {
        // Not by QsciStyledText: each of them leaks.
        const auto at = static_cast<unsigned long>(line);
        m_editor.SendScintilla(QsciScintilla::SCI_MARGINSETTEXT, at, text.constData());
        m_editor.SendScintilla(QsciScintilla::SCI_MARGINSETSTYLES, at, styles.constData());
    }
    return QString::fromUtf8(text);
}

QString ActorMarks::actorsIn(int line) const
{
    QStringList names;
    for (const ActorPosition& position : m_positions)
        if (position.line == line + 1)
            names.append(position.name);
    return names.join(QStringLiteral(", "));
}

} // namespace heddle::widgets
