// SPDX-License-Identifier: Apache-2.0
#include "io/store/backup.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <utility>
#include <vector>

#include "base/text.h"
#include "io/runtime/digest.h"
#include "io/runtime/directory_lock.h"
#include "io/runtime/disk.h"
#include "io/store/data_directory.h"

namespace handslag::store {
namespace {

namespace fs = std::filesystem;

constexpr const char* kManifest = "backup.manifest";
constexpr const char* kHeading = "handslag backup 1";
constexpr std::uint64_t kManifestBytes = 1 << 20;

struct Entry {
  std::string name;  // below the directory
  std::uint64_t bytes = 0;
  std::string digest;
};

// What a data directory holds, but for the lock: regular files, sorted.
Result<std::vector<std::string>> files_of(const std::string& directory) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::recursive_directory_iterator at(directory, error), end; !error && at != end; at.increment(error)) {
    const std::string name = at->path().lexically_relative(directory).string();
    if (at->is_regular_file() && name != "lock" && name != kManifest) names.push_back(name);
  }
  if (error) return runtime::file_error("cannot read the folder", directory, error.value());
  std::sort(names.begin(), names.end());
  return names;
}

Status make_folder(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) return runtime::file_error("cannot make the folder", path.string(), error.value());
  return {};
}

Result<Entry> copy_entry(const std::string& from, const std::string& to, const std::string& name) {
  HANDSLAG_CHECK_STATUS(make_folder(fs::path(to + "/" + name).parent_path()));
  HANDSLAG_CHECK_STATUS(runtime::copy_file_durably(from + "/" + name, to + "/" + name));
  HANDSLAG_TRY(digest, runtime::digest_of_file(to + "/" + name));
  std::error_code error;
  const std::uint64_t bytes = fs::file_size(to + "/" + name, error);
  if (error) return runtime::file_error("cannot read", to + "/" + name, error.value());
  return Entry{name, bytes, digest};
}

std::string manifest_text(const std::vector<Entry>& entries, Timestamp made) {
  std::string text = std::string(kHeading) + "\t" + format_rfc3339(made) + "\n";
  for (const Entry& entry : entries) {
    text += entry.digest + "\t" + std::to_string(entry.bytes) + "\t" + entry.name + "\n";
  }
  return text;
}

struct Manifest {
  Timestamp made;
  std::vector<Entry> entries;
};

// Why so strict: names come from outside, and must not lead out of the folder.
bool is_name_inside(const std::string& name) {
  const fs::path path(name);
  return !name.empty() && path.is_relative() && std::find(path.begin(), path.end(), "..") == path.end();
}

Result<Manifest> read_manifest(const std::string& from) {
  const std::string path = from + "/" + kManifest;
  Result<std::string> text = runtime::read_whole_file(path, kManifestBytes);
  if (!text.ok() && text.error().code == ErrorCode::NotFound) {
    return not_found(from + " is no backup of handslag (it holds no " + kManifest + ")");
  }
  if (!text.ok()) return std::move(text).error();
  const auto lines = split(*text, '\n');
  const auto heading = split(lines.front(), '\t');
  const auto made = heading.size() == 2 && heading[0] == kHeading ? parse_rfc3339(heading[1]) : std::nullopt;
  if (!made) return Error{ErrorCode::Corrupt, path + " is damaged, or of another version"};
  Manifest manifest{*made, {}};
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (lines[i].empty()) continue;
    const auto fields = split(lines[i], '\t');
    const auto bytes = fields.size() == 3 ? parse_number(fields[1]) : std::nullopt;
    if (!bytes || !is_name_inside(std::string(fields[2]))) {
      return Error{ErrorCode::Corrupt, path + ", line " + std::to_string(i + 1) + ", is damaged"};
    }
    manifest.entries.push_back(
        {std::string(fields[2]), static_cast<std::uint64_t>(*bytes), std::string(fields[0])});
  }
  return manifest;
}

BackupSummary summary_of(const std::vector<Entry>& entries, Timestamp made) {
  BackupSummary summary{static_cast<std::uint32_t>(entries.size()), 0, made};
  for (const Entry& entry : entries) summary.bytes += entry.bytes;
  return summary;
}

// Marks a folder in the making as ours. Why: a folder of that name may be somebody else's.
constexpr const char* kMark = ".handslag-in-the-making";

