// SPDX-License-Identifier: Apache-2.0
#include "app/pages/promised_page.h"

#include <gtest/gtest.h>

#include "pure/calendar/calendars.h"

namespace handslag::app {
namespace {

using PromiseState = PromisedToHer::State;

std::string value_of_header(const http::Response& response, const std::string& name) {
  for (const http::Header& it : response.headers)
    if (it.name == name) return it.value;
  return {};
}

Timestamp at(const char* text) {
  return *parse_rfc3339(text);
}

std::string page(const PromisedToHer& it, Language language) {
  const auto calendars = calendar::Calendars::create({});
  EXPECT_TRUE(calendars.ok());
  return promised_page(it, at("2026-11-22T20:15:42Z"), language, *(*calendars)->find({}, {})).body;
}

bool has(const std::string& page, std::string_view part) {
  return page.find(part) != std::string::npos;
}

PromisedToHer module_is_there(PromiseState state) {
  PromisedToHer it{"Modulen är framme", "Kundservice", state, {}, {}, {}};
  it.promised = at("2026-11-20T09:00:00Z");
  it.due = at("2026-12-01T15:00:00Z");
  return it;
}

TEST(PromisedPage, SaysWhatByWhenAndByWhomInHerLanguageAndTime) {
  const std::string swedish = page(module_is_there(PromiseState::Promised), Language::Swedish);
  for (const char* part :
       {"<html lang=\"sv\">", "<h1>Modulen är framme</h1>", "● Lovat", "<dd>2026-12-01 16:00</dd>",
        "<dd>Kundservice</dd>", "<dd>2026-11-20 10:00</dd>", "2026-11-22 21:15 (svensk tid)"})
    EXPECT_TRUE(has(swedish, part)) << part << "\n" << swedish;
  const std::string english = page(module_is_there(PromiseState::Overdue), Language::English);
  for (const char* part :
       {"<html lang=\"en\">", "The time has passed", "<dt>By</dt><dd>2026-12-01 16:00</dd>"})
    EXPECT_TRUE(has(english, part)) << part << "\n" << english;
  PromisedToHer kept = module_is_there(PromiseState::Kept);
  kept.kept = at("2026-11-30T11:30:00Z");
  EXPECT_TRUE(has(page(kept, Language::Swedish), "<dt>Hållet</dt><dd>2026-11-30 12:30</dd>"));
  PromisedToHer released = module_is_there(PromiseState::Released);
  released.due.reset();
  const std::string without = page(released, Language::English);
  EXPECT_TRUE(has(without, "Not to be done any more"));
  EXPECT_FALSE(has(without, "<dt>By</dt>"));
}

TEST(PromisedPage, RunsNothingThatStandsInAPromise) {
  PromisedToHer it = module_is_there(PromiseState::Promised);
  it.what = "<script>broken=1</script>\"'&";
  it.kept_by = "<img src=x onerror=broken=1>";
  const std::string shown = page(it, Language::English);
  EXPECT_FALSE(has(shown, "<script"));
  EXPECT_FALSE(has(shown, "<img"));
  EXPECT_TRUE(has(shown, "<h1>&lt;script&gt;broken=1&lt;/script&gt;&quot;'&amp;</h1>"));
}

TEST(PromisedPage, AllowsNoScriptAndNoFrame) {
  const http::Response nowhere = promised_nothing_page(404, Language::Swedish);
  EXPECT_EQ(nowhere.status, 404U);
  EXPECT_EQ(value_of_header(nowhere, "Content-Type"), "text/html; charset=utf-8");
  const std::string policy = value_of_header(nowhere, "Content-Security-Policy");
  EXPECT_TRUE(policy.starts_with("default-src 'none'; style-src 'nonce-")) << policy;
  EXPECT_TRUE(has(policy, "frame-ancestors 'none'"));
  EXPECT_TRUE(has(nowhere.body, "Länken leder ingenstans längre"));
  EXPECT_TRUE(has(promised_nothing_page(429, Language::English).body, "Try again in a while"));
}

}  // namespace
}  // namespace handslag::app
