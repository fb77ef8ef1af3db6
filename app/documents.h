// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/base/result.h"

#include <QObject>
#include <QString>

namespace heddle::app {

/// The program that is open: where it came from, and whether it differs from what is there.
///
/// The text itself lives in the editor; this knows files and names.
///
/// Threads: the GUI thread.
class Document : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 kSizeLimit = qint64{4} * 1024 * 1024;

    explicit Document(QObject* parent = nullptr);

    /// Errors: SystemCall (no such file, a folder, no permission, EFBIG beyond kSizeLimit);
    ///         BadProgram if it is not text in UTF-8.
    [[nodiscard]] static Result<QString> readProgram(const QString& path);

    /// Whole or not at all. Errors: SystemCall.
    [[nodiscard]] static Result<void> writeProgram(const QString& path, const QString& text);

    void setFile(const QString& path);
    void setGalleryProgram(const QString& id);
    void setUntitled();

    /// The program that was recorded in a trace, and that is nowhere else.
    void setProgramOfTrace(const QString& traceName);

    /// There is none: a trace is shown that carries no program.
    void setNoProgram(const QString& traceName);
    void setModified(bool modified);

    [[nodiscard]] const QString& path() const { return m_path; } ///< empty unless it is a file
    [[nodiscard]] const QString& galleryId() const { return m_galleryId; }
    [[nodiscard]] bool isModified() const { return m_isModified; }
    [[nodiscard]] bool hasProgram() const { return m_hasProgram; }

    /// For the title of the window: "dining.hed", "locks/dining_philosophers".
    [[nodiscard]] QString displayName() const;

    /// For reports and errors of a run.
    [[nodiscard]] QString runName() const;

    /// What reopens it: path or id, empty for one without a name.
    [[nodiscard]] QString reopenName() const;

signals:
    void changed();

private:
    enum class Holds
    {
        Program,
        Nothing
    };
    void assign(const QString& path, const QString& galleryId, const QString& traceName = {},
        Holds holds = Holds::Program);

    QString m_path;
    QString m_galleryId;
    QString m_traceName;
    bool m_hasProgram = true;
    bool m_isModified = false;
};

} // namespace heddle::app
