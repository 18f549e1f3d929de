// SPDX-License-Identifier: Apache-2.0
// Which (source, id) the log holds, with what content. In memory 9 bytes a slot, 80 to 90 % of them in use:
// 40 bits of the id's hash and the row. The whole hashes of id and content, 16 bytes a row, lie in a file
// without a name, which only a hit makes us read: a microsecond. A hit with equal content rests on 128 bits
// of hash; one with unequal content is verified by asking for the id. One thread. Internal to io/store.
#pragma once

#include <cstdint>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"

namespace handslag::store {

enum class KnownAs { New, Same, Other };

struct Known {
  KnownAs as = KnownAs::New;
  std::uint32_t row = 0;  // that holds the id; 0 where nobody has noted it
};

class KnownIds {
 public:
  /// True where the event in `row` really has the id asked about.
  using HasThisId = std::function<bool(std::uint32_t row)>;

  /// Makes its file in `folder`; it vanishes with this or with the process.
  static Result<KnownIds> create(const std::string& folder, std::size_t expected);

  /// New: noted now as the id of `row`. Same: known with this content. Other: known with another content.
  /// Nothing is noted for the latter two. Errors are the disk's.
  Result<Known> note(std::uint64_t id_hash, std::uint64_t content_hash, std::uint32_t row,
                     const HasThisId& has_this_id);

  /// The same, noting nothing.
  Result<Known> look(std::uint64_t id_hash, std::uint64_t content_hash, const HasThisId& has_this_id);

  std::size_t size() const { return used_; }
  std::size_t size_bytes() const { return marks_.size() + slots_.size() * sizeof(Slot); }

 private:
  struct Slot {
    std::uint32_t id = 0;  // the hash's upper half
    std::uint32_t row = 0;
  };
  struct Hashes {
    std::uint64_t id = 0;
    std::uint64_t content = 0;
  };

  struct CloseFile {
    void operator()(std::FILE* file) const { (void)std::fclose(file); }
  };

  KnownIds(std::string folder, std::FILE* file, std::size_t expected);
  std::size_t first_slot(std::uint32_t id) const {
    return static_cast<std::size_t>((std::uint64_t{id} * slots_.size()) >> 32U);
  }
  std::size_t next_slot(std::size_t at) const { return at + 1 == slots_.size() ? 0 : at + 1; }
  void insert(std::uint8_t mark, Slot slot);
  void grow();
  Status keep(std::uint32_t row, Hashes hashes);
  Result<Hashes> hashes_of(std::uint32_t row) const;

  std::vector<std::uint8_t> marks_;  // by slot: eight more bits of the hash, or 0 where it is free
  std::vector<Slot> slots_;
  std::size_t used_ = 0;

  std::string folder_;
  std::unique_ptr<std::FILE, CloseFile> file_;  // Hashes by row
  std::uint32_t next_in_file_ = 0;              // the row for which the file stands ready
};

}  // namespace handslag::store
