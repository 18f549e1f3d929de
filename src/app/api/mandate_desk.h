// SPDX-License-Identifier: Apache-2.0
// What the front line may do here and now: the mandates in force (register mandate), in memory, for the card
// asks at each look. Any thread.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "app/api/register_desk.h"
#include "app/frontline/card.h"

namespace handslag::app {

inline constexpr const char* kMandates = "mandate";
inline constexpr std::size_t kMostMandates = 2'000;

struct Mandate {
  Role role = Role::FrontLine;
  std::string unit, trouble, remedy, limit_in, above;
  std::optional<double> limit;
};

class MandateDesk {
 public:
  /// Reads those in force anew; to be called after each change of one.
  Status refresh(RegisterDesk& registers);
  std::shared_ptr<const std::vector<Mandate>> in_force() const;

 private:
  std::mutex
      refreshing_;  // one at a time, so that the newest list is the last to be put; taken before mutex_
  mutable std::mutex mutex_;
  std::shared_ptr<const std::vector<Mandate>> mandates_ = std::make_shared<std::vector<Mandate>>();
};

/// Those of the caller's own roles and units, what fits the customer's trouble first: that shares a word with
/// her newest matter (its reason or kind) or with what is owed to her (promise, title, product). `fits` says
/// so. At most kMostOnCard.
Json may_do_json(const std::vector<Mandate>& mandates, const Caller& caller, const Card& card);

}  // namespace handslag::app
