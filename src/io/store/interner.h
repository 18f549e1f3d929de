// SPDX-License-Identifier: Apache-2.0
// Texts to dense codes while importing: texts, identifiers and subjects alike (the latter two as bytes).
// About 8 bytes and the text, and 11 to 23 bytes of hash table, for each. One thread. Internal to io/store.
#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace handslag::store {

class Interner {
 public:
  /// Code 0 is the empty text.
  Interner();

  std::optional<std::uint32_t> find(std::string_view text) const;
  /// The next code for a text that find does not know. REQUIRES: room for one more (size() < 2^32 - 1).
  std::uint32_t add(std::string_view text);

  std::uint32_t size() const { return static_cast<std::uint32_t>(entries_.size()); }
  std::string_view text(std::uint32_t code) const;
  /// Forgets the codes from `size` on.
  void truncate(std::uint32_t size);

 private:
  struct Slot {
    std::uint32_t code = kEmpty;
    std::uint32_t hash = 0;  // OPTIMIZATION: most that differ are told apart without looking at their text
  };
  static constexpr std::uint32_t kEmpty = 0xFFFF'FFFF;

  static std::uint64_t hash_of(std::string_view text);
  char* place(std::size_t size);
  void insert(std::uint32_t code, std::uint64_t hash);
  void rebuild(std::size_t slots);

  std::vector<Slot> slots_;           // a power of two, at most 70 % full
  std::vector<const char*> entries_;  // by code: four bytes of length, then the text
  std::vector<std::unique_ptr<char[]>> blocks_;
  std::size_t block_left_ = 0;
  char* block_at_ = nullptr;
};

}  // namespace handslag::store
