// SPDX-License-Identifier: Apache-2.0
// What a customer sees by her own link (GET /v1/promised/{token}): one small page without a script, in
// Swedish or English, light or dark, for a phone as for paper. Nothing on it names her or whoever promised.
// Any thread.
#pragma once

#include <optional>
#include <string>

#include "app/terminal/terminal.h"
#include "base/time.h"
#include "io/http/message.h"
#include "pure/model/time_rules.h"

namespace handslag::app {

struct PromisedToHer {
  enum class State : std::uint8_t { Promised, Overdue, Kept, Released };

  std::string what, kept_by;  // kept_by: the unit's name
  State state = State::Promised;
  Timestamp promised;
  std::optional<Timestamp> due, kept;
};

/// 200. Times in the zone of `rules`, whose name is said.
http::Response promised_page(const PromisedToHer& it, Timestamp now, Language language,
                             const model::TimeRules& rules);
/// The same page where there is nothing to show: 404 (the link leads nowhere, any more), else that she should
/// try again later.
http::Response promised_nothing_page(unsigned status, Language language);

}  // namespace handslag::app
