// SPDX-License-Identifier: GPL-3.0-only
#include "tests/support/leftovers.h"
#include "tests/support/shell_commands.h"

#include <QTest>

#include <grp.h>
#include <sys/prctl.h>
#include <unistd.h>

using namespace heddle;
using namespace heddle::tests;

class TestCredentials : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_before.emplace(); }
    void cleanup() { QCOMPARE(m_before->text(), std::string()); }

    void theMaskOfNewFilesIsSet();
    void accountsThatAreNoneAreRefused();
    void userGroupAndExtraGroupsAreTaken();
    void namesAreLookedUp();

private:
    std::optional<Leftovers> m_before;
};

// rows: SP-14
void TestCredentials::theMaskOfNewFilesIsSet()
{
    SpawnOptions options;
    options.fileModeMask = 053;

    QCOMPARE(outputOfShell(options, "umask"), QStringLiteral("0053\n"));
}

// rows: SP-14
void TestCredentials::accountsThatAreNoneAreRefused()
{
    const std::vector<Account> wrong{
        std::int64_t{-1}, std::int64_t{1} << 40, std::string("no such account")};
    for (const Account& account : wrong) {
        SpawnOptions user = pipedShell("exit 0");
        user.user = account;
        SpawnOptions group = pipedShell("exit 0");
        group.userGroup = account;
        SpawnOptions groups = pipedShell("exit 0");
        groups.extraGroups = {{account}};
        for (const SpawnOptions& options : {user, group, groups})
            QCOMPARE(Subprocess::spawn(options).error().kind, ErrorKind::InvalidArgument);
    }
}

// rows: SP-14
void TestCredentials::userGroupAndExtraGroupsAreTaken()
{
    if (::geteuid() != 0)
        QSKIP("only root may become somebody else");
    SpawnOptions options;
    options.user = std::int64_t{65534};
    options.userGroup = std::int64_t{65533};
    options.extraGroups = {{std::int64_t{7}, std::int64_t{9}}};
    options.workingDirectory = "/";
    QCOMPARE(
        outputOfShell(options, "id -u; id -g; id -G"), QStringLiteral("65534\n65533\n65533 7 9\n"));

    options.extraGroups.emplace();
    QCOMPARE(outputOfShell(options, "id -G"), QStringLiteral("65533\n"));
    QCOMPARE(::prctl(PR_GET_DUMPABLE), 1); // this process's memory was not marked
}

// rows: SP-14
void TestCredentials::namesAreLookedUp()
{
    if (::geteuid() != 0)
        QSKIP("only root may become somebody else");
    SpawnOptions options;
    options.user = std::string("nobody");
    options.workingDirectory = "/";

    options.userGroup = std::string("daemon");
    options.extraGroups = {{std::string("bin"), std::int64_t{9}}};
    const struct group* const named = ::getgrnam("bin"); // NOLINT(concurrency-mt-unsafe)
    QVERIFY(named != nullptr);

    QCOMPARE(outputOfShell(options, "id -un; id -gn; id -G | cut -d' ' -f2-"),
        QStringLiteral("nobody\ndaemon\n%1 9\n").arg(named->gr_gid));
}

QTEST_APPLESS_MAIN(TestCredentials)
#include "tst_credentials.moc"
