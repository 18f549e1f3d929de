// SPDX-License-Identifier: Apache-2.0
#include "io/format/url_encoding.h"

#include <gtest/gtest.h>

#include "io/format/base64.h"

namespace handslag::format {
namespace {

std::string fields_of(std::string_view text) {
  const auto fields = parse_form(text);
  if (!fields.ok()) return error_name(fields.error().code);
  std::string shown;
  for (const FormField& field : *fields) shown += field.name + "=" + field.value + ";";
  return shown;
}

TEST(UrlEncoding, DecodesOneRound) {
  EXPECT_EQ(percent_decoded("a%20b%2Bc+d"), "a b+c+d");
  EXPECT_EQ(percent_decoded("%2541"), "%41");
  EXPECT_EQ(percent_decoded("100 %"), "100 %");
  EXPECT_EQ(percent_decoded("%4"), "%4");
  EXPECT_EQ(percent_decoded("%zz%41"), "%zzA");
}

TEST(UrlEncoding, ReadsForms) {
  EXPECT_EQ(fields_of("a=1&b=x+y%26z&a=2&c&=d&&e="), "a=1;b=x y&z;a=2;c=;=d;e=;");
  EXPECT_EQ(fields_of(""), "");
  EXPECT_EQ(fields_of("a=%FF"), "invalid");
}

TEST(UrlEncoding, AFormHasALimit) {
  std::string text = "a";
  for (std::size_t i = 1; i < kMaxFormFields; ++i) text += "&a";
  EXPECT_TRUE(parse_form(text).ok());
  EXPECT_EQ(fields_of(text + "&a"), "limit");
}

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
