// SPDX-License-Identifier: Apache-2.0
// What is wrong with calendars that people define: the first fault, by calendar and field, with its remedy.
#pragma once

#include <vector>

#include "base/result.h"
#include "pure/model/calendar_definition.h"

namespace handslag::calendar {

/// Invalid or Limit. Circles of `extends` are not looked for here.
Status check_definitions(const std::vector<model::CalendarDefinition>& definitions);

}  // namespace handslag::calendar
