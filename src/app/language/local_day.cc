// SPDX-License-Identifier: Apache-2.0
#include "app/language/local_day.h"

#include "pure/calendar/zone.h"
#include "pure/model/time_rules.h"

namespace handslag::app {

Timestamp start_of_local_day(Date day) {
  const auto zone = calendar::Zone::open(model::kDefaultZone);
  // Why: without a tz database every question fails soon after with its remedy; UTC serves until then.
  return zone.ok() ? zone->start_of_day(day) : Timestamp{day.days * kMicrosPerDay};
}

Timestamp end_of_local_day(Date day) {
  return {start_of_local_day({day.days + 1}).us - 1};
}

}  // namespace handslag::app
