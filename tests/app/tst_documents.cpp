// SPDX-License-Identifier: GPL-3.0-only
#include "app/documents.h"
#include "app/error_messages.h"
#include "app/newest_worker.h"
#include "app/recovery.h"
#include "app/run_mailbox.h"
#include "app/settings.h"
#include "engine/base/owned_fd.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSemaphore>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace heddle;
using namespace heddle::app;

class TestDocuments : public QObject
{
    Q_OBJECT

private slots:
    void aTextSurvivesTheWayToTheDisk()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("ä.hed"));
        const QString text = QStringLiteral("main:\n    say \"grüße\"\n");
        QVERIFY(Document::writeProgram(path, text).has_value());
        QCOMPARE(Document::readProgram(path).value(), text);
    }

    void aPipeIsWrittenIntoAndNotReplaced()
    {
        const QTemporaryDir folder;
        const QByteArray path = QFile::encodeName(folder.filePath(QStringLiteral("pipe")));
        QCOMPARE(::mkfifo(path.constData(), 0600), 0);
        const OwnedFd reader(::open(path.constData(), O_RDWR | O_NONBLOCK | O_CLOEXEC));

        const auto written =
            Document::writeProgram(QFile::decodeName(path), QStringLiteral("main:\n"));

        QByteArray read(16, '\0');
        QVERIFY(written.has_value());
        QCOMPARE(::read(reader.get(), read.data(), 16), ssize_t{6});
        QCOMPARE(read.left(6), QByteArray("main:\n"));
        struct stat status = {};
        QVERIFY(::stat(path.constData(), &status) == 0 && S_ISFIFO(status.st_mode));
    }

    void badFilesGiveOneClearError_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<int>("number");
        QTest::newRow("missing") << QStringLiteral("none.hed") << QByteArray() << ENOENT;
        QTest::newRow("folder") << QString() << QByteArray() << EISDIR;
        QTest::newRow("binary") << QStringLiteral("b.hed")
                                << QByteArray("\x7f\x45\x4c\x46\x00\xff\xfe", 7) << 0;
        QTest::newRow("too large")
            << QStringLiteral("l.hed") << QByteArray(Document::kSizeLimit + 1, 'x') << EFBIG;
    }
    void badFilesGiveOneClearError()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, content);
        QFETCH(int, number);
        const QTemporaryDir folder;
        const QString path = folder.filePath(name);
        if (!content.isEmpty()) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(content);
        }
        const auto text = Document::readProgram(path);
        QVERIFY(!text);
        QCOMPARE(text.error().systemErrno, number);
        const UserMessage message = messageFor(text.error(), path);
        QVERIFY(message.what.contains(path));
        QVERIFY(!message.advice.isEmpty());
    }

    void whatCannotBeWrittenLeavesTheOldTextWhole()
    {
        const QTemporaryDir folder;
        const auto written = Document::writeProgram(
            folder.filePath(QStringLiteral("no/such/folder.hed")), QStringLiteral("x"));
        QVERIFY(!written);
        QVERIFY(!Document::writeProgram(folder.path(), QStringLiteral("x")));
    }

    void namesSayWhereATextComesFrom()
    {
        Document document;
        document.setGalleryProgram(QStringLiteral("locks/lost_update"));
        QCOMPARE(document.displayName(), QStringLiteral("locks/lost_update"));
        document.setFile(QStringLiteral("/somewhere/mine.hed"));
        QCOMPARE(document.displayName(), QStringLiteral("mine.hed"));
        QCOMPARE(document.reopenName(), QStringLiteral("/somewhere/mine.hed"));
        document.setUntitled();
        QVERIFY(document.reopenName().isEmpty());
    }

    void aCrashedWindowsTextIsTakenOverOnce()
    {
        const QTemporaryDir folder;
        {
            // What a window leaves that ended without a word: its copy, and a lock of a process that is gone.
            QFile copy(folder.filePath(QStringLiteral("a.recovery")));
            QVERIFY(copy.open(QIODevice::WriteOnly));
            copy.write(R"({"name":"locks/lost_update","text":"main:\n    pass\n"})");
        }
        Recovery recovery(folder.path());
        const auto text = recovery.takeAbandoned();
        QVERIFY(text.has_value());
        QCOMPARE(text->reopenName, QStringLiteral("locks/lost_update"));
        QCOMPARE(text->text, QStringLiteral("main:\n    pass\n"));
        QVERIFY(!recovery.takeAbandoned());
    }

    void aLivingWindowsTextIsLeftAlone()
    {
        const QTemporaryDir folder;
        Recovery living(folder.path());
        living.setSource([] { return RecoveredText{QString(), QStringLiteral("mine")}; });
        living.keep();
        Recovery other(folder.path());
        QVERIFY(!other.takeAbandoned());
        living.discard();
        QVERIFY(QDir(folder.path()).entryList({QStringLiteral("*.recovery")}).isEmpty());
    }

    void recentFilesAreBoundedAndNewestFirst()
    {
        const QTemporaryDir folder;
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder.path());
        QCoreApplication::setOrganizationName(QStringLiteral("heddle-test"));
        Settings settings;
        for (int i = 0; i < 2 * Settings::kRecentLimit; ++i)
            settings.addRecentFile(QString::number(i));
        settings.addRecentFile(QStringLiteral("15"));
        QCOMPARE(settings.recentFiles().size(), Settings::kRecentLimit);
        QCOMPARE(settings.recentFiles().constFirst(), QStringLiteral("15"));
        QCOMPARE(settings.recentFiles().count(QStringLiteral("15")), 1);
    }

    void theNewestJobWins()
    {
        QSemaphore begun;
        QSemaphore done;
        std::atomic<bool> wasCancelled = false;
        NewestWorker worker;
        worker.submit([&](const std::stop_token& stop) {
            begun.release();
            while (!stop.stop_requested())
                std::this_thread::yield();
            wasCancelled = true;
        });
        begun.acquire();
        worker.submit([&](const std::stop_token&) { done.release(); });
        QVERIFY(done.tryAcquire(1, 5000));
        QVERIFY(wasCancelled);
    }

    void aFloodOfOutputIsBoundedAndCounted()
    {
        RunMailbox mailbox;
        std::uint64_t given = 0;
        for (int batch = 0; batch < 10; ++batch) {
            const std::vector<OutputLine> lines(RunMailbox::kOutputLimit / 2,
                OutputLine{.time = 0, .actor = "a", .isError = false, .text = "x"});
            given += lines.size();
            const bool mustTell = mailbox.put([&](RunNews& news) {
                news.output.insert(news.output.end(), lines.begin(), lines.end());
            });
            QCOMPARE(mustTell, batch == 0);
        }
        const RunNews news = mailbox.take();
        QVERIFY(news.output.size() <= RunMailbox::kOutputLimit);
        QCOMPARE(news.output.size() + news.outputLost, given);
        QVERIFY(mailbox.take().output.empty());
    }
};

QTEST_GUILESS_MAIN(TestDocuments)
#include "tst_documents.moc"
