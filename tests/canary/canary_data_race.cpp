// SPDX-License-Identifier: GPL-3.0-only
#include <QtTest>

#include <thread>

class CanaryDataRace : public QObject
{
    Q_OBJECT
private slots:
    void theSanitizerSeesARaceBetweenTestBodyAndWorker()
    {
        int unguarded = 0;
        std::jthread worker([&unguarded] {
            for (int i = 0; i < 1000; ++i)
                ++unguarded;
        });
        for (int i = 0; i < 1000; ++i)
            ++unguarded;
        worker.join();
        QVERIFY(unguarded > 0);
    }
};

QTEST_APPLESS_MAIN(CanaryDataRace)
#include "canary_data_race.moc"
