// The number that a test writes into a file to tell a preloaded library what to do.

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static volatile int64_t *number;

__attribute__((constructor)) static void find_number(void) {
    int file = open(getenv("PRELOAD_NUMBER"), O_RDWR | O_CLOEXEC);
    number = mmap(NULL, sizeof *number, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (number == MAP_FAILED) abort();
    close(file);
}
