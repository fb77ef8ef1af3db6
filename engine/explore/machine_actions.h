// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/machine_step.h"

namespace heddle {

// What is done to variables and actors, and all else: rows of the table.

void loadVariable(MachineStep& step);
void storeVariable(MachineStep& step);
void storeElement(MachineStep& step);
void addToVariable(MachineStep& step);
void exchangeVariable(MachineStep& step);
void fetchAddVariable(MachineStep& step);
void compareExchangeVariable(MachineStep& step);
void askQuestion(MachineStep& step);
void awaitPredicate(MachineStep& step);

void spawnActor(MachineStep& step);
void joinActor(MachineStep& step);
void joinChildren(MachineStep& step);
void cancelTimer(MachineStep& step);
void startTimerActor(MachineStep& step);
void exitWith(MachineStep& step);

void passTime(MachineStep& step); // compute, sleep
void doNothing(MachineStep& step); // yield
void sayLine(MachineStep& step);
void markProgress(MachineStep& step);
void checkAssertion(MachineStep& step);
void chooseItem(MachineStep& step);
void beginAtomicBlock(MachineStep& step);
void endAtomicBlock(MachineStep& step);

} // namespace heddle
