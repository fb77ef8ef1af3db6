// SPDX-License-Identifier: Apache-2.0
#include "engine/run/process_lock.h"

#include <cerrno>

#include <sys/mman.h>

namespace heddle {

ProcessLock::ProcessLock()
{
    void* room =
        ::mmap(nullptr, sizeof(Room), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    m_room = room == MAP_FAILED ? &m_fallback : static_cast<Room*>(room);
    pthread_mutexattr_t attributes;
    ::pthread_mutexattr_init(&attributes);
    ::pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    ::pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
    ::pthread_mutex_init(&m_room->mutex, &attributes);
    ::pthread_mutexattr_destroy(&attributes);
}

ProcessLock::~ProcessLock()
{
    if (m_room != &m_fallback)
        static_cast<void>(::munmap(m_room, sizeof(Room)));
}

void ProcessLock::lock()
{
    if (::pthread_mutex_lock(&m_room->mutex) == EOWNERDEAD)
        ::pthread_mutex_consistent(&m_room->mutex);
}

void ProcessLock::unlock()
{
    ::pthread_mutex_unlock(&m_room->mutex);
}

} // namespace heddle
