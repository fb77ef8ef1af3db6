// SPDX-License-Identifier: GPL-3.0-only
// Waits with a macro that needs an application in a test that has none.

void TestHasty::waits()
{
    QTRY_VERIFY(isDone());
}

QTEST_APPLESS_MAIN(TestHasty)
