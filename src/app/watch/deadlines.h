// SPDX-License-Identifier: Apache-2.0
// Instants at which a verdict changes though nothing happens: a promise's due time passes (pending → overdue
// → broken, or kept where the promise is that nothing happens), and the time to warn before it. Nobody scans
// for them: what is next stands first. One thread.
#pragma once

#include <cstdint>
#include <set>
#include <tuple>
#include <vector>

#include "base/time.h"
#include "pure/model/columns.h"
#include "pure/promise/evaluate.h"

namespace handslag::app {

class Deadlines {
 public:
  explicit Deadlines(std::size_t versions = 0) : of_version_(versions) {}

  /// An instance of `version` is pending with this due time.
  void add_pending(std::uint32_t version, Timestamp due, model::CustomerIndex customer) {
    of_version_[version].pending.emplace(due, customer);
  }
  /// An instance is overdue: it waits for its sources' horizon.
  void add_overdue(std::uint32_t version, Timestamp due, model::CustomerIndex customer) {
    of_version_[version].overdue.emplace(due, customer);
  }
  /// An instance is pending, and whoever must keep it is to be warned then.
  void add_warning(std::uint32_t version, Timestamp warn_at, model::CustomerIndex customer) {
    of_version_[version].warnings.emplace(warn_at, customer);
  }

  /// Takes out the customers for whom, by the version's clock and horizon, something has passed. Where an
  /// instance is still open after it was looked at, it must be added again. Cost: O(those taken).
  void take_passed(std::uint32_t version, const promise::Horizon& horizon,
                   std::vector<model::CustomerIndex>& passed);
  void take_warnings(std::uint32_t version, Timestamp clock, std::vector<model::CustomerIndex>& to_warn);

  std::size_t size() const;

 private:
  using Queue = std::set<std::pair<Timestamp, model::CustomerIndex>>;
  struct OfVersion {
    Queue pending, overdue, warnings;
  };
  std::vector<OfVersion> of_version_;
};

}  // namespace handslag::app
