// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/machine_table.h"

#include <optional>
#include <string_view>

namespace heddle {

// What is done to objects, each as the primitive of engine/threads does it: rows of the table.

void lockObject(MachineStep& step); // mutex, rlock, rwlock
void unlockObject(MachineStep& step);
void acquireUnits(MachineStep& step);
void releaseUnits(MachineStep& step);
void waitForObject(MachineStep& step); // event, latch
void waitForCondition(MachineStep& step);
void notifyCondition(MachineStep& step);
void setEvent(MachineStep& step);
void clearObject(MachineStep& step); // event, barrier
void arriveAtBarrier(MachineStep& step);
void abortBarrier(MachineStep& step);
void finishObject(MachineStep& step); // latch, queue
void putItem(MachineStep& step);
void getItem(MachineStep& step);
void closeQueue(MachineStep& step);
void joinQueue(MachineStep& step);

} // namespace heddle
