// SPDX-License-Identifier: Apache-2.0
// Which (source, id) the log holds, with what content: 16 bytes an id, at most 85 % of the slots in use.
// A hit with equal content rests on 96 bits of hash; one with unequal content is verified by asking for the
// id. One thread. Internal to io/store.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

namespace handslag::store {

enum class KnownAs { New, Same, Other };

class KnownIds {
 public:
  /// True where the event in `row` really has the id asked about.
  using HasThisId = std::function<bool(std::uint32_t row)>;

  explicit KnownIds(std::size_t expected = 0);

  /// New: noted now as the id of `row`. Same: known with this content. Other: known with another content.
  /// Nothing is noted for the latter two.
  KnownAs note(std::uint64_t id_hash, std::uint64_t content_hash, std::uint32_t row,
               const HasThisId& has_this_id);

  /// The same, noting nothing.
  KnownAs look(std::uint64_t id_hash, std::uint64_t content_hash, const HasThisId& has_this_id) const;

  std::size_t size() const { return used_; }
  std::size_t size_bytes() const { return slots_.capacity() * sizeof(Slot); }

 private:
  struct Slot {
    std::uint64_t id = 0;
    std::uint32_t content = 0;
    std::uint32_t row = kFree;
  };
  static constexpr std::uint32_t kFree = 0xFFFF'FFFF;

  std::size_t first_slot(std::uint64_t id) const {
    return static_cast<std::size_t>(((id >> 32U) * slots_.size()) >> 32U);
  }
  void insert(const Slot& slot);

  std::vector<Slot> slots_;
  std::size_t used_ = 0;
};

}  // namespace handslag::store
