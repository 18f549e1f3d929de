// SPDX-License-Identifier: Apache-2.0
// JSON objects as the rows of a table: the columns are their names, those of inner objects and lists joined
// by dots. Not for callers of read_events(). One thread.
#pragma once

#include <simdjson.h>

#include <deque>
#include <string>
#include <vector>

#include "io/format/table.h"

namespace handslag::format {

class JsonTable {
 public:
  /// Keeps `table`.
  JsonTable(Table& table, const Limits& limits) : table_(table), limits_(limits) {}

  /// The cells of an object by the table's columns, which may grow; false with the fault where it is no
  /// object or has too much in it. They live as long as `json`, until the next call.
  bool read(simdjson::dom::element json, Fault& fault);
  /// Of the last read().
  std::vector<TableCell>& cells() { return cells_; }

 private:
  bool flatten(simdjson::dom::element value, std::size_t depth, Fault& fault);
  bool set(simdjson::dom::element value, Fault& fault);
  TableCell cell_of(simdjson::dom::element value);
  TableCell as_text(simdjson::dom::element value);

  Table& table_;
  Limits limits_;
  std::vector<TableCell> cells_;
  std::deque<std::string> numbers_;  // too large to be exact
  std::string path_;
};

}  // namespace handslag::format
