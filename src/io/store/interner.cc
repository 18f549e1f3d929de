// SPDX-License-Identifier: Apache-2.0
#include "io/store/interner.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>

#include "base/check.h"

namespace handslag::store {
namespace {

constexpr std::size_t kBlockBytes = 1 << 20;
constexpr std::size_t kFirstSlots = 1 << 10;

}  // namespace

Interner::Interner() : slots_(kFirstSlots) {
  add({});
}

std::uint64_t Interner::hash_of(std::string_view text) {
  return XXH3_64bits(text.data(), text.size());
}

std::string_view Interner::text(std::uint32_t code) const {
  std::uint32_t size = 0;
  std::memcpy(&size, entries_[code], sizeof size);
  return {entries_[code] + sizeof size, size};
}

std::optional<std::uint32_t> Interner::find(std::string_view wanted) const {
  const std::uint64_t hash = hash_of(wanted);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    const Slot& slot = slots_[at];
    if (slot.code == kEmpty) return std::nullopt;
    if (slot.hash == static_cast<std::uint32_t>(hash >> 32U) && text(slot.code) == wanted) return slot.code;
  }
}

std::uint32_t Interner::add(std::string_view text) {
  HANDSLAG_CHECK(size() < kEmpty - 1, "the caller keeps to the limit on different texts");
  const auto bytes = static_cast<std::uint32_t>(text.size());
  char* entry = place(sizeof bytes + text.size());
  std::memcpy(entry, &bytes, sizeof bytes);
  if (!text.empty()) std::memcpy(entry + sizeof bytes, text.data(), text.size());
  entries_.push_back(entry);
  if (entries_.size() * 10 > slots_.size() * 7)
    rebuild(slots_.size() * 2);
  else
    insert(size() - 1, hash_of(text));
  return size() - 1;
}

char* Interner::place(std::size_t size) {
  if (size > block_left_) {
    const std::size_t block_size = std::max(size, kBlockBytes);
    blocks_.push_back(std::make_unique<char[]>(block_size));
    block_at_ = blocks_.back().get();
    block_left_ = block_size;
  }
  char* placed = block_at_;
  block_at_ += size;
  block_left_ -= size;
  return placed;
}

void Interner::insert(std::uint32_t code, std::uint64_t hash) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  while (slots_[at].code != kEmpty) at = (at + 1) & mask;
  slots_[at] = {code, static_cast<std::uint32_t>(hash >> 32U)};
}

void Interner::rebuild(std::size_t slots) {
  slots_.assign(slots, Slot{});
  for (std::uint32_t code = 0; code < size(); ++code) insert(code, hash_of(text(code)));
}

void Interner::truncate(std::uint32_t size) {
  if (size >= entries_.size()) return;
  entries_.resize(size);
  rebuild(slots_.size());
}

}  // namespace handslag::store
