// SPDX-License-Identifier: GPL-3.0-only
// tst_spin_generated: HEDDLE_SPIN_PROGRAMS=500 compares so many programs, from seed
// HEDDLE_SPIN_SEED on.
#include "tests/engine/explore/program_generator.h"
#include "tests/engine/explore/spin_oracle.h"

#include <QTest>

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

using namespace heddle;
using namespace heddle::tests;

namespace {

constexpr std::size_t kMostStates = 60'000;
constexpr int kRows = 4; // so that one that fails does not hide the others
constexpr int kWorkers = 2;

/// Compares one program after the other, on two threads, until enough have been compared.
class Comparison
{
public:
    Comparison(std::uint32_t seed, int programs)
        : m_next(seed)
        , m_left(programs)
    {
    }

    void run()
    {
        std::vector<std::jthread> workers;
        workers.reserve(kWorkers);
        for (int i = 0; i < kWorkers; ++i)
            workers.emplace_back([this] { work(); });
    }
    [[nodiscard]] const std::string& problems() const { return m_problems; }
    [[nodiscard]] std::string summary() const
    {
        return std::to_string(m_compared) + " programs, " + std::to_string(m_states) + " states, "
            + std::to_string(m_deadlocks) + " with a deadlock, " + std::to_string(m_failures)
            + " with a failure, " + std::to_string(m_skipped) + " too large";
    }

private:
    void work()
    {
        while (m_left.fetch_sub(1) > 0) {
            // A space that is too large is no answer: the next seed stands in for it.
            while (!compare(m_next.fetch_add(1)))
                ++m_skipped;
        }
    }

    bool compare(std::uint32_t seed)
    {
        const std::string text = generatedProgram(seed);
        const std::shared_ptr<const Code> code = compiled(text);
        if (code == nullptr) {
            complain(seed, text, "it does not compile");
            return true;
        }
        const Space mine = machineSpace(code, kMostStates);
        if (!mine.problem.empty())
            return false;
        const Space spins = spinSpace(*code);
        if (mine.text() != spins.text())
            complain(seed, text, "machine: " + mine.text() + "SPIN: " + spins.text());
        const std::string reduced = reducedDifference(code, mine);
        if (!reduced.empty())
            complain(seed, text, reduced);
        const std::scoped_lock lock(m_mutex);
        ++m_compared;
        m_states += mine.states;
        m_deadlocks += mine.hasDeadlock() ? 1 : 0;
        m_failures += mine.failures.empty() ? 0 : 1;
        return true;
    }

    void complain(std::uint32_t seed, const std::string& text, const std::string& what)
    {
        const std::scoped_lock lock(m_mutex);
        m_problems += "seed " + std::to_string(seed) + ": " + what + "\n" + text + "\n";
    }

    std::atomic<std::uint32_t> m_next;
    std::atomic<int> m_left;
    std::mutex m_mutex;
    std::string m_problems;
    int m_compared = 0;
    std::size_t m_states = 0;
    int m_deadlocks = 0;
    int m_failures = 0;
    std::atomic<int> m_skipped = 0;
};

int wanted(const char* variable, int otherwise)
{
    bool isNumber = false;
    const int number = qEnvironmentVariableIntValue(variable, &isNumber);
    return isNumber ? number : otherwise;
}

} // namespace

class TestSpinGenerated : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void generatedProgramsHaveTheStatesThatSpinSees_data();
    void generatedProgramsHaveTheStatesThatSpinSees();
};

void TestSpinGenerated::initTestCase()
{
    if (!isSpinInstalled())
        QSKIP("spin or gcc is not installed: the explorer is not compared with it");
}

void TestSpinGenerated::generatedProgramsHaveTheStatesThatSpinSees_data()
{
    QTest::addColumn<int>("seed");
    const int first = wanted("HEDDLE_SPIN_SEED", 1);
    for (int row = 0; row < kRows; ++row)
        QTest::addRow("from seed %d on", first + row * 100'000) << first + row * 100'000;
}

void TestSpinGenerated::generatedProgramsHaveTheStatesThatSpinSees()
{
    QFETCH(const int, seed);
    Comparison comparison(
        static_cast<std::uint32_t>(seed), wanted("HEDDLE_SPIN_PROGRAMS", 40) / kRows);

    comparison.run();

    qInfo("%s", comparison.summary().c_str());
    if (!comparison.problems().empty())
        qCritical("%s", comparison.problems().c_str());
    QVERIFY(comparison.problems().empty());
}

QTEST_GUILESS_MAIN(TestSpinGenerated)
#include "tst_spin_generated.moc"
