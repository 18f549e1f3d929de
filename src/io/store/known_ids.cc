// SPDX-License-Identifier: Apache-2.0
#include "io/store/known_ids.h"

#include <algorithm>
#include <utility>

namespace handslag::store {
namespace {

constexpr std::size_t kLeastSlots = 1024;

}  // namespace

KnownIds::KnownIds(std::size_t expected) : slots_(std::max(kLeastSlots, expected * 100 / 85 + 1)) {}

KnownAs KnownIds::note(std::uint64_t id_hash, std::uint64_t content_hash, std::uint32_t row,
                       const HasThisId& has_this_id) {
  const KnownAs known = look(id_hash, content_hash, has_this_id);
  if (known == KnownAs::New) insert({id_hash, static_cast<std::uint32_t>(content_hash), row});
  return known;
}

KnownAs KnownIds::look(std::uint64_t id_hash, std::uint64_t content_hash,
                       const HasThisId& has_this_id) const {
  const auto content = static_cast<std::uint32_t>(content_hash);
  for (std::size_t at = first_slot(id_hash); slots_[at].row != kFree;
       at = at + 1 == slots_.size() ? 0 : at + 1) {
    const Slot& slot = slots_[at];
    if (slot.id != id_hash) continue;
    if (slot.content == content) return KnownAs::Same;
    if (has_this_id(slot.row)) return KnownAs::Other;
  }
  return KnownAs::New;
}

void KnownIds::insert(const Slot& slot) {
  if ((used_ + 1) * 100 > slots_.size() * 85) {
    std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(slots_.size() * 3 / 2));
    used_ = 0;
    for (const Slot& kept : old) {
      if (kept.row != kFree) insert(kept);
    }
  }
  std::size_t at = first_slot(slot.id);
  while (slots_[at].row != kFree) at = at + 1 == slots_.size() ? 0 : at + 1;
  slots_[at] = slot;
  ++used_;
}

}  // namespace handslag::store
