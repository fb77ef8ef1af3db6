// SPDX-License-Identifier: GPL-3.0-only
#include "app/settings.h"

#include <QStringBuilder>

namespace heddle::app {

namespace {

// Raised when the docks of a saved arrangement are no longer those of the window.
constexpr int kVersion = 2;

const QString kStarted = QStringLiteral("started");
const QString kRecent = QStringLiteral("recentFiles");
const QString kScheme = QStringLiteral("scheme");
const QString kLanguage = QStringLiteral("language");
const QString kGeometry = QStringLiteral("window/geometry");
const QString kCurrentLayout = QStringLiteral("window/layout");
const QString kLastDocument = QStringLiteral("lastDocument");
const QString kChecks = QStringLiteral("editor/checksWhileTyping");
const QString kZoom = QStringLiteral("editor/zoom");

QString stateKey(const QString& name)
{
    return QStringLiteral("window/state%1/%2").arg(kVersion).arg(name);
}

} // namespace

bool Settings::isFirstStart() const
{
    return !m_store.value(kStarted, false).toBool();
}

void Settings::setStarted()
{
    m_store.setValue(kStarted, true);
}

QStringList Settings::recentFiles() const
{
    return m_store.value(kRecent).toStringList();
}

void Settings::addRecentFile(const QString& path)
{
    QStringList files = recentFiles();
    files.removeAll(path);
    files.prepend(path);
    m_store.setValue(kRecent, files.mid(0, kRecentLimit));
}

widgets::SchemeChoice Settings::scheme() const
{
    const QString word = m_store.value(kScheme).toString();
    if (word == QStringLiteral("light"))
        return widgets::SchemeChoice::Light;
    if (word == QStringLiteral("dark"))
        return widgets::SchemeChoice::Dark;
    return widgets::SchemeChoice::FollowDesktop;
}

void Settings::setScheme(widgets::SchemeChoice choice)
{
    switch (choice) {
    case widgets::SchemeChoice::Light:
        m_store.setValue(kScheme, QStringLiteral("light"));
        return;
    case widgets::SchemeChoice::Dark:
        m_store.setValue(kScheme, QStringLiteral("dark"));
        return;
    case widgets::SchemeChoice::FollowDesktop:
        m_store.remove(kScheme);
        return;
    }
}

QString Settings::language() const
{
    return m_store.value(kLanguage).toString();
}

void Settings::setLanguage(const QString& code)
{
    m_store.setValue(kLanguage, code);
}

QByteArray Settings::geometry() const
{
    return m_store.value(kGeometry).toByteArray();
}

QByteArray Settings::state() const
{
    return m_store.value(stateKey(QStringLiteral("last"))).toByteArray();
}

void Settings::setGeometry(const QByteArray& geometry, const QByteArray& state)
{
    m_store.setValue(kGeometry, geometry);
    m_store.setValue(stateKey(QStringLiteral("last")), state);
}

QByteArray Settings::layout(const QString& name) const
{
    return m_store.value(stateKey(name)).toByteArray();
}

void Settings::setLayout(const QString& name, const QByteArray& state)
{
    m_store.setValue(stateKey(name), state);
}

QString Settings::currentLayout() const
{
    return m_store.value(kCurrentLayout).toString();
}

void Settings::setCurrentLayout(const QString& name)
{
    m_store.setValue(kCurrentLayout, name);
}

QString Settings::lastDocument() const
{
    return m_store.value(kLastDocument).toString();
}

void Settings::setLastDocument(const QString& pathOrId)
{
    m_store.setValue(kLastDocument, pathOrId);
}

bool Settings::checksWhileTyping() const
{
    return m_store.value(kChecks, true).toBool();
}

void Settings::setChecksWhileTyping(bool checks)
{
    m_store.setValue(kChecks, checks);
}

int Settings::zoom() const
{
    return m_store.value(kZoom, 0).toInt();
}

void Settings::setZoom(int steps)
{
    m_store.setValue(kZoom, steps);
}

} // namespace heddle::app
