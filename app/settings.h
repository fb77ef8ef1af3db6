// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "widgets/shared/theme.h"

#include <QByteArray>
#include <QSettings>
#include <QString>
#include <QStringList>

namespace heddle::app {

/// What is remembered between starts.
///
/// Threads: the GUI thread.
class Settings
{
public:
    static constexpr int kRecentLimit = 10;

    /// Whether the window has never been closed before.
    [[nodiscard]] bool isFirstStart() const;
    void setStarted();

    [[nodiscard]] QStringList recentFiles() const;
    void addRecentFile(const QString& path);

    [[nodiscard]] widgets::SchemeChoice scheme() const;
    void setScheme(widgets::SchemeChoice choice);

    /// "de"; empty: the system's.
    [[nodiscard]] QString language() const;
    void setLanguage(const QString& code);

    [[nodiscard]] QByteArray geometry() const;
    [[nodiscard]] QByteArray state() const;
    void setGeometry(const QByteArray& geometry, const QByteArray& state);

    /// The arrangement a person made of a layout, by its name.
    [[nodiscard]] QByteArray layout(const QString& name) const;
    void setLayout(const QString& name, const QByteArray& state);

    [[nodiscard]] QString currentLayout() const;
    void setCurrentLayout(const QString& name);

    /// Path or id of what was open last.
    [[nodiscard]] QString lastDocument() const;
    void setLastDocument(const QString& pathOrId);

    /// Whether small programs are explored while they are typed.
    [[nodiscard]] bool checksWhileTyping() const;
    void setChecksWhileTyping(bool checks);

    [[nodiscard]] int zoom() const;
    void setZoom(int steps);

private:
    QSettings m_store;
};

} // namespace heddle::app
