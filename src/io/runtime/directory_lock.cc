// SPDX-License-Identifier: Apache-2.0
#include "io/runtime/directory_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

#include "base/text.h"
#include "io/runtime/disk.h"

namespace handslag::runtime {
namespace {

std::string holder_of(int descriptor) {
  std::array<char, 256> text{};
  const ssize_t size = pread(descriptor, text.data(), text.size(), 0);
  return size > 0 ? std::string(trimmed({text.data(), static_cast<std::size_t>(size)})) : std::string();
}

Error held_by_another(int descriptor, const std::string& directory, LockKind wanted) {
  const std::string holder = holder_of(descriptor);
  if (holder.empty() && wanted == LockKind::Exclusive) {
    return {ErrorCode::Conflict,
            "another handslag is reading " + directory + "; wait until it is done or stop it"};
  }
  // Why: a server does not get done, and can be asked itself.
  if (holder.find(", serve since ") != std::string::npos) {
    return {ErrorCode::Conflict, "a server (" + holder + ") has " + directory +
                                     " open; ask it (handslag ask /v1/gap), or stop it"};
  }
  return {ErrorCode::Conflict, "another handslag (" + (holder.empty() ? "unknown" : holder) +
                                   ") is writing to " + directory + "; wait until it is done or stop it"};
}

// Why: what the file says is for people alone; failing to say it must not stop the work.
void name_holder(int descriptor, const std::string& purpose, Timestamp now) {
  const std::string text =
      "pid " + std::to_string(getpid()) + ", " + purpose + " since " + format_rfc3339(now) + "\n";
  if (ftruncate(descriptor, 0) == 0) (void)!pwrite(descriptor, text.data(), text.size(), 0);
}

}  // namespace

Result<DirectoryLock> DirectoryLock::take(const std::string& directory, LockKind kind,
                                          const std::string& purpose, Timestamp now) {
  const std::string path = directory + "/lock";
  int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor < 0 && kind == LockKind::Shared) {
    descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0 && (errno == ENOENT || errno == EACCES)) return DirectoryLock();
  }
  if (descriptor < 0) return file_error("cannot lock the data directory", path, errno);
  DirectoryLock lock(descriptor);
  const int operation = (kind == LockKind::Exclusive ? LOCK_EX : LOCK_SH) | LOCK_NB;
  if (flock(descriptor, operation) != 0) {
    if (errno == EWOULDBLOCK) return held_by_another(descriptor, directory, kind);
    return file_error("cannot lock the data directory", path, errno);
  }
  if (kind == LockKind::Exclusive) {
    name_holder(descriptor, purpose, now);
    lock.names_holder_ = true;
  }
  return lock;
}

DirectoryLock::DirectoryLock(DirectoryLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      names_holder_(std::exchange(other.names_holder_, false)) {}

DirectoryLock& DirectoryLock::operator=(DirectoryLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(names_holder_, other.names_holder_);
  return *this;
}

DirectoryLock::~DirectoryLock() {
  if (names_holder_) (void)!ftruncate(descriptor_, 0);
  if (descriptor_ >= 0) close(descriptor_);
}

}  // namespace handslag::runtime
