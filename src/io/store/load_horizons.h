// SPDX-License-Identifier: Apache-2.0
// What a load must know before it reads events: types, sources and their horizons (P-5), and who was seen
// with whom. Not for you: see load.h.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "io/store/duck_database.h"
#include "io/store/load.h"
#include "pure/identity/identity.h"

namespace handslag::store {

/// A map from the text codes of types or sources, which are few but spread, to small numbers.
class SmallNumbers {
 public:
  void set(std::uint32_t code, std::uint16_t number) {
    if (code >= numbers_.size()) numbers_.resize(code + 1, 0);
    numbers_[code] = number;
  }
  std::uint16_t at(std::uint32_t code) const { return numbers_[code]; }

 private:
  std::vector<std::uint16_t> numbers_;
};

struct Kinds {
  std::uint64_t rows = 0;  // all row numbers are less
  bool known_differs = false;
  std::vector<model::TypeInfo> types;  // by TypeCode: in the order of their names
  SmallNumbers type_of_text;           // text code to TypeCode
  SmallNumbers source_of_text;         // text code to the rank of the source's name
  model::Horizons horizons;
};

Result<Kinds> load_kinds(DuckConnection& connection, const LoadOptions& options);

/// `counts` is left empty.
Result<identity::Evidence> load_evidence(DuckConnection& connection, std::size_t subjects);

}  // namespace handslag::store
