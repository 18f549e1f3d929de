// SPDX-License-Identifier: Apache-2.0
#include "io/http/problem.h"

#include <gtest/gtest.h>

namespace handslag::http {
namespace {

TEST(Problem, IsADocumentOfRfc9457) {
  Problem problem;
  problem.status = 422;
  problem.title = "Events refused";
  problem.detail = "Two \"times\" are wrong.";
  problem.type = "/problems/events";
  problem.parts = {{"/batch/0/time", "no zone"}, {"/batch/1/time", "no\nday"}};
  const Response response = problem_response(problem);
  EXPECT_EQ(response.status, 422U);
  EXPECT_EQ(response.headers[0].value, "application/problem+json");
  EXPECT_EQ(response.body,
            "{\"type\":\"/problems/events\",\"title\":\"Events refused\",\"status\":422,"
            "\"detail\":\"Two \\\"times\\\" are wrong.\",\"errors\":["
            "{\"pointer\":\"/batch/0/time\",\"detail\":\"no zone\"},"
            "{\"pointer\":\"/batch/1/time\",\"detail\":\"no\\nday\"}]}\n");
}

TEST(Problem, MendsTextThatIsNotUtf8) {
  EXPECT_NE(problem_response(400, "t", "a\xff").body.find("a\xEF\xBF\xBD\"}"), std::string::npos);
}

TEST(Problem, PointsAtTheFault) {
  const Error error = invalid("\"name\" must be a text").at("/people/0/name");
  EXPECT_NE(problem_response(error).body.find(
                R"("errors":[{"pointer":"/people/0/name","detail":"\"name\" must be a text"}])"),
            std::string::npos);
  EXPECT_EQ(problem_response(invalid("the file is empty")).body.find("errors"), std::string::npos);
  EXPECT_EQ(problem_response(unavailable("disk full").at("/name")).body.find("errors"), std::string::npos);
  EXPECT_EQ(std::move(Error(error)).in("body").pointer, "/people/0/name");
  EXPECT_EQ(Status(error).at("/new").error().pointer, "/new");
  EXPECT_TRUE(Status().at("/new").ok());
}

TEST(Problem, TellsOutsidersOnlyWhatTheyCanMend) {
  const Response theirs = problem_response(invalid("column time has no zone"));
  EXPECT_EQ(theirs.status, 400U);
  EXPECT_NE(theirs.body.find("column time has no zone"), std::string::npos);
  EXPECT_NE(theirs.body.find("\"/problems/invalid\""), std::string::npos);
  const Response ours = problem_response(unavailable("disk full: /var/lib/x"));
  EXPECT_EQ(ours.status, 503U);
  EXPECT_EQ(ours.body.find("/var/lib"), std::string::npos);
  EXPECT_EQ(ours.reason, "unavailable: disk full: /var/lib/x");  // for the log
  EXPECT_EQ(theirs.reason, "");
  EXPECT_EQ(problem_response(503, "Busy", "Try again.").reason, "Busy: Try again.");
}

}  // namespace
}  // namespace handslag::http
