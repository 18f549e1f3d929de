// SPDX-License-Identifier: Apache-2.0
#include "app/intake/batch_sender.h"

#include <gtest/gtest.h>

#include <deque>

#include "app/language/json.h"

namespace handslag::app {
namespace {

// A server that answers what it is told to, and notes what it was asked; waits take no time.
class Scripted : public testing::Test {
 protected:
  BatchSender sender(const BatchLimits& limits = {}) {
    return {[this](http::OutgoingRequest request) -> Result<http::IncomingAnswer> {
              asked_.push_back(request);
              if (answers_.empty()) return unavailable("nobody listens");
              auto answer = answers_.front();
              answers_.pop_front();
              return answer;
            },
            "http://server.example/", "hs_key",
            [this](std::int64_t seconds, std::string_view) {
              waits_.push_back(seconds);
              return !is_stopped_;
            },
            limits};
  }
  void answer(unsigned status, const std::string& body, std::vector<http::Header> headers = {}) {
    answers_.push_back(http::IncomingAnswer{status, std::move(headers), body});
  }
  static model::Event event(std::uint64_t record) {
    model::Event made;
    made.source = "shop";
    made.id = "e" + std::to_string(record);
    made.type = "order.placed";
    made.time = *parse_rfc3339("2026-11-21T10:00:00Z");
    made.sequence = 7;
    made.record = record;
    return made;
  }

  std::deque<Result<http::IncomingAnswer>> answers_;
  std::vector<http::OutgoingRequest> asked_;
  std::vector<std::int64_t> waits_;
  bool is_stopped_ = false;
};

using BatchSenderTest = Scripted;

TEST_F(BatchSenderTest, SendsBatchesWithTheKeyAndWhatAnImportLeavesUnsaid) {
  answer(200, R"({"accepted":2,"rejected":0,"errors":[],"position":1})");
  answer(200, R"({"accepted":1,"rejected":0,"errors":[],"position":2})");
  BatchSender sending = sender({.events = 2});
  for (const std::uint64_t record : {1U, 2U, 3U}) ASSERT_TRUE(sending.add(event(record)).ok());
  ASSERT_EQ(asked_.size(), 1U);
  ASSERT_TRUE(sending.finish().ok());
  ASSERT_TRUE(sending.finish().ok());
  ASSERT_EQ(asked_.size(), 2U);
  EXPECT_EQ(asked_[0].url, "http://server.example/v1/events");
  EXPECT_EQ(asked_[0].headers[1].value, "Bearer hs_key");
  const Json body = Json::parse(asked_[1].body);
  ASSERT_EQ(body.size(), 1U);
  EXPECT_EQ(body[0]["id"], "e3");
  EXPECT_EQ(body[0]["known"], "2026-11-21T10:00:00Z");
  EXPECT_EQ(body[0]["sequence"], 7);
  EXPECT_EQ(sending.accepted(), 3U);
}

TEST_F(BatchSenderTest, WaitsAsLongAsTheServerAsksAndSendsTheSameAgain) {
  answer(429, R"({"detail":"too much"})", {{"retry-after", "7"}});
  answer(503, "{}");
  answer(200, R"({"accepted":1,"rejected":0,"errors":[],"position":1})");
  BatchSender sending = sender();
  ASSERT_TRUE(sending.add(event(1)).ok());
  ASSERT_TRUE(sending.finish().ok());
  EXPECT_EQ(waits_, (std::vector<std::int64_t>{7, 5}));
  EXPECT_EQ(asked_[0].body, asked_[2].body);
  EXPECT_EQ(sending.accepted(), 1U);
}

TEST_F(BatchSenderTest, GivesUpWhenItIsRefusedForTooLong) {
  for (int i = 0; i < 10; ++i) answer(429, R"({"detail":"too much"})", {{"retry-after", "9999"}});
  BatchSender sending = sender({.most_wait_s = 150});
  ASSERT_TRUE(sending.add(event(1)).ok());
  const Status status = sending.finish();
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, ErrorCode::Unavailable);
  EXPECT_EQ(waits_, (std::vector<std::int64_t>{60, 60}));
  EXPECT_NE(status.error().message.find("too much"), std::string::npos);
}

TEST_F(BatchSenderTest, TriesAgainWithLongerWaitsWhereNobodyListens) {
  BatchSender sending = sender({.tries = 4});
  ASSERT_TRUE(sending.add(event(1)).ok());
  const Status status = sending.finish();
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().message, "nobody listens");
  EXPECT_EQ(waits_, (std::vector<std::int64_t>{1, 2, 4}));
}

TEST_F(BatchSenderTest, StopsWhenSomebodySaysSo) {
  is_stopped_ = true;
  BatchSender sending = sender();
  ASSERT_TRUE(sending.add(event(1)).ok());
  EXPECT_EQ(sending.finish().error().message, "stopped");
  EXPECT_EQ(waits_.size(), 1U);
}

TEST_F(BatchSenderTest, NamesTheRecordsThatWereRefused) {
  answer(200,
         R"({"accepted":1,"rejected":1,"errors":[{"pointer":"/1/time","detail":"no zone"}],"position":1})");
  answer(422, R"({"title":"x","errors":[{"pointer":"/0","detail":"no id"}]})");
  BatchSender sending = sender({.events = 2});
  for (const std::uint64_t record : {11U, 12U, 13U}) ASSERT_TRUE(sending.add(event(record)).ok());
  ASSERT_TRUE(sending.finish().ok());
  EXPECT_EQ(sending.accepted(), 1U);
  EXPECT_EQ(sending.refused(), 2U);
  ASSERT_EQ(sending.refused_events().size(), 2U);
  EXPECT_EQ(sending.refused_events()[0].record, 12U);
  EXPECT_EQ(sending.refused_events()[0].place, "time");
  EXPECT_EQ(sending.refused_events()[0].reason, "no zone");
  EXPECT_EQ(sending.refused_events()[1].record, 13U);
}

TEST_F(BatchSenderTest, AKeyThatMayNotAndAServerThatIsNoneAreToldApart) {
  answer(401, "{}");
  answer(403, "{}");
  answer(200, "<html>");
  const auto code = [this] {
    BatchSender sending = sender();
    EXPECT_TRUE(sending.add(event(1)).ok());
    const Status status = sending.finish();
    return status.ok() ? ErrorCode::Internal : status.error().code;
  };
  EXPECT_EQ(code(), ErrorCode::Unauthenticated);
  EXPECT_EQ(code(), ErrorCode::Forbidden);
  EXPECT_EQ(code(), ErrorCode::Invalid);
}

}  // namespace
}  // namespace handslag::app
