// SPDX-License-Identifier: Apache-2.0
#include "engine/threads/rw_lock.h"

#include "engine/base/object_refusals.h"
#include "engine/record/recorder.h"

namespace heddle {

namespace {

constexpr std::uint64_t kReadMode = 'r';
constexpr std::uint64_t kWriteMode = 'w';

} // namespace

Result<void> ReadWriteLock::lockRead(Deadline deadline, const std::stop_token& stop)
{
    return lock(Mode::Read, deadline, stop);
}

Result<void> ReadWriteLock::lockWrite(Deadline deadline, const std::stop_token& stop)
{
    return lock(Mode::Write, deadline, stop);
}

bool ReadWriteLock::mayEnterLocked(Mode mode) const
{
    if (mode == Mode::Write)
        return m_writer == 0 && m_readers == 0;
    const bool writersFirst = m_preference == Preference::Writers && m_waitingWriters != 0;
    return m_writer == 0 && !writersFirst;
}

void ReadWriteLock::enterLocked(Mode mode, std::uint32_t thread)
{
    if (mode == Mode::Write)
        m_writer = thread;
    else
        ++m_readers;
}

Result<void> ReadWriteLock::lock(Mode mode, Deadline deadline, const std::stop_token& stop)
{
    Place place;
    place.mode = mode;
    place.thread = currentThreadNumber();
    {
        const InternalLock lock(m_mutex);
        if (mayEnterLocked(mode)) {
            enterLocked(mode, place.thread);
            reportTaken(mode);
            return {};
        }
        if (deadline.isOver())
            return waitError(WaitEnd::TimedOut, "lock");
        reportWants(m_object, State::WaitLock, deadline);
        m_waitingWriters += mode == Mode::Write ? 1 : 0;
        m_waiters.pushBack(place);
    }
    const WaitEnd end = place.sleep(deadline, stop);
    WakeChain behind;
    const bool gaveUp = end != WaitEnd::Granted && tryLeave(place, behind);
    behind.wake(m_object);
    if (gaveUp) {
        reportGaveUp(m_object, endOfWait(end));
        return waitError(end, "lock");
    }
    place.awaitGrant();
    reportTaken(mode);
    return {};
}

// Who gives up may have been what held others up: readers behind a writer.
bool ReadWriteLock::tryLeave(Place& place, WakeChain& chain)
{
    const InternalLock lock(m_mutex);
    if (!m_waiters.remove(place))
        return false;
    m_waitingWriters -= place.mode == Mode::Write ? 1 : 0;
    letInLocked(chain);
    return true;
}

// From the front: the writer that is first, or every reader up to the next writer (and beyond it,
// where writers have no preference).
void ReadWriteLock::letInLocked(WakeChain& chain)
{
    for (Waiter* waiter = m_waiters.first(); waiter != nullptr;) {
        Waiter* next = WaitList::after(*waiter);
        Place& place = static_cast<Place&>(*waiter);
        const bool isWriter = place.mode == Mode::Write;
        const bool fits = m_writer == 0 && (!isWriter || m_readers == 0);
        if (fits) {
            chain.take(m_waiters, place);
            m_waitingWriters -= isWriter ? 1 : 0;
            enterLocked(place.mode, place.thread);
        } else if (isWriter && m_preference == Preference::Writers) {
            return;
        }
        waiter = next;
    }
}

Result<void> ReadWriteLock::unlockRead()
{
    WakeChain chain;
    {
        const InternalLock lock(m_mutex);
        if (m_readers == 0)
            return Error{ErrorKind::NotOwner, 0, "unlock", kNotReadByAnybody};
        reportReleased(m_object, kReadMode);
        --m_readers;
        letInLocked(chain);
    }
    chain.wake(m_object);
    return {};
}

Result<void> ReadWriteLock::unlockWrite()
{
    WakeChain chain;
    {
        const InternalLock lock(m_mutex);
        if (m_writer != currentThreadNumber())
            return Error{ErrorKind::NotOwner, 0, "unlock", kNotWrittenByCaller};
        reportHolder(m_object, {});
        reportReleased(m_object, kWriteMode);
        m_writer = 0;
        letInLocked(chain);
    }
    chain.wake(m_object);
    return {};
}

void ReadWriteLock::reportTaken(Mode mode) const
{
    reportHas(m_object, mode == Mode::Read ? kReadMode : kWriteMode);
    if (mode == Mode::Write)
        reportHolder(m_object, currentActor());
}

std::uint32_t ReadWriteLock::readers() const
{
    const InternalLock lock(m_mutex);
    return m_readers;
}

bool ReadWriteLock::isWriting() const
{
    const InternalLock lock(m_mutex);
    return m_writer != 0;
}

std::size_t ReadWriteLock::waiting() const
{
    const InternalLock lock(m_mutex);
    return m_waiters.size();
}

} // namespace heddle
