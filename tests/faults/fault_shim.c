/* Preloaded into the program under test: counts what it does to files below one folder, and fails the n-th call.
 *
 * Counted are write, pwrite, fsync, fdatasync, ftruncate, rename, link, unlink, mkdir and open where it creates a file.
 * `fault_arm` is called by ctypes in a forked child; until then nothing is counted. Children of the child inherit the
 * fault. While counting, `fault_log` is a line for each call: what, and of which file. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OFF, COUNT, ONCE, STICKY, SHORT_ONCE, SHORT_STICKY, KILL };
enum { GO, FAIL, HALF };

static char folder[4096];
static int mode = OFF, number;
static long at, calls;
static char listed[1 << 20];
static size_t length;

void fault_arm(const char *below, int how, int error, long nth) {
  snprintf(folder, sizeof folder, "%s", below);
  at = nth, number = error, calls = 0, length = 0, listed[0] = 0, mode = how;
}

const char *fault_log(void) { return listed; }

static int strike(const char *call, const char *path, int is_write) {
  if (mode == OFF || strncmp(path, folder, strlen(folder))) return GO;
  calls++;
  if (mode == COUNT && length < sizeof listed - 8192)
    length += snprintf(listed + length, 8192, "%s %s\n", call, path + strlen(folder));
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

static int strike_open(const char *call, int file, int is_write) {
  char link[64], path[4096];
  if (mode == OFF) return GO;
  int before = errno;
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t size = readlink(link, path, sizeof path - 1);
  errno = before;
  if (size < 0) return GO;
  path[size] = 0;
  return strike(call, path, is_write);
}

#define REAL(name) static __typeof__(name) *real; if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

#define WRITES(name, ...) \
  int found = strike_open(#name, file, 1); \
  if (found == FAIL) return -1; \
  if (found == HALF && size > 1) size /= 2; \
  REAL(name); \
  return real(file, data, size, ##__VA_ARGS__)

ssize_t write(int file, const void *data, size_t size) { WRITES(write); }
ssize_t pwrite(int file, const void *data, size_t size, off_t where) { WRITES(pwrite, where); }
ssize_t pwrite64(int file, const void *data, size_t size, off64_t where) { WRITES(pwrite64, where); }

#define BY_FILE(name, parameters, arguments) \
  int name parameters { \
    if (strike_open(#name, file, 0) == FAIL) return -1; \
    REAL(name); \
    return real arguments; \
  }
BY_FILE(fsync, (int file), (file))
BY_FILE(fdatasync, (int file), (file))
BY_FILE(ftruncate, (int file, off_t size), (file, size))
BY_FILE(ftruncate64, (int file, off64_t size), (file, size))

#define BY_PATH(name, parameters, arguments) \
  int name parameters { \
    if (strike(#name, path, 0) == FAIL) return -1; \
    REAL(name); \
    return real arguments; \
  }
BY_PATH(unlink, (const char *path), (path))
BY_PATH(unlinkat, (int place, const char *path, int flags), (place, path, flags))
BY_PATH(rename, (const char *path, const char *to), (path, to))
BY_PATH(renameat, (int place, const char *path, int other, const char *to), (place, path, other, to))
BY_PATH(link, (const char *path, const char *to), (path, to))
BY_PATH(linkat, (int place, const char *path, int other, const char *to, int flags), (place, path, other, to, flags))
BY_PATH(mkdir, (const char *path, mode_t rights), (path, rights))

#define OPENS(name, parameters, arguments) \
  int name parameters { \
    mode_t rights = 0; \
    if (flags & O_CREAT) { \
      va_list rest; \
      va_start(rest, flags); \
      rights = va_arg(rest, mode_t); \
      va_end(rest); \
      if (mode != OFF && access(path, F_OK) && strike(#name, path, 0) == FAIL) return -1; \
    } \
    REAL(name); \
    return real arguments; \
  }
OPENS(open, (const char *path, int flags, ...), (path, flags, rights))
OPENS(open64, (const char *path, int flags, ...), (path, flags, rights))
OPENS(openat, (int place, const char *path, int flags, ...), (place, path, flags, rights))
OPENS(openat64, (int place, const char *path, int flags, ...), (place, path, flags, rights))
