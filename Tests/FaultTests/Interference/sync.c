// Lets one sync of a program that is started with this library fail when the number is 1.
//
// The next ones succeed, as those of the system do: it reports an error once and calls clean what it has not written.

#define _GNU_SOURCE
#include <errno.h>
#include <sys/syscall.h>

#include "number.h"

static int synced(long call, int file) {
    if (number && __sync_bool_compare_and_swap(number, 1, 0)) {
        errno = EIO;
        return -1;
    }
    return (int)syscall(call, file);
}

int fsync(int file) { return synced(SYS_fsync, file); }
int fdatasync(int file) { return synced(SYS_fdatasync, file); }
