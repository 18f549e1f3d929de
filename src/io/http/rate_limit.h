// SPDX-License-Identifier: Apache-2.0
// What a refusal for too much says to programs: Retry-After, and the fields RateLimit-Policy and RateLimit of
// draft-ietf-httpapi-ratelimit-headers-11 (structured fields; a draft, so they may change). Pure.
#pragma once

#include <cstdint>
#include <string_view>

#include "io/http/message.h"

namespace handslag::http {

struct RateLimit {
  std::string_view name;      // "intake"; letters, digits, "-"
  std::uint64_t quota = 0;    // so much may be
  std::string_view unit;      // "content-bytes", "concurrent-requests"; empty: requests
  std::int64_t window_s = 0;  // in so long; 0: at once
};

/// Nothing is left now, and there is something again in `wait_s` seconds:
///   Retry-After: 7
///   RateLimit-Policy: "intake";q=67108864;qu="content-bytes"
///   RateLimit: "intake";r=0;t=7
void add_rate_limit(Response& response, const RateLimit& limit, std::int64_t wait_s);

}  // namespace handslag::http
