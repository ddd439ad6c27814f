/* Preloaded into the program under test: counts what it does to files below one folder, and fails the n-th call.
 *
 * Counted are write, pwrite, fsync, fdatasync, ftruncate, rename, link and unlink. `fault_arm` is called by ctypes in
 * a forked child; until then nothing is counted. Children of the child inherit the fault. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { OFF, COUNT, ONCE, STICKY, SHORT_ONCE, SHORT_STICKY, KILL };
enum { GO, FAIL, HALF };

static char folder[4096];
static int mode = OFF, number;
static long at, calls;

void fault_arm(const char *below, int how, int error, long nth) {
  snprintf(folder, sizeof folder, "%s", below);
  at = nth, number = error, calls = 0, mode = how;
}

long fault_calls(void) { return calls; }

static int strike(const char *path, int is_write) {
  if (mode == OFF || strncmp(path, folder, strlen(folder))) return GO;
  calls++;
  if (mode == COUNT || calls < at) return GO;
  if (mode == KILL) kill(getpid(), SIGKILL);
  if (mode == SHORT_ONCE || mode == SHORT_STICKY) {
    if (calls == at) return is_write ? HALF : GO;
    if (mode == SHORT_ONCE || !is_write) return GO;
  } else if (mode == ONCE && calls != at) {
    return GO;
  }
  errno = number;
  return FAIL;
}

static int strike_open(int file, int is_write) {
  char link[64], path[4096];
  if (mode == OFF) return GO;
  int before = errno;
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  errno = before;
  if (length < 0) return GO;
  path[length] = 0;
  return strike(path, is_write);
}

#define REAL(name) static __typeof__(name) *real; if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

#define WRITES(name, ...) \
  int found = strike_open(file, 1); \
  if (found == FAIL) return -1; \
  if (found == HALF && size > 1) size /= 2; \
  REAL(name); \
  return real(file, data, size, ##__VA_ARGS__)

ssize_t write(int file, const void *data, size_t size) { WRITES(write); }
ssize_t pwrite(int file, const void *data, size_t size, off_t where) { WRITES(pwrite, where); }
ssize_t pwrite64(int file, const void *data, size_t size, off64_t where) { WRITES(pwrite64, where); }

#define BY_FILE(name, parameters, arguments) \
  int name parameters { \
    if (strike_open(file, 0) == FAIL) return -1; \
    REAL(name); \
    return real arguments; \
  }
BY_FILE(fsync, (int file), (file))
BY_FILE(fdatasync, (int file), (file))
BY_FILE(ftruncate, (int file, off_t size), (file, size))
BY_FILE(ftruncate64, (int file, off64_t size), (file, size))

#define BY_PATH(name, parameters, arguments) \
  int name parameters { \
    if (strike(path, 0) == FAIL) return -1; \
    REAL(name); \
    return real arguments; \
  }
BY_PATH(unlink, (const char *path), (path))
BY_PATH(unlinkat, (int place, const char *path, int flags), (place, path, flags))
BY_PATH(rename, (const char *path, const char *to), (path, to))
BY_PATH(renameat, (int place, const char *path, int other, const char *to), (place, path, other, to))
BY_PATH(link, (const char *path, const char *to), (path, to))
BY_PATH(linkat, (int place, const char *path, int other, const char *to, int flags), (place, path, other, to, flags))
