// SPDX-License-Identifier: Apache-2.0
// Changes as the stream tells them: a line of JSON each. It is written when the first listener wants it, and
// the same text serves all the others. Any thread.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "app/watch/changes.h"

namespace handslag::app {

class ChangeTexts {
 public:
  /// At most `kept` texts stay, those of the newest changes; an older one is written anew each time.
  explicit ChangeTexts(std::size_t kept = 1'000) : kept_(kept) {}

  /// Never null.
  std::shared_ptr<const std::string> text(const Change& change);

 private:
  const std::size_t kept_;
  std::mutex mutex_;  // guards what follows
  std::map<std::uint64_t, std::shared_ptr<const std::string>>
      texts_;  // by the change's number; shared with callers
};

}  // namespace handslag::app
