// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/time.h"

namespace handslag::calendar {

inline Date day(std::string_view text) {
  return parse_date(text).value();
}
inline Timestamp at(std::string_view text) {
  return parse_rfc3339(text).value();
}

}  // namespace handslag::calendar
