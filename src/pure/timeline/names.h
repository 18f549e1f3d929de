// SPDX-License-Identifier: Apache-2.0
// The columns of one name: as a key (`same k`), as an attribute, and as a guard sees it (the first that an
// event has of fixed field, key, attribute). A column comes into being with its first value (columns.h (3)).
// Internal to whoever fills Columns: build.cc and io/store/load.cc. One thread.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "pure/model/columns.h"

namespace handslag::timeline {

/// REQUIRES: for one event, attributes are set before keys, and keys before fixed fields; the last one
/// counts.
class NamedColumn {
 public:
  NamedColumn(model::Columns& columns, std::string name) : columns_(&columns), name_(std::move(name)) {}

  bool key = false, guard = false, attribute = false;  // which of the three are needed

  void set_attribute(model::EventIndex e, model::Cell cell);
  void set_key(model::EventIndex e, std::uint32_t text);
  void set_fixed(model::EventIndex e, std::uint32_t text);

 private:
  void set_guard(model::EventIndex e, model::Cell cell);

  model::Columns* columns_;
  std::string name_;
  std::vector<std::uint32_t>* keys_ = nullptr;
  model::ValueColumn* guards_ = nullptr;
  model::ValueColumn* attributes_ = nullptr;
};

class NamedColumns {
 public:
  /// Keeps `columns`, whose events must be in place.
  NamedColumns(model::Columns& columns, const model::ColumnNeeds& needs);

  /// Null where nothing asks for the name.
  NamedColumn* find(std::string_view name) {
    const auto entry = by_name_.find(name);
    return entry == by_name_.end() ? nullptr : &entry->second;
  }
  std::map<std::string, NamedColumn, std::less<>>& all() { return by_name_; }

 private:
  std::map<std::string, NamedColumn, std::less<>> by_name_;
};

}  // namespace handslag::timeline
