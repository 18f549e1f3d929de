// SPDX-License-Identifier: Apache-2.0
#include "io/http/rate_limit.h"

#include <string>

namespace handslag::http {

void add_rate_limit(Response& response, const RateLimit& limit, std::int64_t wait_s) {
  const std::string name = "\"" + std::string(limit.name) + "\"";
  const std::string wait = std::to_string(wait_s);
  std::string policy = name + ";q=" + std::to_string(limit.quota);
  if (!limit.unit.empty()) policy += ";qu=\"" + std::string(limit.unit) + "\"";
  if (limit.window_s > 0) policy += ";w=" + std::to_string(limit.window_s);
  response.headers.push_back({"Retry-After", wait});
  response.headers.push_back({"RateLimit-Policy", policy});
  response.headers.push_back({"RateLimit", name + ";r=0;t=" + wait});
}

}  // namespace handslag::http
