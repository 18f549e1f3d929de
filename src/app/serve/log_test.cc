// SPDX-License-Identifier: Apache-2.0
#include "app/serve/log.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

namespace handslag::app {
namespace {

http::AccessRecord answered(unsigned status, std::string_view route, std::string_view reason) {
  return {"POST", route, status, 12, 0, 0, "r1", reason};
}

TEST(Log, SaysWhyOfWhatFailed) {
  std::ostringstream out;
  Log log(out);
  log.answer(
      answered(503, "/v1/events", "the event log d/events.duckdb: IO Error: no space; the disk is full"));
  const Json line = Json::parse(out.str());
  EXPECT_EQ(line["level"], "error");
  EXPECT_EQ(line["route"], "/v1/events");
  EXPECT_EQ(line["status"], 503);
  EXPECT_EQ(line["request_id"], "r1");
  EXPECT_EQ(line["reason"], "the event log d/events.duckdb: IO Error: no space; the disk is full");
}

TEST(Log, WritesNothingOfWhatGoesWellAndNoReasonOfWhatIsRefused) {
  std::ostringstream out;
  Log log(out);
  log.answer(answered(200, "/v1/events", ""));
  log.answer(answered(404, "/v1/events", "x"));
  EXPECT_EQ(out.str(), "");
  log.answer(answered(404, "", "somebody"));
  EXPECT_FALSE(Json::parse(out.str()).contains("reason"));
}

TEST(Log, EachLineIsJsonWhateverIsSaid) {
  std::ostringstream out;
  Log log(out);
  log.fail("verdicts stand still", "a \"quote\", a\nline and \xFF");
  const std::string said = out.str();
  EXPECT_EQ(Json::parse(said)["msg"], "verdicts stand still: a \"quote\", a\nline and \xEF\xBF\xBD");
  EXPECT_EQ(std::count(said.begin(), said.end(), '\n'), 1);
}

TEST(Log, LeavesOutWhatMayBeAValue) {
  EXPECT_EQ(without_values(
                "the event log d: Conversion Error: Could not convert string 'Karin Ek' to \"INT32\" here"),
            "the event log d: Conversion Error: Could not convert string …");
  EXPECT_EQ(without_values("Conversion Error: Could not convert 'Karin O'Brien' to INT32"),
            "Conversion Error: Could not convert …");
  EXPECT_EQ(without_values("Constraint Error: Duplicate key \"id: never closed"),
            "Constraint Error: Duplicate key …");
  EXPECT_EQ(without_values("IO Error: Could not write file \"d/Karin\": No space left on device, Anna"),
            "IO Error: Could not write file …: No space left on device");
  EXPECT_EQ(without_values("no calendar \"sweden\" for karin@example.se, 0701234567 or 680819-9267"),
            "no calendar \"sweden\" for … … or …");
  EXPECT_EQ(without_values("070-123 45 67"), "… 45 67");
  EXPECT_EQ(without_values(""), "");
}

}  // namespace
}  // namespace handslag::app
