// SPDX-License-Identifier: Apache-2.0
// Files that somebody has sent to have a map made for them, until they are imported: DIR/uploads, each in a
// folder of a name that nobody guesses. They are personal data that nothing has taken in yet, so they go when
// they are dropped, after kUploadLives, and at every start.
//
// Any thread. At most kMostUploads; the oldest gives way.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "app/intake/import_whole.h"
#include "base/result.h"
#include "base/time.h"

namespace handslag::app {

inline constexpr std::size_t kMostUploads = 8;
inline constexpr std::int64_t kUploadLives = 60 * 60 * kMicrosPerSecond;

/// The file goes with the last who holds it.
struct Upload {
  ~Upload();
  std::string id;
  std::string owner;   // the one person who may see it
  std::string name;    // as the person has it
  std::string folder;  // of the file, and nothing else
  std::string path;    // ends as `name` does, for formats are told apart by that too
  Timestamp made;
  std::uint64_t order = 0;  // of sending
  mutable ImportSteps steps;
};

class Uploads {
 public:
  /// Empties DIR/uploads. Errors: Unavailable (permission, disk).
  static Result<std::unique_ptr<Uploads>> open(const std::string& directory);

  /// Errors: Unavailable (the disk is full, …); nothing is kept then.
  Result<std::shared_ptr<const Upload>> keep(const std::string& owner, const std::string& name,
                                             std::string_view bytes, Timestamp now);
  /// NotFound: it is not there (any more), or it is another's.
  Result<std::shared_ptr<const Upload>> find(const std::string& id, const std::string& owner, Timestamp now);
  void drop(const std::string& id, const std::string& owner);

 private:
  explicit Uploads(std::string folder) : folder_(std::move(folder)) {}
  using Gone = std::vector<std::shared_ptr<const Upload>>;
  Gone take_old(Timestamp now);

  const std::string folder_;
  std::mutex mutex_;  // guards what follows; never held while a file is written or goes
  std::uint64_t sent_ = 0;
  std::map<std::string, std::shared_ptr<const Upload>> uploads_;
};

}  // namespace handslag::app
