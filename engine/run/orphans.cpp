// SPDX-License-Identifier: Apache-2.0
#include "engine/run/orphans.h"

#include "engine/base/descriptor_wait.h"
#include "engine/base/owned_fd.h"
#include "engine/processes/descendant_signal.h"
#include "engine/record/recorder.h"
#include "engine/record/session_view.h"
#include "engine/run/code_needs.h"
#include "engine/run/pause.h"
#include "engine/run/program_run.h"
#include "engine/run/watcher_thread.h"

#include <chrono>
#include <vector>

#include <sys/syscall.h>
#include <unistd.h>

namespace heddle {

namespace {

/// Process actors and commands that live, by what the program knows, and are none of this process's own.
std::vector<ActorRecord*> othersProcesses(ProgramRun& run)
{
    std::vector<ActorRecord*> others;
    for (const auto& handles : {run.actors().liveProcesses(), run.actors().liveCommands()})
        for (const std::int64_t handle : handles)
            if (run.commands().find(handle) == nullptr)
                others.push_back(run.actors().find(handle));
    return others;
}

void noteEnds(ProgramRun& run, const Session& session)
{
    for (ActorRecord* record : othersProcesses(run)) {
        const std::optional<int> code = readProcessEnd(session, record->id);
        if (!code)
            continue;
        record->exitCode.store(*code);
        record->isReaped.store(true);
        run.actors().endThreadsOf(record->process.load());
        record->moveTo(ActorRecord::Phase::Finished);
    }
}

[[noreturn]] void lookForEnds(ProgramRun& run)
{
    constexpr nanoseconds kPace = std::chrono::milliseconds(20);
    const std::shared_ptr<Session> session = recordingSession();
    for (;; pauseFor(kPace))
        if (session != nullptr)
            noteEnds(run, *session);
}

/// One that lives, held by a descriptor; an empty one if there is none.
OwnedFd anyOrphan(ProgramRun& run)
{
    for (const ActorRecord* record : othersProcesses(run)) {
        const pid_t process = record->process.load();
        if (record->isDaemon || process == 0) // 0: its maker has ended before it was there
            continue;
        OwnedFd held(static_cast<int>(::syscall(SYS_pidfd_open, process, 0)));
        // The guardian is this process's parent and theirs; a number may have been given out anew.
        if (held && descendsFrom(process, ::getppid()))
            return held;
    }
    return {};
}

} // namespace

Result<void> watchOrphans(ProgramRun& run)
{
    if (!mayHaveOrphans(run.code()))
        return {};
    return startWatcher("orphans", [&run] { lookForEnds(run); });
}

bool waitForOrphans(ProgramRun& run)
{
    while (const OwnedFd orphan = anyOrphan(run)) {
        const Result<void> ended = waitReadable(orphan.get());
        if (!ended)
            return ended.error().kind != ErrorKind::Interrupted;
    }
    return true;
}

} // namespace heddle