// A folder under another name until everything is in it; removed again where anything fails, and before,
// where an earlier attempt of ours was cut short.
class FolderInTheMaking {
 public:
  explicit FolderInTheMaking(std::string final_path)
      : final_path_(std::move(final_path)), path_(final_path_ + ".part") {}
  ~FolderInTheMaking() {
    std::error_code ignored;  // Why: the error at hand is the one to tell
    if (is_ours_ && !done_) fs::remove_all(path_, ignored);
  }
  Status make() {
    std::error_code error;
    if (fs::symlink_status(path_, error).type() != fs::file_type::not_found) {
      if (!fs::exists(fs::path(path_) / kMark)) {
        return Error{ErrorCode::Conflict,
                     path_ + " exists, and is not of our making; move it away, or name another folder"};
      }
      fs::remove_all(path_, error);
    }
    HANDSLAG_CHECK_STATUS(make_folder(path_));
    is_ours_ = true;
    return runtime::write_file_atomically(path_ + "/" + kMark, "");
  }
  Status finish() {
    std::error_code error;
    fs::remove(path_ + "/" + kMark, error);
    if (error) return runtime::file_error("cannot put in place", final_path_, error.value());
    fs::rename(path_, final_path_, error);
    if (error) return runtime::file_error("cannot put in place", final_path_, error.value());
    done_ = true;
    return runtime::sync_folder(fs::absolute(final_path_).parent_path().string());
  }
  const std::string& path() const { return path_; }

 private:
  std::string final_path_, path_;
  bool is_ours_ = false, done_ = false;
};

std::string without_slash(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

Result<std::uint64_t> bytes_of(const std::string& directory, const std::vector<std::string>& names) {
  std::uint64_t bytes = 0;
  for (const std::string& name : names) {
    std::error_code error;
    bytes += fs::file_size(directory + "/" + name, error);
    if (error) return runtime::file_error("cannot read", directory + "/" + name, error.value());
  }
  return bytes;
}

}  // namespace

Result<BackupSummary> backup(const std::string& directory, const std::string& to, Timestamp now) {
  const std::string target = without_slash(to);
  if (fs::exists(target)) return Error{ErrorCode::Conflict, target + " exists already; name a new folder"};
  // Why open and close: both stores then lie in one file each, and a damaged or newer directory is met here.
  { HANDSLAG_TRY(opened, DataDirectory::open(directory, Mode::Write, "backup", now)); }
  HANDSLAG_TRY(lock, runtime::DirectoryLock::take(directory, runtime::LockKind::Exclusive, "backup", now));
  HANDSLAG_TRY(names, files_of(directory));
  HANDSLAG_TRY(bytes, bytes_of(directory, names));
  FolderInTheMaking folder(target);
  HANDSLAG_CHECK_STATUS(folder.make());
  HANDSLAG_CHECK_STATUS(runtime::require_free_disk(folder.path(), bytes));
  std::vector<Entry> entries;
  for (const std::string& name : names) {
    HANDSLAG_TRY(entry, copy_entry(directory, folder.path(), name));
    HANDSLAG_TRY(original, runtime::digest_of_file(directory + "/" + name));
    if (original != entry.digest) return unavailable(name + " was not copied as it is; check the disk");
    entries.push_back(std::move(entry));
  }
  HANDSLAG_CHECK_STATUS(
      runtime::write_file_atomically(folder.path() + "/" + kManifest, manifest_text(entries, now)));
  HANDSLAG_CHECK_STATUS(folder.finish());
  return summary_of(entries, now);
}

Result<BackupSummary> restore(const std::string& from, const std::string& directory, Timestamp now) {
  HANDSLAG_TRY(manifest, read_manifest(without_slash(from)));
  const std::string target = without_slash(directory);
  std::error_code error;
  if (fs::exists(target) && !fs::is_empty(target, error)) {
    return Error{ErrorCode::Conflict, target + " is not empty; name a new data directory"};
  }
  FolderInTheMaking folder(target);
  HANDSLAG_CHECK_STATUS(folder.make());
  HANDSLAG_CHECK_STATUS(runtime::require_free_disk(folder.path(), summary_of(manifest.entries, now).bytes));
  for (const Entry& wanted : manifest.entries) {
    HANDSLAG_TRY(entry, copy_entry(without_slash(from), folder.path(), wanted.name));
    if (entry.digest != wanted.digest || entry.bytes != wanted.bytes) {
      return Error{
          ErrorCode::Corrupt,
          from + "/" + wanted.name + " is not what was backed up (its digest differs); use another backup"};
    }
  }
  { HANDSLAG_TRY(opened, DataDirectory::open(folder.path(), Mode::Write, "restore", now)); }
  fs::remove(target, error);  // an empty folder gives way
  HANDSLAG_CHECK_STATUS(folder.finish());
  return summary_of(manifest.entries, manifest.made);
}

}  // namespace handslag::store
