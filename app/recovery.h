// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QLockFile>
#include <QObject>
#include <QString>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

namespace heddle::app {

/// A text that was not saved when a window ended without being closed.
struct RecoveredText
{
    QString reopenName; ///< path or gallery id, empty for a new program
    QString text;
};

/// Keeps a copy of unsaved text beside the settings, so that a crash costs at most a few seconds' work.
///
/// Every window has its own copy, locked by its process; a copy whose process is gone can be taken.
/// No timer runs while nothing has changed.
///
/// Threads: the GUI thread.
class Recovery : public QObject
{
    Q_OBJECT

public:
    static constexpr int kDelayMilliseconds = 3000;

    /// `folder`: where the copies lie; made if need be.
    explicit Recovery(const QString& folder, QObject* parent = nullptr);
    ~Recovery() override;

    /// Who is asked for the text when it is time to keep it.
    void setSource(std::function<RecoveredText()> source);

    /// The text was changed: a copy is kept soon.
    void noteChange();

    /// The text is saved or given up: its copy goes.
    void discard();

    /// Takes a text that another process left behind, and removes its copy.
    [[nodiscard]] std::optional<RecoveredText> takeAbandoned();

    /// Keeps the copy now.
    void keep();

private:
    QString m_folder;
    QString m_path;
    std::unique_ptr<QLockFile> m_lock;
    std::function<RecoveredText()> m_source;
    QTimer m_timer;
};

} // namespace heddle::app
