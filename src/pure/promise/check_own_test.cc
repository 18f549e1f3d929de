// SPDX-License-Identifier: Apache-2.0
// Rules that contradict themselves: found where every timeline says the same, and nowhere else.
#include <functional>

#include "pure/promise/evaluate_for_test.h"
#include "pure/promise/parse_for_test.h"

namespace handslag::promise {
namespace {

// Every timeline of one to four of these events, a second apart.
void for_each_timeline(const std::vector<std::string>& events,
                       const std::function<void(const std::string&)>& look) {
  std::vector<std::pair<std::string, int>> begun{{"", 0}};
  for (std::size_t i = 0; i < begun.size(); ++i) {
    const auto [text, size] = begun[i];
    if (size > 0) look(text);
    if (size == 4) continue;
    for (const std::string& event : events) {
      const std::size_t type_end = std::min(event.find(' '), event.size());
      begun.emplace_back(text + (size == 0 ? "" : "; ") + event.substr(0, type_end) + "@" +
                             std::to_string(size) + event.substr(type_end),
                         size + 1);
    }
  }
}

struct Found {
  std::string rule, place;
  std::vector<std::string> events;
};

TEST(RuleAgainstItself, IsFoundWhereNothingCanBeKept) {
  for (const Found& it : std::vector<Found>{
           {"when A then B before B", "2:22", {"A", "B", "C"}},
           {"when A then B where x = 1 before B", "2:34", {"A", "B", "B .x=1"}},
           {"when A then B.x before B.*", "2:24", {"A", "B.x", "B.y"}},
           {"when A then (B and C) before C", "2:30", {"A", "B", "C"}},
           {"at least 2 B until B", "2:20", {"A", "B", "C"}},
           {"exactly 1 B from S until B", "2:26", {"S", "B", "C"}},
       }) {
    EXPECT_EQ(diagnosed(with_rule(it.rule)), Lines{it.place + " never-kept"});
    bool any = false;
    for_each_timeline(it.events, [&](const std::string& events) {
      const std::string said = outcome(it.rule, events);
      any = any || said.find(" broken") != std::string::npos;
      EXPECT_EQ(said.find(" kept"), std::string::npos) << it.rule << " on " << events << ": " << said;
    });
    EXPECT_TRUE(any) << it.rule;
  }
}

TEST(RuleAgainstItself, IsFoundWhereUnlessNeverCounts) {
  for (const Found& it : std::vector<Found>{
           {"when A then B within 2 s | unless B", "2:33", {"A", "B", "C"}},
           {"when A then (B or C) within 2 s | unless C where x = 1", "2:40", {"A", "B", "C", "C .x=1"}},
           {"after A never B within 2 s | unless B", "2:35", {"A", "B", "C"}},
           {"B only after A | unless A since", "2:23", {"A", "B", "C"}},
           {"never B when already A.* | unless A.x since", "2:33", {"A.x", "A.y", "B"}},
       }) {
    const std::size_t cut = it.rule.find("| ");
    const std::string plain = it.rule.substr(0, cut), whole = plain + it.rule.substr(cut + 2);
    EXPECT_EQ(diagnosed(with_rule(whole)), Lines{it.place + " unless-never-counts"}) << whole;
    for_each_timeline(it.events, [&](const std::string& events) {
      EXPECT_EQ(outcome(whole, events), outcome(plain, events)) << whole << " on " << events;
    });
  }
}

TEST(RuleAgainstItself, IsNotFoundInWhatMakesSense) {
  for (const char* sensible :
       {"when A then B before B where x = 1", "when A then (B or C) before C", "when A then B.* before B.x",
        "at least 1 B until B", "at most 2 B until B", "at least 2 B until B where last = true",
        "at least 2 B until B, same k", "when A then B where x = 1 within 2 days unless B",
        "when A then (B and C) within 2 days unless B",
        "when A then B within 2 days, same k unless B, same l", "B only after A.x unless A.* since",
        "never B when already A unless B since"}) {
    EXPECT_EQ(diagnosed(with_rule(sensible)), Lines{}) << sensible;
  }
}

}  // namespace
}  // namespace handslag::promise
