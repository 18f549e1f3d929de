// SPDX-License-Identifier: Apache-2.0
#include "app/registers/definition_toml.h"

#include <gtest/gtest.h>

namespace handslag::app {
namespace {

// Nineteen lines that are right; what a test adds begins at line 20.
const std::string kRight = R"(id = "walk"
name = { sv = "Testa", en = "Walk" }
plural = { sv = "Testa", en = "Walks" }
title = "what"
owner = "who_has_it"
who = { read = ["anyone"], create = ["leader"], change = ["creator"] }
[[fields]]
id = "what"
kind = "text"
name = { sv = "Vad", en = "What" }
[[fields]]
id = "who_has_it"
kind = "person"
name = { sv = "Vem", en = "Who" }
[[states]]
id = "open"
name = { sv = "Öppen", en = "Open" }
owes = true

)";

// What the text is refused with.
std::string refusal(const std::string& text) {
  const auto read = read_definition(text, "f.toml");
  return read.ok() ? "taken" : read.error().message;
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const std::size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), by);
}

TEST(DefinitionToml, ReadsTheLeastThatARegisterNeeds) {
  const auto read = read_definition(kRight, "f.toml");
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(read->id, "walk");
  EXPECT_EQ(read->plural.en, "Walks");
  ASSERT_EQ(read->fields.size(), 2U);
  EXPECT_EQ(read->fields[1].kind, FieldKind::Person);
  EXPECT_EQ(read->initial, "open");
  EXPECT_TRUE(read->states[0].owes);
  EXPECT_EQ(read->comment, std::vector<std::string>{"anyone"});  // as read, where nothing is said
  EXPECT_EQ(read->zone, "Europe/Stockholm");
}

TEST(DefinitionToml, NamesLineColumnAndTheNearestWord) {
  EXPECT_EQ(refusal(replaced(kRight, "kind = \"text\"", "kind = \"txet\"")),
            "f.toml:9:8: kind: no kind of field is called \"txet\"; did you mean \"text\"?");
  EXPECT_EQ(refusal(replaced(kRight, "owes = true", "owse = true")),
            "f.toml:18:8: \"owse\" means nothing here; did you mean \"owes\"?");
  EXPECT_EQ(refusal(replaced(kRight, "title = \"what\"", "title = \"waht\"")),
            "f.toml:4:9: title: no field is called \"waht\"; did you mean \"what\"?");
  EXPECT_EQ(refusal(kRight + "[[moves]]\nfrom = [\"opne\"]\nto = \"open\"\nname = {sv=\"x\",en=\"x\"}\n"),
            "f.toml:21:8: from: no state is called \"opne\"; did you mean \"open\"?");
}

TEST(DefinitionToml, SaysWhatIsNotToml) {
  EXPECT_TRUE(refusal("id = \"walk\nname").starts_with("f.toml:1:")) << refusal("id = \"walk\nname");
  EXPECT_NE(refusal("id = ").find("not TOML"), std::string::npos);
  EXPECT_EQ(refusal("\xff\xfe"), "f.toml is not UTF-8; save it as UTF-8");
}

TEST(DefinitionToml, AsksForWhatIsMissing) {
  EXPECT_EQ(refusal("").substr(0, 11), "f.toml:1:1:");
  EXPECT_NE(refusal(replaced(kRight, "id = \"walk\"\n", "\n")).find("say id = \"case\""), std::string::npos);
  EXPECT_NE(refusal(replaced(kRight, ", en = \"Walk\"", "")).find("say en = "), std::string::npos);
  EXPECT_NE(refusal(replaced(kRight, "who = {", "#")).find("say who = "), std::string::npos);
}

