// SPDX-License-Identifier: Apache-2.0
#include "io/http/rate_limit.h"

#include <gtest/gtest.h>

namespace handslag::http {
namespace {

std::string told(const RateLimit& limit, std::int64_t wait_s) {
  Response response;
  add_rate_limit(response, limit, wait_s);
  std::string text;
  for (const Header& header : response.headers) text += header.name + ": " + header.value + "\n";
  return text;
}

TEST(RateLimit, IsToldInTheFieldsOfTheDraft) {
  EXPECT_EQ(told({"intake", 67'108'864, "content-bytes"}, 7),
            "Retry-After: 7\n"
            "RateLimit-Policy: \"intake\";q=67108864;qu=\"content-bytes\"\n"
            "RateLimit: \"intake\";r=0;t=7\n");
  EXPECT_EQ(told({"sign-in", 5, {}, 86'400}, 1),
            "Retry-After: 1\n"
            "RateLimit-Policy: \"sign-in\";q=5;w=86400\n"
            "RateLimit: \"sign-in\";r=0;t=1\n");
}

}  // namespace
}  // namespace handslag::http
