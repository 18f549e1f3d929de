// SPDX-License-Identifier: Apache-2.0
// What a register is: fields, states, who may do what, when an answer is due, who is told when it is silent,
// and which events come of it. Plain values, read from TOML (definition_toml.h); contract/registers.md is the
// manual for those who write one.
//
// Names refer: fields and states by id. A definition that was read has no dangling name.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pure/model/duration.h"
#include "pure/model/time_rules.h"

namespace handslag::app {

inline constexpr std::size_t kMaxDefinitionBytes = 256 * 1024;
inline constexpr std::size_t kMaxRegisters = 100;
inline constexpr std::size_t kMaxFields = 100;
inline constexpr std::size_t kMaxStates = 50;
inline constexpr std::size_t kMaxMoves = 200;
inline constexpr std::size_t kMaxChoices = 100;
inline constexpr std::size_t kMaxEscalations = 16;  // they are bits of RegisterRecord::told
inline constexpr std::size_t kMaxTextLength = 4'000;
inline constexpr std::size_t kMaxLongTextLength = 50'000;

/// What people read.
struct Words {
  std::string sv, en;
};

enum class FieldKind : std::uint8_t {
  Text,
  LongText,
  Number,
  Instant,
  Date,
  YesNo,
  Choice,
  Unit,
  Person,
  Customer,
  Promise,
  Event,
  Link,
};
/// As definitions write it: "long text".
std::string_view field_kind_name(FieldKind kind);

struct Choice {
  std::string id;
  Words name;
};

/// Holds where the field has that value: a choice's id, or "true" or "false" (an empty yes/no counts as
/// false).
struct Condition {
  std::string field, value;
};

struct Field {
  std::string id;
  FieldKind kind = FieldKind::Text;
  Words name, help;
  bool required = false;
  std::vector<Condition> required_where;  // required where all of them hold

  std::size_t max_length = 200;    // code points of a text
  std::string form;                // of a text: 0 stands for a digit, everything else for itself
  std::optional<double> min, max;  // of a number
  bool whole = false;
  std::string measure;  // of a number, for the eye: "%", "min"
  std::vector<Choice> choices;
  std::vector<std::string> registers;  // where a link may lead
  bool many = false;                   // a list of links

  bool personal = false;              // masked for those who may not see it; a customer always is
  std::vector<std::string> shown_in;  // sealed to all but its creator in other states; empty: not sealed
  bool at_creation = true;            // may be given when the record is made
  std::optional<std::vector<std::string>> set_in;  // states in which a change may set it; none: all not final
  std::string starts_as;  // where nothing is given: "actor", "now", or "=" and a value; empty: nothing
  std::string beside;     // the field that this one is laid beside
};

struct State {
  std::string id;
  Words name;
  bool owes = false;   // somebody owes the next step; due times count
  bool final = false;  // values are not changed any more
};

/// All records of `register_id` whose link `field` leads here must stand in one of `states`, and at least
/// `at_least` of them.
struct WaitsFor {
  std::string register_id, field;
  std::vector<std::string> states;
  std::uint64_t at_least = 1;
};

struct Move {
  std::vector<std::string> from;
  std::string to;
  Words name;                    // of the button
  std::vector<std::string> who;  // words, see Actor; empty: as for changes
  bool needs_comment = false;
  bool takes = false;              // who makes the move becomes the owner, unless the move names another
  std::vector<std::string> needs;  // fields that are filled afterwards, given with the move or before
  std::vector<std::string> asks;   // fields that may be given with the move
  std::optional<WaitsFor> waits_for;
};

/// When a record comes into one of the states, its due time is what `field` says, else `after` from then.
struct DueRule {
  std::vector<std::string> entering;
  std::string field;  // an instant, or a date (the end of that local day); may be empty
  std::optional<model::Duration> after;
};

enum class Patience : std::uint8_t { Silent, PastDue };

/// Told, and perhaps moved or given to somebody else, when nobody has done anything for so long, or so long
/// after the due time.
struct Escalation {
  std::vector<std::string> in;
  Patience patience = Patience::Silent;
  model::Duration after;
  std::string to;           // a word: "leader"
  bool takes_over = false;  // who is found for the word becomes the owner
  std::string state;        // moved to; empty: stays
};

/// What a value in an event is: a field, "@id", "@due", "@state", "@actor", "@creator", "@owner", "@comment",
/// "@register", or "=" and a text.
using Reference = std::string;

struct EventRule {
  std::vector<std::string> on;  // states entered, "created", "comment", "overdue"
  std::vector<Condition> where;
  std::string type;
  std::string voids;    // the type of an event of the record's making, which this one withdraws; empty: none
  std::string time;     // an instant field; where empty, when the change was made
  std::string subject;  // a customer field; where empty, the event belongs to the organisation
  Reference unit, channel, touchpoint, agent;
  std::vector<std::pair<std::string, Reference>> keys, data;
};

/// Who hears of it: "creator", "holder", or a word for the record's unit.
struct TellRule {
  std::vector<std::string> on, to;
};

struct Definition {
  std::string id;
  Words name, plural, help;
  std::vector<Field> fields;
  std::vector<State> states;
  std::string initial;
  std::vector<Move> moves;
  std::string title, owner, unit, customer;  // fields that the list knows a record by; may be empty but title
  std::string waiting;  // a field: the unit that waits for its answer, whose people read it too; may be empty
  std::vector<std::string> read, create, change, comment;  // who may: words, see Actor
  std::vector<std::string> people;  // who sees whose records are whose; empty: whoever reads them
  std::vector<std::string> unique;  // fields that no two records have alike, all of them together
  bool always_comment = false;      // every change and move needs one
  bool hides_creator = false;       // shown to nobody but the creator
  bool to_any_unit = false;         // its unit must answer: people of other units make it too
  std::vector<DueRule> dues;
  std::vector<Escalation> escalations;
  std::vector<EventRule> events;
  std::vector<TellRule> tells;
  std::string calendar{model::kDefaultCalendar}, zone{model::kDefaultZone};

  /// Null where there is none.
  const Field* field(std::string_view field_id) const;
  const State* state(std::string_view state_id) const;
  /// The first move from one state to the other; null where that is not allowed.
  const Move* move(std::string_view from, std::string_view to) const;
};

}  // namespace handslag::app
