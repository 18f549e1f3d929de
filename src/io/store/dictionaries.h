// SPDX-License-Identifier: Apache-2.0
// What a writer must know of the log by heart: codes of texts, identifiers and subjects, ids that are taken,
// and the next numbers. Read once a process, kept between its imports. One thread. Internal to io/store.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "io/store/duck_database.h"
#include "io/store/interner.h"
#include "io/store/known_ids.h"

namespace handslag::store {

class Dictionaries {
 public:
  /// Cost: a scan of all texts, identifiers and subjects.
  static Result<std::unique_ptr<Dictionaries>> load(DuckConnection& connection);

  Interner texts;
  Interner identifiers;                                                // by identifier_key
  std::unordered_set<std::uint32_t> types, sources, identifier_types;  // text codes in use as such
  std::uint32_t next_row = 0;
  std::uint32_t next_import = 1;
  std::optional<KnownIds> known_ids;  // from the first event with an id of its own on

  /// A subject goes by the numbers of its identifiers, in the order of (type, value).
  std::optional<std::uint32_t> find_subject(std::span<const std::uint32_t> members) const;
  std::uint32_t add_subject(std::span<const std::uint32_t> members);

  /// Fills known_ids from the log. Cost: a scan of all ids.
  Status load_known_ids(DuckConnection& connection);

  /// Sizes to go back to when an import is given up.
  struct Mark {
    std::uint32_t texts, identifiers, subjects, next_row;
  };
  Mark mark() const { return {texts.size(), identifiers.size(), next_subject_, next_row}; }
  void go_back(const Mark& mark);

 private:
  std::uint32_t next_subject_ = 1;
  std::vector<std::uint32_t> single_;         // by identifier: the subject that has it alone, or 0
  Interner groups_;                           // of the others: the bytes of their members
  std::vector<std::uint32_t> grouped_ = {0};  // by code in groups_: the subject
};

/// Type code and value as bytes, in `scratch`.
std::string_view identifier_key(std::uint32_t type_code, std::string_view value, std::string& scratch);

}  // namespace handslag::store
