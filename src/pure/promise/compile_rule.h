// SPDX-License-Identifier: Apache-2.0
// One version of a promise → its monitor.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "pure/model/horizon.h"
#include "pure/promise/compile.h"

namespace handslag::promise {

/// What all versions share while they are compiled. One thread.
class Installation {
 public:
  /// Keeps all three.
  Installation(const model::Columns& columns, const model::Horizons& horizons,
               const model::TimeRulesSource& rules);

  const model::Columns& columns() const { return columns_; }
  const model::Horizons& horizons() const { return horizons_; }

  /// Ascending; empty where no event has such a type.
  std::vector<model::TypeCode> types_of(const TypePattern& pattern) const;
  const std::uint32_t* key_column(const std::string& key) const;
  const model::ValueColumn* name_column(const std::string& name) const;
  const model::ValueColumn* attribute_column(const std::string& name) const;
  /// The organisation's events of a type, ascending.
  const std::vector<EventIndex>& organisation_events(model::TypeCode type) const {
    return organisation_[type];
  }

  /// NotFound, naming what is unknown.
  Result<const model::TimeRules*> time_rules(const Promise& promise) const;
  /// The clock of a duration: the same for the same duration and rules.
  Allowance allowance(model::Duration duration, const model::TimeRules& rules,
                      std::vector<MeasuredDuration>& all);

 private:
  const model::Columns& columns_;
  const model::Horizons& horizons_;
  const model::TimeRulesSource& rules_;
  std::vector<std::pair<std::string_view, model::TypeCode>> types_;  // by name
  std::vector<std::vector<EventIndex>> organisation_;                // by type
};

struct CompiledRule {
  Monitor monitor;
  std::vector<std::pair<model::TypeCode, std::uint32_t>> roles;  // of each type that concerns it
  bool has_source = false;                                       // D-5: without any there is no instance
};

/// NotFound: unknown calendar or zone. Limit: too many steps.
Result<CompiledRule> compile_rule(const Version& version, std::uint32_t index, Installation& installation,
                                  std::vector<MeasuredDuration>& durations);

}  // namespace handslag::promise
