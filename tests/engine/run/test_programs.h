// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QDir>
#include <QFile>
#include <QStringList>
#include <QTest>

/// The folder of programs that show corners of the language, in few steps.
inline const QString kCorners = QStringLiteral("corners");

/// A row with the path of each program in the folders of the gallery, or in kCorners.
inline void addProgramsOf(const QStringList& folders)
{
    QTest::addColumn<QString>("program");
    QFile list(QStringLiteral(HEDDLE_PROGRAMS "/list.txt"));
    QVERIFY(list.open(QIODevice::ReadOnly));
    for (const QString& id : QString::fromUtf8(list.readAll()).split(u'\n')) {
        if (folders.contains(id.section(u'/', 0, 0)))
            QTest::newRow(qPrintable(id))
                << QStringLiteral(HEDDLE_PROGRAMS "/") + id + QStringLiteral(".hed");
    }
    const QDir corners(QStringLiteral(HEDDLE_CORNERS));
    const QStringList names = corners.entryList({QStringLiteral("*.hed")}, QDir::Files);
    QVERIFY(!names.isEmpty());
    for (const QString& name : names) {
        if (folders.contains(kCorners))
            QTest::newRow(qPrintable(kCorners + u'/' + name.chopped(4))) << corners.filePath(name);
    }
}
