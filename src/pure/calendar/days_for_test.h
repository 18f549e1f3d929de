// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/instant_for_test.h"

namespace handslag::calendar {

inline Date day(std::string_view text) {
  return parse_date(text).value();
}

}  // namespace handslag::calendar
