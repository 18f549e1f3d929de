// SPDX-License-Identifier: Apache-2.0
// A promise as its text says it: what parse.h makes, check.h examines, format.h writes back, compile.h turns
// into a monitor and tests/oracle reads. Plain values; no meaning beyond the text. The meaning is
// contract/promises.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/time.h"
#include "pure/model/duration.h"

namespace handslag::promise {

/// A part of the source text, in bytes. Where something stands is no part of what it says: all spans compare
/// equal, so that two trees are equal where they mean the same.
struct Span {
  std::uint32_t from = 0;
  std::uint32_t size = 0;
  friend constexpr bool operator==(Span, Span) { return true; }
};

/// A word of the text with its place.
struct Name {
  std::string text;
  Span span;
  friend bool operator==(const Name&, const Name&) = default;
};

// ---- guards
// -------------------------------------------------------------------------------------------------

/// A name in a guard: "amount", or "x.amount" of the event named x.
struct NameRef {
  std::string binding;  // "x"; empty for the event at hand
  std::string name;
  friend bool operator==(const NameRef&, const NameRef&) = default;
};

using Literal = std::variant<double, std::string, bool, Date, Timestamp>;
using Operand = std::variant<Literal, NameRef>;

enum class GuardOp : std::uint8_t {
  And,
  Or,   // two children or more
  Not,  // one child
  Equal,
  NotEqual,
  Less,
  LessEqual,
  Greater,
  GreaterEqual,
  Contains,  // left, one operand
  In,        // left, one operand or more
  IsMissing,
  IsPresent,  // left
};

/// Nodes in post order: children stand before their parent, the root is the last. No recursion is needed to
/// walk it.
struct GuardNode {
  GuardOp op = GuardOp::Equal;
  std::vector<std::uint32_t> children;  // And, Or, Not: indices into Guard::nodes
  NameRef left;                         // the others
  std::vector<Operand> operands;
  Span span;
  friend bool operator==(const GuardNode&, const GuardNode&) = default;
};

struct Guard {
  std::vector<GuardNode> nodes;  // never empty
  friend bool operator==(const Guard&, const Guard&) = default;
};

// ---- events
// -------------------------------------------------------------------------------------------------

/// "order.placed", "order.*" (prefix "order."), "Resolve ticket".
struct TypePattern {
  std::string text;  // without the star
  bool is_prefix = false;
  Span span;
  friend bool operator==(const TypePattern&, const TypePattern&) = default;
};

struct EventPattern {
  TypePattern type;
  std::string binding;  // "as x"; empty without
  std::optional<Guard> where;
  Span span;
  friend bool operator==(const EventPattern&, const EventPattern&) = default;
};

/// `same k, l`; empty: not said.
struct Same {
  std::vector<Name> keys;
  bool said() const { return !keys.empty(); }
  friend bool operator==(const Same&, const Same&) = default;
};

/// C, N, S or E: an event with, perhaps, a `same` of its own (P-3).
struct Condition {
  EventPattern event;
  Same same;
  friend bool operator==(const Condition&, const Condition&) = default;
};

// ---- bounds and steps
// ---------------------------------------------------------------------------------------

struct Within {
  model::Duration duration;
  friend bool operator==(const Within&, const Within&) = default;
};
struct NoLaterThan {
  Name attribute;
  friend bool operator==(const NoLaterThan&, const NoLaterThan&) = default;
};
struct Before {  // a `same` behind it is the rule's (P-3)
  EventPattern event;
  friend bool operator==(const Before&, const Before&) = default;
};
using Bound = std::variant<Within, NoLaterThan, Before>;

enum class Combine : std::uint8_t { One, Any, All };  // B; (B or C); (B and C)

/// `then B BOUND [same]`: R1 has one, R10 several (Within only).
struct Step {
  Combine combine = Combine::One;
  std::vector<EventPattern> parts;
  Bound bound;
  Same same;
  friend bool operator==(const Step&, const Step&) = default;
};

// ---- rules
// --------------------------------------------------------------------------------------------------

enum class ResponseOption : std::uint8_t { None, OneForOne, Restart, FirstOnly };

struct Response {  // R1, R11: when A then B BOUND [same] [, option] [unless C [same]]
  EventPattern a;
  Step then;
  ResponseOption option = ResponseOption::None;
  std::optional<Condition> unless;
  friend bool operator==(const Response&, const Response&) = default;
};
struct Absence {  // R2: after A never B within D [same] [unless C [same]]
  EventPattern a, b;
  model::Duration within;
  Same same;
  std::optional<Condition> unless;
  friend bool operator==(const Absence&, const Absence&) = default;
};
struct OnlyAfter {  // R3: B only after A [within D] [same] [unless N since]
  EventPattern b, a;
  std::optional<model::Duration> within;
  Same same;
  std::optional<Condition> unless_since;
  friend bool operator==(const OnlyAfter&, const OnlyAfter&) = default;
};
struct NeverWhenAlready {  // R4: never B when already A [within D] [same] [unless N since]
  EventPattern b, a;
  std::optional<model::Duration> within;
  Same same;
  std::optional<Condition> unless_since;
  friend bool operator==(const NeverWhenAlready&, const NeverWhenAlready&) = default;
};
enum class CountKind : std::uint8_t { AtMost, AtLeast, Exactly };
struct Count {  // R5: at most|at least|exactly n B [within D] [same] [from S] [until E]
  CountKind kind = CountKind::AtMost;
  std::uint32_t n = 0;
  EventPattern b;
  std::optional<model::Duration> within;
  Same same;
  std::optional<Condition> from, until;
  friend bool operator==(const Count&, const Count&) = default;
};
struct Rate {  // R6: at most n B within any D [same]
  std::uint32_t n = 0;
  EventPattern b;
  model::Duration within;
  Same same;
  friend bool operator==(const Rate&, const Rate&) = default;
};
struct Recurrence {  // R7: every D a B from S until E [same]
  model::Duration every;
  EventPattern b;
  EventPattern from, until;
  Same same;  // the one behind E is the rule's
  friend bool operator==(const Recurrence&, const Recurrence&) = default;
};
struct Never {  // R8: never B
  EventPattern b;
  friend bool operator==(const Never&, const Never&) = default;
};
struct OnlyTo {  // R9: B only to customers where P
  EventPattern b;
  Guard customers;
  friend bool operator==(const OnlyTo&, const OnlyTo&) = default;
};
struct Chain {  // R10: when A then B within D1 [same] then C within D2 [same] … [total D] [unless X [same]]
  EventPattern a;
  std::vector<Step> steps;  // two or more, or one with a total
  std::optional<model::Duration> total;
  std::optional<Condition> unless;
  friend bool operator==(const Chain&, const Chain&) = default;
};
using Rule = std::variant<Response, Absence, OnlyAfter, NeverWhenAlready, Count, Rate, Recurrence, Never,
                          OnlyTo, Chain>;

// ---- clauses
// ------------------------------------------------------------------------------------------------

struct Claim {
  std::string wording;
  std::string at;  // where it is said; empty without
  friend bool operator==(const Claim&, const Claim&) = default;
};
enum class Expectation : std::uint8_t { Unsaid, High, GoodEnough };
enum class Period : std::uint8_t { None, Day, Week, Month, Quarter, Year };
struct Target {
  double share = 0;       // 0.95 for 95%
  std::vector<Name> per;  // names of the activation's fields: unit, channel, a key, an attribute
  Period each = Period::None;
  bool by_start = false;       // P-24: periods by activation instead of by due
  std::uint32_t at_least = 0;  // fewer settled instances: no verdict
  friend bool operator==(const Target&, const Target&) = default;
};

struct Promise {
  std::string id;
  std::string title;
  std::vector<Claim> claims;
  std::string kept_by, made_by, touchpoint;  // empty without
  Expectation expectation = Expectation::Unsaid;
  double weight = 1;
  std::optional<Guard> customers;  // for customers where …
  Rule rule;
  std::optional<Target> target;
  std::optional<model::Duration> warn;
  std::string calendar, zone;                // empty: the default
  std::optional<Date> valid_from, valid_to;  // days in the promise's zone; valid_to is the last day
  Span span;                                 // of the whole promise
  friend bool operator==(const Promise&, const Promise&) = default;
};

}  // namespace handslag::promise
