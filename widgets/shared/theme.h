// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QColor>
#include <QObject>
#include <QPalette>

class QDBusVariant;

namespace heddle::widgets {

enum class ColourScheme
{
    Light,
    Dark
};

/// What the user asked for.
enum class SchemeChoice
{
    FollowDesktop,
    Light,
    Dark
};

/// The named colours that own painting uses beside the palette.
struct ThemeColours
{
    QColor window; ///< behind panels
    QColor surface; ///< of lists, editors and lanes
    QColor surfaceRaised; ///< headers, hovered rows, cards
    QColor border;
    QColor gridLine;
    QColor text;
    QColor textMuted; ///< second-rank words; still readable (4.5:1)
    QColor accent; ///< selection, focus, follow
    QColor accentText; ///< on accent
    QColor danger; ///< deadlock, failure
    QColor dangerText; ///< on danger
    QColor warning;
    QColor success;
};

[[nodiscard]] const ThemeColours& themeColours(ColourScheme scheme);

/// The scheme a palette belongs to: widgets ask their own palette and follow QEvent::PaletteChange.
[[nodiscard]] ColourScheme schemeOf(const QPalette& palette);
[[nodiscard]] QPalette themePalette(ColourScheme scheme);

/// Gives the whole application its style, palette and style sheet, light or dark.
///
/// It follows the desktop (the portal's color-scheme, else the palette found at the start) unless
/// told otherwise. Make one after the QApplication; it is applied at once.
///
/// Threads: the GUI thread.
class Theme : public QObject
{
    Q_OBJECT

public:
    explicit Theme(SchemeChoice choice = SchemeChoice::FollowDesktop, QObject* parent = nullptr);

    void setChoice(SchemeChoice choice);
    [[nodiscard]] SchemeChoice choice() const { return m_choice; }
    [[nodiscard]] ColourScheme scheme() const { return m_scheme; }

signals:
    void schemeChanged();

private slots:
    void desktopSettingChanged(
        const QString& settingNamespace, const QString& key, const QDBusVariant& value);

private:
    void askPortal();
    void setDesktopPreference(uint preference);
    void apply();

    SchemeChoice m_choice;
    ColourScheme m_desktopScheme;
    ColourScheme m_scheme = ColourScheme::Light;
    bool m_isApplied = false;
};

} // namespace heddle::widgets
