// SPDX-License-Identifier: Apache-2.0
#include "app/notices/recipients.h"

#include <gtest/gtest.h>

namespace handslag::app {
namespace {

TEST(Recipients, AreReadAndWrittenAlike) {
  const Json list = Json::parse(
      R"([{"name":"Åsa","mail":"asa@example.se","webhook":null,"language":"en","interval":"daily","most":5},
          {"name":"CRM","mail":null,"webhook":3,"language":"sv","interval":"hourly","most":20}])");
  const auto read = read_recipients(list);
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ((*read)[0].interval, Interval::Daily);
  EXPECT_EQ(recipient_json((*read)[0]), list[0]);
  EXPECT_EQ(recipient_json((*read)[1]), list[1]);
}

TEST(Recipients, AreRefusedWithPlaceAndRemedy) {
  const auto message = [](const char* text) {
    const auto read = read_recipients(Json::parse(text));
    return read.ok() ? std::string("taken") : read.error().message;
  };
  EXPECT_NE(message(R"({})").find("list"), std::string::npos);
  EXPECT_NE(message(R"([{"name":"A"}])").find("\"mail\" or \"webhook\""), std::string::npos);
  EXPECT_NE(message(R"([{"name":"A\r\nBcc: b","mail":"a@b.se"}])").find("\"name\""), std::string::npos);
  EXPECT_NE(message(R"([{"name":"A","mail":"a@b.se\r\nX: y"}])").find("\"mail\""), std::string::npos);
  EXPECT_NE(message(R"([{"name":"A","mail":"a@b.se"},{"name":"A","mail":"c@b.se"}])").find("number 2"),
            std::string::npos);
  EXPECT_NE(message(R"([{"name":"A","mail":"a@b.se","interval":"weekly"}])").find("hourly"),
            std::string::npos);
  EXPECT_NE(message(R"([{"name":"A","mail":"a@b.se","most":0}])").find("1 to 200"), std::string::npos);
  EXPECT_NE(message(R"([{"name":"A","mail":"a@b.se","often":1}])").find("often"), std::string::npos);
}

}  // namespace
}  // namespace handslag::app
