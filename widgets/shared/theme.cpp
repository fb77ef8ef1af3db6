// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/shared/theme.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QFile>
#include <QStyleFactory>

#include <array>
#include <utility>

// A static library's resources are linked in only if somebody asks for them, outside any namespace.
static void initialiseResources()
{
    Q_INIT_RESOURCE(icons);
}

namespace heddle::widgets {

namespace {

const QString& portalService()
{
    static const QString kName = QStringLiteral("org.freedesktop.portal.Desktop");
    return kName;
}

const QString& portalPath()
{
    static const QString kPath = QStringLiteral("/org/freedesktop/portal/desktop");
    return kPath;
}

const QString& portalSettings()
{
    static const QString kInterface = QStringLiteral("org.freedesktop.portal.Settings");
    return kInterface;
}

const QString& appearance()
{
    static const QString kNamespace = QStringLiteral("org.freedesktop.appearance");
    return kNamespace;
}

const QString& colourSchemeKey()
{
    static const QString kKey = QStringLiteral("color-scheme");
    return kKey;
}

// The portal's Read answers with a variant inside a variant.
uint preferenceIn(QVariant value)
{
    while (value.canConvert<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    return value.toUInt();
}

ThemeColours makeLight()
{
    return {.window = QColor(0xf3f4f7),
        .surface = QColor(0xfdfdfe),
        .surfaceRaised = QColor(0xebedf2),
        .border = QColor(0xd4d8e0),
        .gridLine = QColor(0xe7eaef),
        .text = QColor(0x1b2029),
        .textMuted = QColor(0x5a6373),
        .accent = QColor(0x2563c9),
        .accentText = QColor(0xffffff),
        .danger = QColor(0xc2183a),
        .dangerText = QColor(0xffffff),
        .warning = QColor(0x9a5b00),
        .success = QColor(0x17694d)};
}

ThemeColours makeDark()
{
    return {.window = QColor(0x1a1d23),
        .surface = QColor(0x14171c),
        .surfaceRaised = QColor(0x242830),
        .border = QColor(0x343a45),
        .gridLine = QColor(0x262b33),
        .text = QColor(0xe6e9ef),
        .textMuted = QColor(0x9aa4b4),
        .accent = QColor(0x5c97f5),
        .accentText = QColor(0x0c1118),
        .danger = QColor(0xff6b81),
        .dangerText = QColor(0x1c0509),
        .warning = QColor(0xe8b14a),
        .success = QColor(0x45c79b)};
}

QColor mixed(const QColor& one, const QColor& other, double share)
{
    return QColor::fromRgbF(static_cast<float>(one.redF() * (1 - share) + other.redF() * share),
        static_cast<float>(one.greenF() * (1 - share) + other.greenF() * share),
        static_cast<float>(one.blueF() * (1 - share) + other.blueF() * share));
}

QString styleSheetFor(ColourScheme scheme)
{
    initialiseResources();
    QFile file(QStringLiteral(":/themes/heddle.qss"));
    if (!file.open(QIODevice::ReadOnly | QIODevice::Text))
        return {};
    QString sheet = QString::fromUtf8(file.readAll());
    const ThemeColours& colours = themeColours(scheme);
    const std::array<std::pair<const char*, QColor>, 9> names{{
        {"@window@", colours.window},
        {"@surface@", colours.surface},
        {"@raised@", colours.surfaceRaised},
        {"@border@", colours.border},
        {"@text@", colours.text},
        {"@muted@", colours.textMuted},
        {"@accent@", colours.accent},
        {"@accentText@", colours.accentText},
        {"@hover@", mixed(colours.surfaceRaised, colours.text, 0.07)},
    }};
    for (const auto& [name, colour] : names)
        sheet.replace(QLatin1String(name), colour.name());
    return sheet;
}

} // namespace

const ThemeColours& themeColours(ColourScheme scheme)
{
    static const ThemeColours kLight = makeLight();
    static const ThemeColours kDark = makeDark();
    return scheme == ColourScheme::Light ? kLight : kDark;
}

ColourScheme schemeOf(const QPalette& palette)
{
    return palette.color(QPalette::Active, QPalette::Window).lightness() < 128
        ? ColourScheme::Dark
        : ColourScheme::Light;
}

QPalette themePalette(ColourScheme scheme)
{
    const ThemeColours& colours = themeColours(scheme);
    QPalette palette(colours.text, colours.window);
    palette.setColor(QPalette::Window, colours.window);
    palette.setColor(QPalette::WindowText, colours.text);
    palette.setColor(QPalette::Base, colours.surface);
    palette.setColor(QPalette::AlternateBase, mixed(colours.surface, colours.surfaceRaised, 0.5));
    palette.setColor(QPalette::Text, colours.text);
    palette.setColor(QPalette::PlaceholderText, colours.textMuted);
    palette.setColor(QPalette::Button, colours.surfaceRaised);
    palette.setColor(QPalette::ButtonText, colours.text);
    palette.setColor(QPalette::BrightText, colours.danger);
    palette.setColor(QPalette::ToolTipBase, colours.surfaceRaised);
    palette.setColor(QPalette::ToolTipText, colours.text);
    palette.setColor(QPalette::Highlight, colours.accent);
    palette.setColor(QPalette::HighlightedText, colours.accentText);
    palette.setColor(QPalette::Link, colours.accent);
    palette.setColor(QPalette::LinkVisited, colours.accent);
    palette.setColor(QPalette::Mid, colours.border);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, mixed(colours.textMuted, colours.window, 0.45));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, colours.border);
    return palette;
}

Theme::Theme(SchemeChoice choice, QObject* parent)
    : QObject(parent)
    , m_choice(choice)
    , m_desktopScheme(schemeOf(QApplication::palette()))
{
    apply();
    askPortal();
}

void Theme::setChoice(SchemeChoice choice)
{
    m_choice = choice;
    apply();
}

void Theme::desktopSettingChanged(
    const QString& settingNamespace, const QString& key, const QDBusVariant& value)
{
    if (settingNamespace == appearance() && key == colourSchemeKey())
        setDesktopPreference(preferenceIn(value.variant()));
}

void Theme::askPortal()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(portalService(), portalPath(), portalSettings(), QStringLiteral("SettingChanged"),
        this, SLOT(desktopSettingChanged(QString, QString, QDBusVariant)));
    QDBusMessage question = QDBusMessage::createMethodCall(
        portalService(), portalPath(), portalSettings(), QStringLiteral("Read"));
    question << appearance() << colourSchemeKey();
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(question, 1000), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        if (!reply.isError())
            setDesktopPreference(preferenceIn(reply.value().variant()));
        watcher->deleteLater();
    });
}

void Theme::setDesktopPreference(uint preference)
{
    // 0: no preference, 1: dark, 2: light.
    if (preference != 1 && preference != 2)
        return;
    m_desktopScheme = preference == 1 ? ColourScheme::Dark : ColourScheme::Light;
    apply();
}

void Theme::apply()
{
    const ColourScheme wanted = m_choice == SchemeChoice::Dark ? ColourScheme::Dark
        : m_choice == SchemeChoice::Light                      ? ColourScheme::Light
                                                               : m_desktopScheme;
    if (m_isApplied && wanted == m_scheme)
        return;
    if (!m_isApplied)
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    m_isApplied = true;
    m_scheme = wanted;
    QApplication::setPalette(themePalette(wanted));
    qApp->setStyleSheet(styleSheetFor(wanted));
    emit schemeChanged();
}

} // namespace heddle::widgets
