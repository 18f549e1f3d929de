// SPDX-License-Identifier: Apache-2.0
// Rows of any table to events, by a map: what the readers of CSV, Parquet, XES and mapped JSON share. Not for
// callers of read_events(). One thread.
//
// (1) A row is used whole or rejected whole: none of its events is given before all of them are made.
// (2) Columns may be known beforehand (a header) or turn up while reading (XES, JSON).
// (3) Each rule of the map has one event that is filled anew for every row, so that a row costs no
// allocation.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "io/format/cell_value.h"
#include "io/format/limits.h"
#include "io/format/map.h"
#include "io/format/read_output.h"
#include "io/format/row_sink.h"
#include "io/format/table_rule.h"

namespace handslag::format {

/// What stands in the place of the map's own; empty: the map's holds.
struct TableSetting {
  std::string source;                              // where neither map nor row names one
  std::string zone;                                // where the map names none
  const model::LocalTimesSource* zones = nullptr;  // null: only UTC is known
  RowSink* rows = nullptr;                         // takes all rows, and no event is made
};

class Table {
 public:
  /// Invalid where a zone is unknown. Keeps `map` and `output`.
  static Result<std::unique_ptr<Table>> create(const Map& map, const TableSetting& setting,
                                               const Limits& limits, ReadOutput& output);

  /// The number of the column of that name, added where it is new. Limit at Limits::columns.
  Result<std::uint32_t> column(std::string_view name);
  /// Adds the next column of a header; Invalid where the map uses the name and it stands twice.
  Status add_header_column(std::string_view name);
  std::size_t columns() const { return names_.size(); }
  const std::string& column_name(std::size_t column) const { return names_[column]; }
  /// The columns that the map names.
  const std::vector<std::string>& used_columns() const { return references_.names(); }

  /// For tables with a header: that all the map's columns are there. Where none is, the first row may be no
  /// header but somebody's data, and is not quoted.
  Status check_columns() const;
  /// For the others, at the end: warns of columns that never came.
  void warn_of_unseen_columns();

  /// Gives the row's events, or rejects it. `cells` by column number; there may be fewer than columns. Where
  /// `raw` is empty, the cells stand for it.
  Status row(RecordPlace place, std::span<const TableCell> cells, std::string_view raw);

 private:
  Table(const Map& map, RowSink* rows, const Limits& limits, ReadOutput& output)
      : map_(map), rows_to_(rows), limits_(limits), output_(output) {}

  Status compile(const TableSetting& setting);
  Result<std::uint32_t> add(std::string_view name);
  std::string unseen(std::size_t reference) const;
  std::string raw_of(std::span<const TableCell> cells) const;
  Status give(const Row& row);

  const Map& map_;
  RowSink* rows_to_;
  Limits limits_;
  ReadOutput& output_;
  References references_;
  std::vector<std::string> names_;
  ByText<std::uint32_t> column_by_name_;
  std::vector<std::unique_ptr<TableRule>> rules_;
  std::vector<TableRule*> given_;  // by the row at hand
  std::size_t once_bytes_ = 0;
};

}  // namespace handslag::format
