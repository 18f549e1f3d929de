// SPDX-License-Identifier: Apache-2.0
#include "io/format/base64.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace handslag::format {
namespace {

// The vectors of RFC 4648, section 10.
TEST(Base64, BothWays) {
  const std::vector<std::pair<std::string, std::string>> vectors = {{"", ""},
                                                                    {"f", "Zg=="},
                                                                    {"fo", "Zm8="},
                                                                    {"foo", "Zm9v"},
                                                                    {"foob", "Zm9vYg=="},
                                                                    {"fooba", "Zm9vYmE="},
                                                                    {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : vectors) {
    EXPECT_EQ(base64(bytes), text);
    EXPECT_EQ(base64_decoded(text), bytes);
  }
  EXPECT_EQ(base64_decoded("Zm8"), "fo");
  EXPECT_EQ(base64_decoded("+/+/"), "\xFB\xFF\xBF");
  for (const char* bad : {"Z", "Zg=", "Z===", "====", "Zm 9v", "Zm9v\n", "Zm-_", "=Zg="}) {
    EXPECT_FALSE(base64_decoded(bad).has_value()) << bad;
  }
}

}  // namespace
}  // namespace handslag::format
