// SPDX-License-Identifier: Apache-2.0
#include "io/store/interner.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <cstring>

#include "base/check.h"
#include "io/store/hash_mark.h"

namespace handslag::store {
namespace {

constexpr std::size_t kBlockBytes = 1 << 20;
constexpr std::size_t kFirstSlots = 1 << 10;
constexpr std::uint8_t kLong = 0xFF;  // a length of 255 and more follows, in four bytes

// The text whose length stands at `at`, which is moved behind it.
std::string_view take(const char*& at) {
  std::uint32_t size = static_cast<std::uint8_t>(*at++);
  if (size == kLong) {
    std::memcpy(&size, at, sizeof size);
    at += sizeof size;
  }
  const std::string_view text(at, size);
  at += size;
  return text;
}

std::size_t slots_for_texts(std::size_t texts) {
  return texts * 8 / 7 + 1;
}

}  // namespace

void Interner::Groups::set(std::uint32_t group, const char* begin) {
  const int segment = segment_of(group);
  auto& of_it = segments_[static_cast<std::size_t>(segment)];
  if (of_it == nullptr)
    of_it = std::make_unique<std::atomic<const char*>[]>(std::size_t{1} << (kFirstBits + segment));
  of_it[group - first_of(segment)].store(begin, std::memory_order_release);
}

Interner::Interner() : marks_(kFirstSlots), codes_(kFirstSlots) {
  add({});
}

std::uint64_t Interner::hash_of(std::string_view text) {
  // Codes go by the order of adding alone, so that no seed tells on them.
  static const std::uint64_t kSeed = hash_seed();
  return XXH3_64bits_withSeed(text.data(), text.size(), kSeed);
}

std::size_t Interner::first_slot(std::uint64_t hash) const {
  return static_cast<std::size_t>(((hash >> 32U) * marks_.size()) >> 32U);
}

const char* Interner::place(std::uint32_t code) const {
  const char* at = groups_.at(code / kGroup);
  for (std::uint32_t before = code % kGroup; before > 0; --before) (void)take(at);
  return at;
}

std::string_view Interner::text(std::uint32_t code) const {
  const char* at = place(code);
  return take(at);
}

std::optional<std::uint32_t> Interner::find(std::string_view wanted) const {
  const std::uint64_t hash = hash_of(wanted);
  const std::uint8_t mark = mark_of(hash);
  for (std::size_t at = first_slot(hash); marks_[at] != 0; at = at + 1 == marks_.size() ? 0 : at + 1) {
    if (marks_[at] == mark && text(codes_[at]) == wanted) return codes_[at];
  }
  return std::nullopt;
}

std::uint32_t Interner::add(std::string_view text) {
  const std::uint32_t code = append(text);
  if (slots_for_texts(code + 1) > marks_.size())
    rebuild(marks_.size() * 4 / 3);
  else
    insert(code, hash_of(text));
  return code;
}

void Interner::index() {
  rebuild(std::max(slots_for_texts(size_), marks_.size()));
}

std::uint32_t Interner::append(std::string_view text) {
  const std::uint32_t code = size_.load(std::memory_order_relaxed);
  HANDSLAG_CHECK(code < 0xFFFF'FFFE, "the caller keeps to the limit on different texts");
  const auto size = static_cast<std::uint32_t>(text.size());
  make_room(1 + sizeof size + text.size());
  if (code % kGroup == 0) groups_.set(code / kGroup, at_);
  char* const begin = at_;
  *at_++ = static_cast<char>(std::min<std::uint32_t>(size, kLong));
  if (size >= kLong) {
    std::memcpy(at_, &size, sizeof size);
    at_ += sizeof size;
  }
  at_ = std::copy(text.begin(), text.end(), at_);
  left_ -= static_cast<std::size_t>(at_ - begin);
  size_.store(code + 1, std::memory_order_release);
  return code;
}

// A new block begins with a copy of the group at hand, whose first texts stay in the old one for whoever sees
// them. Why twice: a group of long texts is not copied again for each of them.
void Interner::make_room(std::size_t bytes) {
  if (bytes <= left_) return;
  const std::uint32_t size = size_.load(std::memory_order_relaxed);
  const bool is_within = size % kGroup != 0;
  const char* const group = is_within ? groups_.at(size / kGroup) : nullptr;
  const std::size_t copied = is_within ? static_cast<std::size_t>(at_ - group) : 0;
  const std::size_t room = std::max(kBlockBytes, 2 * (copied + bytes));
  blocks_.push_back(std::make_unique_for_overwrite<char[]>(room));  // what stays unused takes no memory
  char* const block = blocks_.back().get();
  if (is_within) groups_.set(size / kGroup, static_cast<const char*>(std::memcpy(block, group, copied)));
  at_ = block + copied;
  left_ = room - copied;
}

void Interner::insert(std::uint32_t code, std::uint64_t hash) {
  std::size_t at = first_slot(hash);
  while (marks_[at] != 0) at = at + 1 == marks_.size() ? 0 : at + 1;
  marks_[at] = mark_of(hash);
  codes_[at] = code;
}

// OPTIMIZATION: slots lie anywhere in memory, so those of some texts are fetched together.
void Interner::rebuild(std::size_t slots) {
  codes_ = {};  // Why first: the old and the new one need not be in memory together
  codes_.resize(slots);
  marks_.assign(slots, 0);
  std::array<std::uint64_t, 2 * kGroup> hashes;
  for (std::uint32_t first = 0; first < size_; first += static_cast<std::uint32_t>(hashes.size())) {
    const auto some = std::min<std::uint32_t>(size_ - first, static_cast<std::uint32_t>(hashes.size()));
    const char* at = nullptr;
    for (std::uint32_t i = 0; i < some; ++i) {
      if (i % kGroup == 0) at = groups_.at((first + i) / kGroup);
      hashes[i] = hash_of(take(at));
      __builtin_prefetch(&marks_[first_slot(hashes[i])], 1);
      __builtin_prefetch(&codes_[first_slot(hashes[i])], 1);
    }
    for (std::uint32_t i = 0; i < some; ++i) insert(first + i, hashes[i]);
  }
}

void Interner::truncate(std::uint32_t size) {
  if (size >= size_) return;
  at_ = const_cast<char*>(place(size));
  left_ = 0;  // Why: at_ may lie in an earlier block; the next text begins a new one
  size_ = size;
  rebuild(marks_.size());
}

}  // namespace handslag::store
