// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <fstream>

#include "app/api/frontline_fixture.h"

namespace handslag::app {
namespace {

class CalendarRoutes : public FrontlineRoutes {
 protected:
  void put(const std::string& text) {
    const std::filesystem::path folder = std::filesystem::path(data_->path()) / "settings";
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "calendars.toml") << text;
  }
  // The one special day on a date; null where it is none.
  static Json day(const Json& calendar, const std::string& date) {
    for (const Json& it : calendar["special_days"])
      if (it["date"] == date) return it;
    return {};
  }
  Json calendar(const std::string& name) {
    const Answer answer = get("analyst", "/v1/calendars");
    EXPECT_EQ(answer.status, 200U) << answer.json.dump();
    for (const Json& it : answer.json["calendars"])
      if (it["name"] == name) return it;
    return {};
  }
};

const Json kOffice = {"08:00-17:00"};
const Json kClosed = Json::array();

TEST_F(CalendarRoutes, TellTheWeekAndTheDaysOffThatFallOnWorkdays) {
  clock_.set(*parse_rfc3339("2026-11-21T23:30:00Z"));  // Sunday the 22nd in Stockholm
  const Json sweden = calendar("sweden");
  EXPECT_EQ(sweden["week"], Json({kOffice, kOffice, kOffice, kOffice, kOffice, kClosed, kClosed}));
  EXPECT_EQ(sweden["is_built_in"], true);
  EXPECT_EQ(day(sweden, "2026-12-24"),
            Json({{"date", "2026-12-24"}, {"name", "julafton"}, {"hours", kClosed}}));
  EXPECT_TRUE(day(sweden, "2026-12-26").is_null()) << "a Saturday is closed anyhow";
  EXPECT_EQ(day(sweden, "2027-03-26")["name"], "långfredagen");
  EXPECT_EQ(get("analyst", "/v1/calendars").json["from"], "2026-11-22");
}

TEST_F(CalendarRoutes, TellAnInstallationsOwn) {
  clock_.set(*parse_rfc3339("2026-11-22T12:00:00Z"));
  put(R"([calendars.support]
extends = "sweden"
holidays = [{ date = "12-23", name = "Lill-julafton" }, { easter = -3, name = "skärtorsdag" }]
exceptions = [{ date = 2026-12-22, hours = ["08:00-12:00"], name = "short day" }]
[calendars.support.hours]
saturday = ["10:00-14:00", "15:00-16:30"]
[[calendars.support.versions]]
valid_from = 2027-01-01
extends = "sweden"
hours.saturday = ["10:00-16:00"]
)");
  const Json support = calendar("support");
  EXPECT_EQ(support["week"][5], Json({"10:00-14:00", "15:00-16:30"}));
  EXPECT_EQ(support["week"][0], kOffice);
  EXPECT_EQ(support["extends"], "sweden");
  EXPECT_EQ(support["is_built_in"], false);
  EXPECT_EQ(day(support, "2026-12-22"),
            Json({{"date", "2026-12-22"}, {"name", "short day"}, {"hours", Json({"08:00-12:00"})}}));
  EXPECT_EQ(day(support, "2026-12-23")["name"], "Lill-julafton");
  EXPECT_EQ(day(support, "2026-12-24")["name"], "julafton");
  EXPECT_EQ(day(support, "2026-12-26")["name"], "annandag jul") << "open on Saturdays otherwise";
  EXPECT_TRUE(day(support, "2027-03-25").is_null()) << "the version from 2027 has no skärtorsdag";
  EXPECT_EQ(support["other_versions_from"], Json({"2027-01-01"}));
}

TEST_F(CalendarRoutes, AreForThoseWhoReadSettings) {
  EXPECT_EQ(get("owner", "/v1/calendars").status, 200U);
  EXPECT_EQ(get("anna.front", "/v1/calendars").status, 403U);
  EXPECT_EQ(visit("/v1/calendars").status, 401U);
}

}  // namespace
}  // namespace handslag::app
