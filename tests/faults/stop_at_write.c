/* For check_writes.py: loaded before the program, it counts what is written to a book, and at one of
 * these writes kills the program, or lets that one and all later ones find the disk full.
 *
 *     BOOK_WRITES=kill:17   BOOK_WRITES=full:17   BOOK_WRITES=count:FILE
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static long seen;

static int is_of_book(int fd) {
    char link[64];
    char path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    const ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = '\0';
    return strstr(path, ".db") != NULL && strstr(path, ".db-shm") == NULL;
}

/* Whether this write finds the disk full; of the one that is to be the last, no return. */
static int is_full(int fd) {
    const char* what = getenv("BOOK_WRITES");
    if (what == NULL || !is_of_book(fd)) return 0;
    ++seen;
    if (strncmp(what, "kill:", 5) == 0 && seen >= atol(what + 5)) raise(SIGKILL);
    return strncmp(what, "full:", 5) == 0 && seen >= atol(what + 5);
}

ssize_t pwrite64(int fd, const void* bytes, size_t count, off64_t at) {
    static ssize_t (*next)(int, const void*, size_t, off64_t);
    if (next == NULL) *(void**)&next = dlsym(RTLD_NEXT, "pwrite64");
    if (is_full(fd)) {
        errno = ENOSPC;
        return -1;
    }
    return next(fd, bytes, count, at);
}

int fdatasync(int fd) {
    static int (*next)(int);
    if (next == NULL) *(void**)&next = dlsym(RTLD_NEXT, "fdatasync");
    if (is_full(fd)) {
        errno = ENOSPC;
        return -1;
    }
    return next(fd);
}

__attribute__((destructor)) static void tell(void) {
    const char* what = getenv("BOOK_WRITES");
    if (what == NULL || strncmp(what, "count:", 6) != 0) return;
    FILE* file = fopen(what + 6, "w");
    if (file == NULL) return;
    fprintf(file, "%ld", seen);
    fclose(file);
}
