// SPDX-License-Identifier: Apache-2.0
// A data directory with registers in it, a clock that is set, and people, for tests.
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/registers/definition_toml.h"
#include "app/registers/registers.h"
#include "base/instant_for_test.h"
#include "io/store/store_fixture.h"
#include "pure/calendar/calendars.h"

namespace handslag::app {

/// Somebody who has these words, for every unit, or as "word@unit" for one.
inline Actor actor(const std::string& id, const std::set<std::string>& words) {
  return {id, id + " by name", [words](const std::string& word, const std::string& unit) {
            return words.contains(word) || words.contains(word + "@" + unit);
          }};
}

class RegistersTest : public store::StoreTest {
 protected:
  RegistersTest()
      : calendars_(calendar::Calendars::create({}).value()), clock_(at("2026-11-19T10:00:00+01:00")) {}

  /// Opens a new directory with the shipped registers, or with those of these texts.
  void start(const std::vector<std::string>& texts = {}) {
    open();
    std::vector<Definition> definitions;
    for (const std::string& text : texts) {
      auto definition = read_definition(text, "test.toml");
      ASSERT_TRUE(definition.ok()) << definition.error().message;
      definitions.push_back(*definition);
    }
    auto made = texts.empty() ? read_definitions("") : Definitions::create(std::move(definitions));
    ASSERT_TRUE(made.ok()) << made.error().message;
    definitions_.emplace(std::move(*made));
    begin();
  }
  void begin() {
    auto created = Registers::create(*definitions_, data_->registers(), *calendars_, clock_, around_);
    ASSERT_TRUE(created.ok()) << created.error().message;
    registers_.emplace(std::move(*created));
  }
  void set_clock(const std::string& text) { clock_.set(at(text)); }

  /// Makes one that must come about.
  Changed made(const Actor& who, const std::string& register_id, const Json& values) {
    Faults faults;
    auto changed = registers_->create_record(who, register_id, {{"values", values}}, faults);
    EXPECT_TRUE(changed.ok()) << changed.error().message;
    return changed.ok() ? *changed : Changed();
  }
  Result<Changed> move(const Actor& who, const std::string& id, const std::string& to,
                       const Json& values = Json::object(), const std::string& comment = "because") {
    faults_.clear();
    return registers_->move(who, id, std::nullopt, {{"to", to}, {"values", values}, {"comment", comment}},
                            faults_);
  }
  Result<Changed> change(const Actor& who, const std::string& id, const Json& values,
                         const std::string& comment = "because") {
    faults_.clear();
    return registers_->change(who, id, std::nullopt, {{"values", values}, {"comment", comment}}, faults_);
  }
  Json shown(const Actor& who, const std::string& id) {
    auto json = registers_->show(who, id);
    EXPECT_TRUE(json.ok()) << json.error().message;
    return json.ok() ? *json : Json();
  }

  std::unique_ptr<calendar::Calendars> calendars_;
  runtime::SetClock clock_;
  Surroundings around_;
  std::optional<Definitions> definitions_;
  std::optional<Registers> registers_;
  Faults faults_;
};

#define EXPECT_REFUSED(result, wanted)                                    \
  do {                                                                    \
    const auto& outcome_ = (result);                                      \
    ASSERT_FALSE(outcome_.ok());                                          \
    EXPECT_EQ(outcome_.error().code, wanted) << outcome_.error().message; \
  } while (false)

}  // namespace handslag::app
