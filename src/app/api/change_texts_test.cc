// SPDX-License-Identifier: Apache-2.0
#include "app/api/change_texts.h"

#include <gtest/gtest.h>

#include "app/language/json.h"

namespace handslag::app {
namespace {

Change numbered(std::uint64_t number) {
  Change change;
  change.number = number;
  change.promise = "p";
  change.customer = "c" + std::to_string(number);
  change.after = model::Verdict::Kept;
  return change;
}

TEST(ChangeTexts, AreOneLineOfJson) {
  ChangeTexts texts;
  const std::string text = *texts.text(numbered(3));
  EXPECT_EQ(text.find('\n'), std::string::npos);
  const Json json = Json::parse(text);
  EXPECT_EQ(json["customer"], "c3");
  EXPECT_EQ(json["after"], "kept");
}

TEST(ChangeTexts, OneTextServesAllListeners) {
  ChangeTexts texts;
  EXPECT_EQ(texts.text(numbered(1)).get(), texts.text(numbered(1)).get());
  EXPECT_NE(texts.text(numbered(1)).get(), texts.text(numbered(2)).get());
}

TEST(ChangeTexts, KeepsThoseOfTheNewest) {
  ChangeTexts texts(2);
  const auto first = texts.text(numbered(1)), second = texts.text(numbered(2)),
             third = texts.text(numbered(3));
  EXPECT_EQ(texts.text(numbered(3)).get(), third.get());
  EXPECT_EQ(texts.text(numbered(2)).get(), second.get());
  const auto again = texts.text(numbered(1));
  EXPECT_NE(again.get(), first.get());
  EXPECT_EQ(*again, *first);
  EXPECT_EQ(texts.text(numbered(2)).get(), second.get());  // an old one pushes out none
}

}  // namespace
}  // namespace handslag::app
