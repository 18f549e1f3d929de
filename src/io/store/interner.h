// SPDX-License-Identifier: Apache-2.0
// Texts to dense codes while importing: texts, identifiers and subjects alike (the latter two as bytes).
// For each its bytes, 1.5 to find them again, and 5.7 to 7.6 of hash table. One thread, but for text() and
// size(), which any thread may ask while another adds. Internal to io/store.
#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <cstdint>
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
  /// The same for one after the other of many: find() knows them after index(), and nothing else is added
  /// before.
  std::uint32_t append(std::string_view text);
  void index();

  std::uint32_t size() const { return size_.load(std::memory_order_acquire); }
  /// Of a code below size(). Lives as long as this.
  std::string_view text(std::uint32_t code) const;
  /// Forgets the codes from `size` on.
  void truncate(std::uint32_t size);

 private:
  static constexpr std::uint32_t kGroup = 16;  // texts found by walking from the group's first

  /// Where groups begin. It grows by whole segments, each twice as large as the one before, and moves
  /// nothing, so that one thread may read what another adds to.
  class Groups {
   public:
    const char* at(std::uint32_t group) const { return cell(group).load(std::memory_order_acquire); }
    void set(std::uint32_t group, const char* begin);

   private:
    static constexpr int kFirstBits = 10, kSegments = 20;
    static int segment_of(std::uint32_t group) {
      return static_cast<int>(std::bit_width((group >> kFirstBits) + 1)) - 1;
    }
    static std::uint32_t first_of(int segment) {
      return ((1U << static_cast<unsigned>(segment)) - 1) << kFirstBits;
    }
    std::atomic<const char*>& cell(std::uint32_t group) const {
      const int segment = segment_of(group);
      return segments_[static_cast<std::size_t>(segment)][group - first_of(segment)];
    }
    std::array<std::unique_ptr<std::atomic<const char*>[]>, kSegments> segments_;
  };

  static std::uint64_t hash_of(std::string_view text);
  const char* place(std::uint32_t code) const;
  void make_room(std::size_t bytes);
  std::size_t first_slot(std::uint64_t hash) const;
  void insert(std::uint32_t code, std::uint64_t hash);
  void rebuild(std::size_t slots);

  // Why two: texts are looked for among the marks alone, which lie close together.
  std::vector<std::uint8_t> marks_;   // by slot: eight bits of the hash, or 0 where it is free
  std::vector<std::uint32_t> codes_;  // by slot
  // Length, text, length, text …; a group of sixteen lies in one block, and no text ever moves.
  std::vector<std::unique_ptr<char[]>> blocks_;
  Groups groups_;       // where every sixteenth text begins
  char* at_ = nullptr;  // in the last block: where the next text goes
  std::size_t left_ = 0;
  std::atomic<std::uint32_t> size_ = 0;  // the last that add() changes
};

}  // namespace handslag::store