TEST(DefinitionToml, RefusesWhatCannotBeMeant) {
  const std::pair<std::string, std::string> cases[] = {
      {replaced(kRight, "id = \"walk\"", "id = \"Walk 1\""), "a register's id is"},
      {replaced(kRight, "id = \"what\"", "id = \"Wh-at\""), "a field's id is"},
      {replaced(kRight, "id = \"who_has_it\"", "id = \"what\""), "stands twice"},
      {replaced(kRight, "id = \"open\"", "id = \"created\""), "is the name of an occasion"},
      {replaced(kRight, "owner = \"who_has_it\"", "owner = \"what\""),
       "what is of the kind text, person is needed"},
      {replaced(kRight, "kind = \"text\"", "kind = \"text\"\nmax_length = 0"), "max_length = 1 to 4000"},
      {replaced(kRight, "kind = \"text\"", "kind = \"text\"\nwhole = true"),
       "whole does not go with the kind text"},
      {replaced(kRight, "kind = \"text\"", "kind = \"choice\""), "say values ="},
      {replaced(kRight, "kind = \"text\"", "kind = \"number\"\nmin = 3\nmax = 2"), "min is more than max"},
      {replaced(kRight, "kind = \"text\"", "kind = \"text\"\nstarts_as = \"now\""), "starts_as ="},
      {replaced(kRight, "kind = \"text\"", "kind = \"text\"\nrequired = { who_has_it = true }"),
       "a condition asks for a choice or yes/no"},
      {replaced(kRight, "kind = \"text\"", "kind = \"text\"\nset_in = [\"opne\"]"), "no state is called"},
      {kRight + "[[due]]\nentering = [\"open\"]\n", "say after ="},
      {kRight + "[[due]]\nentering = [\"open\"]\nafter = \"5 workdays\"\n", "units are s, min, h, days"},
      {kRight + "[[due]]\nentering = [\"open\"]\nfield = \"what\"\n", "instant or date is needed"},
      {kRight + "[[escalations]]\nin = [\"open\"]\nto = \"leader\"\n", "say either silent"},
      {kRight + "[[events]]\non = [\"done\"]\ntype = \"x\"\n", "no state or occasion is called \"done\""},
      {kRight + "[[events]]\non = [\"created\"]\ntype = \"x\"\nkeys = { a = \"waht\" }\n",
       "did you mean \"what\"?"},
      {kRight + "[[events]]\non = [\"created\"]\ntype = \"x\"\nsubject = \"what\"\n", "customer is needed"},
  };
  for (const auto& [text, expected] : cases) {
    EXPECT_NE(refusal(text).find(expected), std::string::npos) << expected << "\n" << refusal(text);
  }
}

TEST(DefinitionToml, LetsNothingSealedOrPersonalIntoAnEvent) {
  const std::string event = "[[events]]\non = [\"created\"]\ntype = \"x\"\ndata = { a = \"what\" }\n";
  EXPECT_EQ(refusal(kRight + event), "taken");
  const std::string personal = replaced(kRight, "kind = \"text\"", "kind = \"text\"\npersonal = true");
  EXPECT_NE(refusal(personal + event).find("what is personal"), std::string::npos);
  const std::string sealed =
      replaced(kRight, "[[states]]",
               "[[fields]]\nid = \"guess\"\nkind = \"number\"\nname = {sv=\"g\",en=\"g\"}\nsealed_until = "
               "[\"shown\"]\n[[states]]") +
      "[[states]]\nid = \"shown\"\nname = {sv=\"v\",en=\"s\"}\n";
  const auto with = [&](const std::string& on) {
    return sealed + "[[events]]\non = [\"" + on + "\"]\ntype = \"x\"\ndata = { a = \"guess\" }\n";
  };
  EXPECT_NE(refusal(with("open")).find("guess is sealed"), std::string::npos);
  EXPECT_EQ(refusal(with("shown")), "taken");
}

TEST(DefinitionToml, HasLimits) {
  const auto too_long = read_definition(kRight + std::string(kMaxDefinitionBytes, '#'), "f.toml");
  ASSERT_FALSE(too_long.ok());
  EXPECT_EQ(too_long.error().code, ErrorCode::Limit);
  std::string states = kRight;
  for (int i = 0; i < 50; ++i) {
    states += "[[states]]\nid = \"s" + std::to_string(i) + "\"\nname = {sv=\"x\",en=\"x\"}\n";
  }
  EXPECT_NE(refusal(states).find("at most 50 states"), std::string::npos);
  std::string deep = kRight + "deep = ";
  for (int i = 0; i < 5'000; ++i) deep += '[';
  EXPECT_NE(refusal(deep), "taken");
}

TEST(DefinitionToml, ReadsDurations) {
  using model::Duration;
  using model::DurationUnit;
  EXPECT_EQ(parse_patience("2 business days"), (Duration{2, DurationUnit::BusinessDays}));
  EXPECT_EQ(parse_patience("1 business hour"), (Duration{1, DurationUnit::BusinessHours}));
  EXPECT_EQ(parse_patience("90min"), (Duration{90, DurationUnit::Minutes}));
  EXPECT_EQ(parse_patience("0 s"), (Duration{0, DurationUnit::Seconds}));
  for (const char* wrong :
       {"", "days", "-1 days", "1.5 h", "2 weeks", "36526 days", "99999999999999999999 s"}) {
    EXPECT_EQ(parse_patience(wrong), std::nullopt) << wrong;
  }
}

}  // namespace
}  // namespace handslag::app
