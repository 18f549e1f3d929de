// SPDX-License-Identifier: Apache-2.0
// One [[event]] of a map, made ready to fill its event from a row. Only table.cc needs this. One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "io/format/cell_value.h"
#include "io/format/map.h"
#include "io/format/read_output.h"
#include "pure/model/event.h"

namespace handslag::format {

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
template <typename T>
using ByText = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

/// The columns that a map names, by a small number each, and where the table has them.
class References {
 public:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  /// The number of a column's name; kNone for no name.
  std::uint32_t add(const std::string& column);
  /// Tells that the table has `name` as its column number `column`. False where the map does not name it.
  bool bind(std::string_view name, std::uint32_t column);

  const std::vector<std::string>& names() const { return names_; }
  bool is_bound(std::size_t reference) const { return column_[reference] != kNone; }
  std::uint32_t column(std::uint32_t reference) const { return column_[reference]; }

 private:
  std::vector<std::string> names_;
  std::vector<std::uint32_t> column_;
  ByText<std::uint32_t> by_name_;
};

struct Row {
  RecordPlace place;
  std::span<const TableCell> cells;
  const References& references;
  const std::vector<std::string>& missing;

  /// The cell of a reference; null where it is missing.
  const TableCell* at(std::uint32_t reference) const;
  const TableCell* in_column(std::uint32_t column) const;
};

/// What all rules of a table share.
struct RuleSetting {
  const model::LocalTimesSource* zones = nullptr;
  std::string source;  // where the rule names none
  std::string zone;
  bool decimal_comma = false;
  bool id_needs_type = false;  // the row may give several events
  std::uint32_t part = 0;
};

class TableRule {
 public:
  enum class Outcome : std::uint8_t { Event, Nothing, Fault };

  /// Invalid where a zone is unknown. Keeps `rule`.
  static Result<std::unique_ptr<TableRule>> create(const EventRule& rule, const RuleSetting& setting,
                                                   References& references);

  /// A column that the map does not name: an attribute, where the rule takes the rest.
  void add_rest(std::uint32_t column, const std::string& name);
  bool takes_rest() const { return rule_.data_rest; }

  /// Fills event() from a row; `fault` says why it cannot be.
  Outcome fill(const Row& row, ReadOutput& output, Fault& fault);
  const model::Event& event() const { return event_; }

  /// Notes that the event of the last fill() was given, for `once_per`. Returns the bytes it takes to
  /// remember.
  std::size_t remember(const Row& row);

 private:
  struct TextSource {
    std::uint32_t reference = References::kNone;
    std::string constant;  // where the cell is missing
  };
  struct TimeSource {
    std::uint32_t reference = References::kNone;
    TimeReader reader;
  };
  struct DataSource {
    const DataField* field = nullptr;
    std::uint32_t reference = References::kNone;
    TimeReader reader;
  };
  struct RestColumn {
    std::uint32_t column;
    std::string name;
  };

  TableRule(const EventRule& rule, const RuleSetting& setting, TimeReader local);
  Status compile(References& references);
  Result<TimeReader> reader(const TimeField& field) const;

  bool is_wanted(const Row& row) const;
  bool is_seen(const Row& row);
  void set_field(const Row& row, const TextSource& source, std::string& field);
  bool fill_times(const Row& row, ReadOutput& output, Fault& fault);
  bool fill_names(const Row& row, Fault& fault);
  bool fill_id(const Row& row, Fault& fault);
  bool fill_sequence(const Row& row, Fault& fault);
  void fill_subject(const Row& row, ReadOutput& output);
  void fill_keys(const Row& row);
  bool fill_data(const Row& row, ReadOutput& output, Fault& fault);
  bool put(const Row& row, const DataSource& source, const std::string& name, const TableCell& cell,
           ReadOutput& output, Fault& fault);
  void warn_of(const TimeReading& reading, const Row& row, ReadOutput& output);

  const EventRule& rule_;
  RuleSetting setting_;
  TextSource source_, type_, unit_, channel_, touchpoint_, agent_, replaces_, voids_;
  TimeSource when_;
  std::optional<TimeSource> known_;
  std::vector<std::uint32_t> id_, subject_;
  std::uint32_t sequence_ = References::kNone;
  std::vector<TextSource> keys_;
  std::vector<DataSource> data_;
  std::vector<std::uint32_t> filters_;
  std::uint32_t once_per_ = References::kNone;
  std::unordered_set<std::string, TextHash, std::equal_to<>> seen_;

  TimeReader local_;  // iso, in the table's zone
  std::vector<RestColumn> rest_;
  std::unordered_set<std::string> names_;  // of the attributes
  std::size_t attributes_ = 0;             // filled so far
  model::Event event_;
  std::string scratch_;
};

}  // namespace handslag::format
