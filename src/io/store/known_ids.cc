// SPDX-License-Identifier: Apache-2.0
#include "io/store/known_ids.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <string>
#include <utility>

#include "io/runtime/disk.h"
#include "io/store/hash_mark.h"

namespace handslag::store {
namespace {

constexpr std::size_t kLeastSlots = 1024;
constexpr const char* kNotWritten = "cannot write down the ids that are known";

std::size_t slots_for(std::size_t ids) {
  return std::max(kLeastSlots, ids * 10 / 9 + 1);
}

}  // namespace

Result<KnownIds> KnownIds::create(const std::string& folder, std::size_t expected) {
  std::string path = folder + "/known-ids-XXXXXX";
  const int made = mkostemp(path.data(), O_CLOEXEC);
  std::FILE* const file = made < 0 ? nullptr : fdopen(made, "r+");
  if (file == nullptr) return runtime::file_error(kNotWritten, folder, errno);
  unlink(path.c_str());
  return KnownIds(folder, file, expected);
}

KnownIds::KnownIds(std::string folder, std::FILE* file, std::size_t expected)
    : marks_(slots_for(expected)), slots_(marks_.size()), folder_(std::move(folder)), file_(file) {}

Result<Known> KnownIds::note(std::uint64_t id_hash, std::uint64_t content_hash, std::uint32_t row,
                             const HasThisId& has_this_id) {
  HANDSLAG_TRY(known, look(id_hash, content_hash, has_this_id));
  if (known.as != KnownAs::New) return known;
  HANDSLAG_CHECK_STATUS(keep(row, {id_hash, content_hash}));
  if (slots_for(used_ + 1) > slots_.size()) grow();
  insert(mark_of(id_hash), {static_cast<std::uint32_t>(id_hash >> 32U), row});
  ++used_;
  return Known{KnownAs::New, row};
}

Result<Known> KnownIds::look(std::uint64_t id_hash, std::uint64_t content_hash,
                             const HasThisId& has_this_id) {
  const auto wanted = static_cast<std::uint32_t>(id_hash >> 32U);
  const std::uint8_t mark = mark_of(id_hash);
  for (std::size_t at = first_slot(wanted); marks_[at] != 0; at = next_slot(at)) {
    if (marks_[at] != mark || slots_[at].id != wanted) continue;
    HANDSLAG_TRY(hashes, hashes_of(slots_[at].row));
    if (hashes.id != id_hash) continue;
    if (hashes.content == content_hash) return Known{KnownAs::Same, slots_[at].row};
    if (has_this_id(slots_[at].row)) return Known{KnownAs::Other, slots_[at].row};
  }
  return Known{};
}

void KnownIds::insert(std::uint8_t mark, Slot slot) {
  std::size_t at = first_slot(slot.id);
  while (marks_[at] != 0) at = next_slot(at);
  marks_[at] = mark;
  slots_[at] = slot;
}

// Why an eighth: the slots stay almost in their order, so that moving them is cheap, and less lies idle.
void KnownIds::grow() {
  const std::size_t slots = slots_.size() * 9 / 8;
  const auto marks = std::exchange(marks_, std::vector<std::uint8_t>(slots));
  const auto old = std::exchange(slots_, std::vector<Slot>(slots));
  for (std::size_t at = 0; at < old.size(); ++at) {
    if (marks[at] != 0) insert(marks[at], old[at]);
  }
}

Status KnownIds::keep(std::uint32_t row, Hashes hashes) {
  const auto place = static_cast<off_t>(std::uint64_t{row} * sizeof hashes);
  const bool is_ready = row == next_in_file_ || fseeko(file_.get(), place, SEEK_SET) == 0;
  if (!is_ready || std::fwrite(&hashes, sizeof hashes, 1, file_.get()) != 1)
    return runtime::file_error(kNotWritten, folder_, errno);
  next_in_file_ = row + 1;
  return {};
}

Result<KnownIds::Hashes> KnownIds::hashes_of(std::uint32_t row) const {
  if (std::fflush(file_.get()) != 0) return runtime::file_error(kNotWritten, folder_, errno);
  Hashes hashes;
  const auto place = static_cast<off_t>(std::uint64_t{row} * sizeof hashes);
  if (pread(fileno(file_.get()), &hashes, sizeof hashes, place) == sizeof hashes) return hashes;
  return runtime::file_error("cannot read the ids that are known", folder_, errno);
}

}  // namespace handslag::store
