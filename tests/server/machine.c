/* SPDX-License-Identifier: Apache-2.0
 * A machine that misbehaves, for a program that is started with this library before all others (LD_PRELOAD):
 *   FAULT_CLOCK=FILE   the wall clock is as many seconds off as the file's first eight bytes say, at any time
 *   FAULT_STILL=FILE   as long as FILE is there, the disk stands still: what is written does not come to it
 *   FAULT_FULL=FILE    as long as FILE is there, the disk has no room: nothing more is written to any file
 * Clocks that measure how long something takes are left alone, as on a machine whose time is set. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const volatile int64_t *off_s;
static const char *still_flag;
static int (*real_clock)(clockid_t, struct timespec *);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static const char *full_flag;
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off64_t);

__attribute__((constructor)) static void begin(void) {
  real_clock = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
  real_fsync = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
  real_write = (ssize_t(*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
  real_pwrite = (ssize_t(*)(int, const void *, size_t, off64_t))dlsym(RTLD_NEXT, "pwrite64");
  full_flag = getenv("FAULT_FULL");
  still_flag = getenv("FAULT_STILL");
  const char *path = getenv("FAULT_CLOCK");
  const int file = path == NULL ? -1 : open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return;
  void *page = mmap(NULL, sizeof(int64_t), PROT_READ, MAP_SHARED, file, 0);
  if (page != MAP_FAILED) off_s = page;
  close(file);
}

int clock_gettime(clockid_t clock, struct timespec *into) {
  if (real_clock == NULL) begin();
  const int result = real_clock(clock, into);
  if (result == 0 && clock == CLOCK_REALTIME && off_s != NULL) into->tv_sec += *off_s;
  return result;
}

static void wait_for_the_disk(void) {
  const struct timespec moment = {0, 1000000};
  while (still_flag != NULL && access(still_flag, F_OK) == 0) nanosleep(&moment, NULL);
}

int fsync(int file) {
  wait_for_the_disk();
  return real_fsync(file);
}

int fdatasync(int file) {
  wait_for_the_disk();
  return real_fdatasync(file);
}

/* What the program says goes on, and sockets are no files. */
static int has_no_room(int file) {
  struct stat what;
  return file > STDERR_FILENO && full_flag != NULL && access(full_flag, F_OK) == 0 && fstat(file, &what) == 0 && S_ISREG(what.st_mode);
}

ssize_t write(int file, const void *bytes, size_t count) {
  if (real_write == NULL) begin();
  if (!has_no_room(file)) return real_write(file, bytes, count);
  errno = ENOSPC;
  return -1;
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset) {
  if (real_pwrite == NULL) begin();
  if (!has_no_room(file)) return real_pwrite(file, bytes, count, offset);
  errno = ENOSPC;
  return -1;
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) {
  return pwrite64(file, bytes, count, offset);
}
