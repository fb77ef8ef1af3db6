// SPDX-License-Identifier: GPL-3.0-only
// Two threads sum up what a third puts into a queue, and a command says the same.
#include "engine/processes/subprocess.h"
#include "engine/threads/held.h"
#include "engine/threads/mutex.h"
#include "engine/threads/queue.h"
#include "engine/threads/thread.h"

#include <cstdio>

int main()
{
    using namespace heddle;
    Queue<int> queue;
    Mutex mutex;
    int sum = 0;
    const auto work = [&] {
        while (const Result<int> item = queue.get()) {
            const auto held = hold(mutex);
            sum += held ? *item : 0;
        }
    };
    Thread first(work);
    Thread second(work);
    if (!first.start() || !second.start())
        return 1;
    for (int item = 1; item <= 100; ++item)
        static_cast<void>(queue.put(item));
    queue.close();
    if (!first.join() || !second.join())
        return 1;
    SpawnOptions options;
    options.arguments = {"/bin/sh", "-c", "exit 7"};
    Result<Subprocess> child = Subprocess::spawn(options);
    if (!child)
        return 1;
    const Result<ExitStatus> status = child->wait(Deadline::after(std::chrono::seconds(20)));
    std::printf("sum %d, command %d\n", sum, status ? status->returnCode() : -1);
    return 0;
}
