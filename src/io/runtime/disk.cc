// SPDX-License-Identifier: Apache-2.0
#include "io/runtime/disk.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>
#include <vector>

namespace handslag::runtime {
namespace {

class OpenFile {
 public:
  OpenFile(const std::string& path, int flags) : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, 0644)) {}
  ~OpenFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  int get() const { return descriptor_; }
  bool ok() const { return descriptor_ >= 0; }
  /// False with errno set where the system reports a late write error.
  bool close() { return ::close(std::exchange(descriptor_, -1)) == 0; }

 private:
  int descriptor_;
};

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

const char* remedy_for(int system_error) {
  switch (system_error) {
    case ENOSPC:
    case EDQUOT:
      return "; free some space, then run the same command again";
    case EFBIG:
      return "; the system's limit on file sizes (ulimit -f) is too low";
    case EACCES:
    case EPERM:
    case EROFS:
      return "; check who owns it and who may write there";
    case EMFILE:
      return "; the system's limit on open files (ulimit -n) is too low";
    default:
      return "";
  }
}

std::string folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

}  // namespace

Error file_error(const std::string& what, const std::string& path, int system_error) {
  const ErrorCode code = system_error == ENOENT || system_error == ENOTDIR ? ErrorCode::NotFound
                         : system_error == EEXIST                          ? ErrorCode::Conflict
                                                                           : ErrorCode::Unavailable;
  return {code, what + ": " + path + ": " + std::strerror(system_error) + remedy_for(system_error)};
}

Status write_file_atomically(const std::string& path, std::string_view text) {
  const std::string temporary = path + ".part";
  OpenFile file(temporary, O_WRONLY | O_CREAT | O_TRUNC);
  if (!file.ok()) return file_error("cannot write", path, errno);
  if (!write_all(file.get(), text) || fsync(file.get()) != 0 || !file.close() ||
      rename(temporary.c_str(), path.c_str()) != 0) {
    const int reason = errno;
    unlink(temporary.c_str());
    return file_error("cannot write", path, reason);
  }
  return sync_folder(folder_of(path));
}

Result<std::string> read_whole_file(const std::string& path, std::uint64_t limit_bytes) {
  OpenFile file(path, O_RDONLY);
  if (!file.ok()) return file_error("cannot read", path, errno);
  std::string text;
  std::vector<char> block(64 * 1024);
  while (true) {
    const ssize_t size = ::read(file.get(), block.data(), block.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return file_error("cannot read", path, errno);
    if (size == 0) return text;
    if (text.size() + static_cast<std::size_t>(size) > limit_bytes) {
      return over_limit(path + " is larger than " + format_bytes(limit_bytes) + ", the most that is read");
    }
    text.append(block.data(), static_cast<std::size_t>(size));
  }
}

Status copy_file_durably(const std::string& from, const std::string& to) {
  OpenFile source(from, O_RDONLY);
  if (!source.ok()) return file_error("cannot read", from, errno);
  OpenFile target(to, O_WRONLY | O_CREAT | O_EXCL);
  if (!target.ok()) return file_error("cannot write", to, errno);
  std::vector<char> block(1 << 20);
  while (true) {
    const ssize_t size = ::read(source.get(), block.data(), block.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return file_error("cannot read", from, errno);
    if (size == 0) break;
    if (!write_all(target.get(), {block.data(), static_cast<std::size_t>(size)})) {
      return file_error("cannot write", to, errno);
    }
  }
  if (fsync(target.get()) != 0 || !target.close()) return file_error("cannot write", to, errno);
  return sync_folder(folder_of(to));
}

Status sync_folder(const std::string& path) {
  OpenFile folder(path, O_RDONLY | O_DIRECTORY);
  if (!folder.ok() || fsync(folder.get()) != 0) return file_error("cannot sync the folder", path, errno);
  return {};
}

Result<std::uint64_t> free_disk_bytes(const std::string& path) {
  struct statvfs disk {};
  if (statvfs(path.c_str(), &disk) != 0) return file_error("cannot see the free space", path, errno);
  return static_cast<std::uint64_t>(disk.f_bavail) * disk.f_frsize;
}

bool is_disk_full(const std::string& path) {
  constexpr std::uint64_t kNothingLeft = 1 << 20;
  const auto folder = std::filesystem::path(path).parent_path();
  const auto free = free_disk_bytes(folder.empty() ? "." : folder.string());
  return free.ok() && *free < kNothingLeft;
}

Status require_free_disk(const std::string& path, std::uint64_t needed_bytes) {
  HANDSLAG_TRY(free_bytes, free_disk_bytes(path));
  if (free_bytes >= needed_bytes) return {};
  return unavailable("only " + format_bytes(free_bytes) + " is free where " + path + " lies, and " +
                     format_bytes(needed_bytes) + " is needed; free some space or choose another disk");
}

std::string format_bytes(std::uint64_t bytes) {
  constexpr std::array<const char*, 5> kUnits = {"bytes", "kB", "MB", "GB", "TB"};
  double amount = static_cast<double>(bytes);
  std::size_t unit = 0;
  while (amount >= 1000 && unit + 1 < kUnits.size()) {
    amount /= 1000;
    ++unit;
  }
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), unit == 0 ? "%.0f %s" : "%.1f %s", amount, kUnits[unit]);
  return text.data();
}

std::uint64_t peak_resident_bytes() {
  struct rusage usage {};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

}  // namespace handslag::runtime
