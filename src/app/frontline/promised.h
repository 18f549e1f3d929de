// SPDX-License-Identifier: Apache-2.0
// All that a customer was promised, as spans over time: from activation to due to what came of it. The card
// (card.h) tells of what is open and owed; this of everything, for the drawing. Pure.
#pragma once

#include <vector>

#include "app/frontline/card.h"
#include "app/language/json.h"

namespace handslag::app {

inline constexpr std::size_t kMostPromised = 500;

struct Promised {
  CardPromise promise;
  /// When it was fulfilled (kept, late) or failed (broken); kNoTime while it is open, void or unknown.
  Timestamp settled = kNoTime;
  bool is_to_be_done = false;  // somebody is to do something; the others are kept by letting it be
  bool is_rescued = false;     // kept by somebody's extra effort
};

struct AllPromised {
  std::vector<Promised> list;  // by activation, the newest first; at most kMostPromised
  std::size_t of = 0;          // how many there are
};

/// Input as for the card; `standing` and `lessons` are not asked.
AllPromised all_promised(const CardInput& input);
Json promised_json(const AllPromised& all);

}  // namespace handslag::app
