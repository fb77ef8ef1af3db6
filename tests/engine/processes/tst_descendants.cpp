// SPDX-License-Identifier: GPL-3.0-only
#include "engine/processes/descendant_signal.h"
#include "engine/processes/process_group.h"
#include "tests/support/eventually.h"
#include "tests/support/leftovers.h"
#include "tests/support/race_rounds.h"

#include <QTest>

#include <atomic>
#include <optional>
#include <thread>

#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace heddle;
using namespace heddle::tests;

namespace {

constexpr std::size_t kGenerations = 30;

/// A child, its child, and so on: all wait for a signal.
class Generations
{
public:
    Generations()
    {
        void* room = ::mmap(nullptr, kGenerations * sizeof(std::atomic<pid_t>),
            PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        m_processes = room == MAP_FAILED ? nullptr : static_cast<std::atomic<pid_t>*>(room);
        if (m_processes != nullptr && ::fork() == 0)
            live();
    }
    ~Generations()
    {
        static_cast<void>(endDescendants(Deadline::after(std::chrono::seconds(10))));
        static_cast<void>(::munmap(m_processes, kGenerations * sizeof(std::atomic<pid_t>)));
    }
    Generations(const Generations&) = delete;
    Generations& operator=(const Generations&) = delete;

    [[nodiscard]] bool areThere() const
    {
        return m_processes != nullptr && eventually([this] { return last() != 0; });
    }
    [[nodiscard]] pid_t last() const { return m_processes[kGenerations - 1].load(); }

    /// All but the last one, which becomes a child of this process.
    void endThoseBetween()
    {
        for (std::size_t index = 0; index + 1 < kGenerations; ++index) {
            static_cast<void>(::kill(m_processes[index].load(), SIGKILL));
            static_cast<void>(::waitpid(m_processes[index].load(), nullptr, 0));
        }
    }

private:
    [[noreturn]] void live()
    {
        for (std::size_t index = 0; index < kGenerations; ++index) {
            m_processes[index].store(::getpid());
            if (index + 1 == kGenerations || ::fork() != 0)
                break;
        }
        for (;;)
            ::pause();
    }

    std::atomic<pid_t>* m_processes = nullptr;
};

} // namespace

class TestDescendants : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_before.emplace(); }
    void cleanup() { QCOMPARE(m_before->text(), std::string()); }

    void whoDescendsStaysOneWhileThoseBetweenEnd();
    void aStrangerIsNotSignalled();

private:
    std::optional<Leftovers> m_before;
};

void TestDescendants::whoDescendsStaysOneWhileThoseBetweenEnd()
{
    QVERIFY(adoptOrphans());
    for (int round = 0; round < raceRounds(20); ++round) {
        Generations family;
        QVERIFY(family.areThere());
        std::atomic<bool> isOver{false};
        std::atomic<int> denials{0};
        std::thread asks([&] {
            while (!isOver.load())
                denials += descendsFrom(family.last(), ::getpid()) ? 0 : 1;
        });

        family.endThoseBetween();
        isOver.store(true);
        asks.join();

        QCOMPARE(denials.load(), 0);
    }
}

void TestDescendants::aStrangerIsNotSignalled()
{
    const Result<void> sent = signalDescendant(::getppid(), SIGTERM, ::getpid());

    QVERIFY(!sent);
    QCOMPARE(sent.error().kind, ErrorKind::NotSupported);
}

QTEST_APPLESS_MAIN(TestDescendants)
#include "tst_descendants.moc"
