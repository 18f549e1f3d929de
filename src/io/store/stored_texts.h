// SPDX-License-Identifier: Apache-2.0
// The log's dictionary of texts, read a block at a time when asked. Any thread: a text that was read once
// costs two loads, one that was not a query under a lock. Internal to io/store; others see model::Texts.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "io/store/duck_database.h"
#include "pure/model/texts.h"

namespace handslag::store {

class StoredTexts final : public model::Texts {
 public:
  /// Keeps the database open.
  static Result<std::shared_ptr<StoredTexts>> open(std::shared_ptr<DuckDatabase> database);

  /// Empty for a code that the log never gave. Throws std::runtime_error where the log can no longer be read:
  /// Texts has no other way to say so, and an answer from empty texts would be a wrong one. on_threads
  /// (workers.h) and the program's top make an Error of it.
  std::string_view text(std::uint32_t code) const override;
  std::optional<std::uint32_t> code(std::string_view text) const override;

 private:
  static constexpr std::uint32_t kBlockTexts = 2048;
  struct Block {
    std::string bytes;
    std::vector<std::string_view> texts;  // into bytes
  };

  StoredTexts(std::shared_ptr<DuckDatabase> database, DuckConnection connection, std::uint32_t size);
  const Block& read_block(std::uint32_t number) const;

  std::shared_ptr<DuckDatabase> database_;  // shared with the log, which may be closed before
  std::uint32_t size_;
  mutable std::mutex mutex_;  // guards what follows, but for reading blocks_
  mutable DuckConnection connection_;
  mutable std::unordered_map<std::string, std::optional<std::uint32_t>> codes_;
  mutable std::vector<std::unique_ptr<const Block>> owned_;
  mutable std::vector<std::atomic<const Block*>> blocks_;  // into owned_; never changed once set
};

}  // namespace handslag::store
