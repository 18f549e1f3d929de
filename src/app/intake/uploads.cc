// SPDX-License-Identifier: Apache-2.0
#include "app/intake/uploads.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "io/runtime/secrets.h"

namespace handslag::app {
namespace {

namespace fs = std::filesystem;

Error not_kept(const std::string& why) {
  return unavailable("the file could not be kept for a moment: " + why +
                     ". Nothing was taken; send it again.");
}

// The name's letters that mean nothing to a file system, its end before all.
std::string file_name_of(const std::string& name) {
  constexpr std::size_t kMostLetters = 80;
  std::string kept;
  for (const char c : name) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                          c == '.' || c == '-' || c == '_';
    kept += is_plain ? c : '_';
  }
  if (kept.size() > kMostLetters) kept.erase(0, kept.size() - kMostLetters);
  return "file-" + kept;
}

Status write_file(const std::string& path, std::string_view bytes) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return not_kept(std::generic_category().message(errno));
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      const int failure = errno;
      ::close(file);
      return not_kept(std::generic_category().message(failure));
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  ::close(file);
  return {};
}

}  // namespace

Upload::~Upload() {
  std::error_code nowhere;  // Why: what cannot go now goes at the next start
  fs::remove_all(folder, nowhere);
}

Result<std::unique_ptr<Uploads>> Uploads::open(const std::string& directory) {
  const std::string folder = directory + "/uploads";
  std::error_code failure;
  fs::remove_all(folder, failure);
  if (!failure) fs::create_directory(folder, failure);
  if (!failure) fs::permissions(folder, fs::perms::owner_all, failure);
  if (failure) return unavailable(fmt::format("{}: {}", folder, failure.message()));
  return std::unique_ptr<Uploads>(new Uploads(folder));
}

Result<std::shared_ptr<const Upload>> Uploads::keep(const std::string& owner, const std::string& name,
                                                    std::string_view bytes, Timestamp now) {
  auto upload = std::make_shared<Upload>();
  upload->id = runtime::random_secret();
  upload->owner = owner;
  upload->name = name;
  upload->folder = folder_ + "/" + upload->id;
  upload->path = upload->folder + "/" + file_name_of(name);
  upload->made = now;
  std::error_code failure;
  fs::create_directory(upload->folder, failure);
  if (failure) return not_kept(failure.message());
  HANDSLAG_CHECK_STATUS(write_file(upload->path, bytes));
  Gone gone;
  const std::lock_guard lock(mutex_);
  gone = take_old(now);
  upload->order = ++sent_;
  uploads_.emplace(upload->id, upload);
  return std::shared_ptr<const Upload>(upload);
}

// Their files go with what is returned. REQUIRES: mutex_ is held.
Uploads::Gone Uploads::take_old(Timestamp now) {
  Gone gone;
  std::erase_if(uploads_, [&](const auto& it) {
    const bool is_old = now.us - it.second->made.us > kUploadLives;
    if (is_old) gone.push_back(it.second);
    return is_old;
  });
  if (uploads_.size() < kMostUploads) return gone;
  const auto oldest = std::min_element(uploads_.begin(), uploads_.end(), [](const auto& a, const auto& b) {
    return a.second->order < b.second->order;
  });
  gone.push_back(oldest->second);
  uploads_.erase(oldest);
  return gone;
}

Result<std::shared_ptr<const Upload>> Uploads::find(const std::string& id, const std::string& owner,
                                                    Timestamp now) {
  const std::lock_guard lock(mutex_);
  const auto found = uploads_.find(id);
  if (found == uploads_.end() || found->second->owner != owner ||
      now.us - found->second->made.us > kUploadLives)
    return not_found("the file is kept for an hour and is there no more; choose it again");
  return found->second;
}

void Uploads::drop(const std::string& id, const std::string& owner) {
  std::shared_ptr<const Upload> gone;
  const std::lock_guard lock(mutex_);
  const auto found = uploads_.find(id);
  if (found == uploads_.end() || found->second->owner != owner) return;
  gone = std::move(found->second);
  uploads_.erase(found);
}

}  // namespace handslag::app
