// SPDX-License-Identifier: Apache-2.0
// The public data sets, whose figures were computed apart from this program (their README). Skipped where
// absent.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <set>

#include "io/format/collected_events.h"

namespace handslag::format {
namespace {

class RealData : public testing::Test {
 protected:
  static std::string data(const std::string& file) { return HANDSLAG_SOURCE_DIR "/../shared/data/" + file; }

  void read(const std::string& file, const std::string& map_file) {
    if (!std::filesystem::exists(data(file))) GTEST_SKIP() << "no " << data(file);
    request_.path = data(file);
    if (!map_file.empty()) {
      auto map = read_map(HANDSLAG_SOURCE_DIR "/examples/" + map_file);
      ASSERT_TRUE(map.ok()) << map.error().message;
      map_ = std::move(map).value();
      request_.map = &map_;
    }
    auto summary = read_events(request_, sink_);
    ASSERT_TRUE(summary.ok()) << summary.error().message;
    summary_ = std::move(summary).value();
    for (const model::Event& event : sink_.events) ++by_type_[event.type];
    EXPECT_EQ(sink_.rejects.size(), 0U);
    EXPECT_TRUE(summary_.warnings.empty());
    EXPECT_EQ(summary_.bytes, std::filesystem::file_size(request_.path));
  }

  std::size_t cases() const {
    std::set<std::string> names;
    for (const model::Event& event : sink_.events) names.insert(event.keys.at(0).value);
    return names.size();
  }

  ReadRequest request_;
  Map map_;
  CollectedEvents sink_;
  ReadSummary summary_;
  std::map<std::string, std::size_t> by_type_;
};

TEST_F(RealData, OlistGivesUpToFourEventsOfAnOrder) {
  read("olist/olist_orders_dataset.csv", "olist/map.toml");
  if (IsSkipped()) return;
  EXPECT_EQ(summary_.records, 8'135U);
  EXPECT_EQ(by_type_["order.placed"], 8'135U);
  EXPECT_EQ(by_type_["order.approved"], 7'989U);
  EXPECT_EQ(by_type_["order.shipped"], 6'353U);
  EXPECT_EQ(by_type_["order.delivered"], 5'170U);
  const model::Event& first = sink_.events.at(0);  // 2017-07-09 21:57:05, promised 2017-08-01 00:00:00
  EXPECT_EQ(format_rfc3339(first.time), "2017-07-09T21:57:05Z");
  EXPECT_EQ(first.subject.at(0),
            (model::Identifier{"customer_no@olist", "503740e9ca751ccdda7ba28e9ab8f608"}));
  EXPECT_EQ(first.keys.at(0), (model::Key{"order", "a4591c265e18cb1dcee52889e2d8acc3"}));
  EXPECT_EQ(std::get<Timestamp>(first.data.at(0).value), *parse_rfc3339("2017-08-01T00:00:00Z"));
  EXPECT_EQ(format_rfc3339(summary_.last_time), "2018-10-17T17:30:18Z");
}

TEST_F(RealData, ReceiptGivesOneOpeningAndOneEndPerCase) {
  read("receipt/receipt.csv", "receipt/map.toml");
  if (IsSkipped()) return;
  EXPECT_EQ(summary_.records, 8'577U);
  EXPECT_EQ(by_type_["case.opened"], 1'434U);
  EXPECT_EQ(by_type_["case.closed"], 1'329U);  // 950 kept, 377 late, two closed before they opened
  EXPECT_EQ(by_type_.size() - 2, 27U);
  EXPECT_EQ(cases(), 1'434U);
  std::map<std::string, std::set<std::string>> cases_by_channel;
  for (const model::Event& event : sink_.events)
    cases_by_channel[event.channel].insert(event.keys.at(0).value);
  EXPECT_EQ(cases_by_channel["Internet"].size(), 1'250U);
  EXPECT_EQ(cases_by_channel["Desk"].size(), 109U);
  EXPECT_EQ(cases_by_channel["Post"].size(), 53U);
  EXPECT_EQ(cases_by_channel["e-mail"].size(), 21U);
  EXPECT_EQ(cases_by_channel["Intern"].size(), 1U);
}

TEST_F(RealData, HelpdeskNeedsNoMap) {
  request_.source = "helpdesk";
  read("helpdesk/helpdesk.xes.gz", "");
  if (IsSkipped()) return;
  EXPECT_EQ(summary_.events, 21'348U);
  EXPECT_EQ(by_type_.size(), 14U);
  EXPECT_EQ(cases(), 4'580U);
}

TEST_F(RealData, HelpdeskHasCustomersAsData) {
  read("helpdesk/helpdesk.xes.gz", "helpdesk/map.toml");
  if (IsSkipped()) return;
  EXPECT_EQ(summary_.events, 21'348U);
  std::set<std::string> customers;
  for (const model::Event& event : sink_.events) {
    for (const model::Attribute& attribute : event.data) {
      if (attribute.name == "customer") customers.insert(std::get<std::string>(attribute.value));
    }
  }
  EXPECT_EQ(customers.size(), 397U);
}

TEST_F(RealData, LoanApplicationsKeepTheLifecycle) {
  read("bpic2012/bpic2012.xes.gz", "bpic2012/map.toml");
  if (IsSkipped()) return;
  EXPECT_EQ(summary_.events, 262'200U);
  EXPECT_EQ(cases(), 13'087U);
  EXPECT_EQ(by_type_.size(), 24U);
  std::set<std::string> with_lifecycle;
  for (const model::Event& event : sink_.events) {
    for (const model::Attribute& attribute : event.data) {
      if (attribute.name == "lifecycle")
        with_lifecycle.insert(event.type + std::get<std::string>(attribute.value));
    }
  }
  EXPECT_EQ(with_lifecycle.size(), 36U);
  EXPECT_EQ(by_type_["A_SUBMITTED"], 13'087U);
  EXPECT_EQ(format_rfc3339(summary_.last_time), "2012-03-14T15:04:54.681Z");
}

TEST_F(RealData, ReceiptAsXesHasTheSameActivities) {
  request_.source = "receipt";
  read("receipt/receipt.xes.gz", "");
  if (IsSkipped()) return;
  EXPECT_EQ(summary_.events, 8'577U);
  EXPECT_EQ(by_type_.size(), 27U);
  EXPECT_EQ(cases(), 1'434U);
}

}  // namespace
}  // namespace handslag::format
