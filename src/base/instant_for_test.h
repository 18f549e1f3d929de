// SPDX-License-Identifier: Apache-2.0
// Instants as tests write them.
#pragma once

#include <string_view>

#include "base/time.h"

namespace handslag {

/// at("2026-03-02T10:00:00Z"); a text that is no instant ends the test program.
inline Timestamp at(std::string_view text) {
  return parse_rfc3339(text).value();
}

}  // namespace handslag
