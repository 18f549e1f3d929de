// SPDX-License-Identifier: Apache-2.0
// What a recipient reads: what has broken since she was warned, what nears its breach, soonest first, and
// what registers have to say; as plain text, HTML and JSON. No identifier of a customer stands in it. Pure;
// any thread.
#pragma once

#include <string>
#include <vector>

#include "app/language/json.h"
#include "app/notices/recipients.h"
#include "io/store/notice_records.h"
#include "pure/model/time_rules.h"

namespace handslag::app {

struct Digest {
  std::string unit, unit_name;
  std::vector<store::DigestItem> items;  // those that are named, by due time
  store::UntoldItems counts;             // of all, the unnamed ones too
  Timestamp made;
};

struct DigestText {
  std::string subject, text, html;
};
DigestText digest_text(const Digest& digest, Language language, const model::TimeRules& rules);

/// {"unit", "made", "broken", "near", "notices", "items": [{"kind", "state", "due", …}], "more": how many are
/// not named}
Json digest_json(const Digest& digest);

/// When the next digest may go: a burst is waited for, then an interval has passed since the last one
/// (at_once: a minute; hourly; daily: at seven in the morning).
Timestamp digest_time(Interval interval, Timestamp first_item, std::optional<Timestamp> last_sent,
                      const model::TimeRules& rules);

}  // namespace handslag::app
