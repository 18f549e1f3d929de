// SPDX-License-Identifier: Apache-2.0
#include "base/url_encoding.h"

#include <gtest/gtest.h>

namespace handslag {
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
  EXPECT_EQ(fields_of("a=%00"), "invalid");
}

TEST(UrlEncoding, AFormHasALimit) {
  std::string text = "a";
  for (std::size_t i = 1; i < kMaxFormFields; ++i) text += "&a";
  EXPECT_TRUE(parse_form(text).ok());
  EXPECT_EQ(fields_of(text + "&a"), "limit");
}

}  // namespace
}  // namespace handslag
