// SPDX-License-Identifier: Apache-2.0
// One writer or many readers of a directory, among processes of one machine: flock on DIR/lock. The kernel
// lets go when a process ends, however it ends, so there are no stale locks.
#pragma once

#include <string>

#include "base/result.h"
#include "base/time.h"

namespace handslag::runtime {

enum class LockKind { Shared, Exclusive };

class DirectoryLock {
 public:
  /// Does not wait. Error Conflict: "another handslag (pid 123, import since 2026-…) is writing to DIR; …",
  /// or that others are reading it. Error Unavailable: the directory cannot be locked. `purpose` ("import")
  /// is what others are told. A shared lock needs no permission to write: without a lock file nobody ever
  /// wrote, and it is granted.
  static Result<DirectoryLock> take(const std::string& directory, LockKind kind, const std::string& purpose,
                                    Timestamp now);

  DirectoryLock() = default;
  DirectoryLock(DirectoryLock&& other) noexcept;
  DirectoryLock& operator=(DirectoryLock&& other) noexcept;
  ~DirectoryLock();

 private:
  explicit DirectoryLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
  bool names_holder_ = false;  // the lock file tells who we are, until we let go
};

}  // namespace handslag::runtime
