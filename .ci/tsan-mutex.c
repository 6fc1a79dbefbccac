// Reports the locks of Swift's Synchronization to ThreadSanitizer. On Linux a thread waits for a `Mutex` inside the standard
// library, which is not instrumented: without this, accesses under the lock are reported as races.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

// Null in programs that are built without ThreadSanitizer.
void __tsan_acquire(void *address) __attribute__((weak));
void __tsan_release(void *address) __attribute__((weak));

#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define TRY_LOCK "$s15Synchronization12_MutexHandleV12_tryLockSlowSbyF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

#define SWIFT __attribute__((swiftcall))
#define MUTEX __attribute__((swift_context)) void *mutex

typedef SWIFT void (*Lock)(uint32_t, MUTEX);
typedef SWIFT bool (*TryLock)(MUTEX);
typedef SWIFT void (*Unlock)(MUTEX);

static void *original(const char *name) {
    void *function = dlsym(RTLD_NEXT, name);
    if (!function) abort();
    return function;
}

SWIFT void lock(uint32_t self, MUTEX) __asm__(LOCK);
SWIFT void lock(uint32_t self, MUTEX) {
    ((Lock)original(LOCK))(self, mutex);
    if (__tsan_acquire) __tsan_acquire(mutex);
}

SWIFT bool try_lock(MUTEX) __asm__(TRY_LOCK);
SWIFT bool try_lock(MUTEX) {
    bool is_locked = ((TryLock)original(TRY_LOCK))(mutex);
    if (is_locked && __tsan_acquire) __tsan_acquire(mutex);
    return is_locked;
}

SWIFT void unlock(MUTEX) __asm__(UNLOCK);
SWIFT void unlock(MUTEX) {
    if (__tsan_release) __tsan_release(mutex);
    ((Unlock)original(UNLOCK))(mutex);
}
