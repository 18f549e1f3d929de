// SPDX-License-Identifier: Apache-2.0
// Random promises of every form and option → text in either spelling → the same promise.
#include <random>

#include "pure/promise/format.h"
#include "pure/promise/parse_for_test.h"

namespace handslag::promise {
namespace {

using model::Duration;
using model::DurationUnit;

class RandomPromise {
 public:
  explicit RandomPromise(std::uint32_t seed) : random_(seed) {}

  Promise make(std::size_t number) {
    Promise p;
    p.id = "p" + std::to_string(number);
    p.title = text();
    for (std::uint32_t i = below(3); i > 0; --i)
      p.claims.push_back({text(), maybe() ? "on \"the\" web" : ""});
    p.kept_by = name();
    if (maybe()) p.made_by = name();
    if (maybe()) p.touchpoint = name();
    p.expectation = static_cast<Expectation>(below(3));
    if (maybe()) p.weight = below(1000) / 8.0;
    if (maybe()) p.customers = guard(false);
    if (maybe()) p.calendar = name();
    if (maybe()) p.zone = "Europe/Stockholm";
    if (maybe()) p.valid_from = date();
    if (maybe()) p.valid_to = Date{p.valid_from.value_or(Date{20'000}).days + static_cast<int>(below(900))};
    if (maybe()) p.target = target();
    if (maybe()) p.warn = duration();
    p.rule = rule();
    return p;
  }

 private:
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(random_() % n); }
  bool maybe() { return below(2) == 0; }

  template <std::size_t N>
  std::string one_of(const char* const (&words)[N]) {
    return words[below(N)];
  }

  std::string text() {
    return one_of({"", "A title", "\"quoted\" \\ and\ttab", "åäö # no comment", "line\nfeed"});
  }

  // Also what has to be quoted in one spelling or both.
  std::string name() {
    return one_of({"order",
                   "customer_no@billing",
                   "case:channel",
                   "when",
                   "när",
                   "total",
                   "vikt",
                   "first",
                   "gäller",
                   "two words",
                   "a",
                   "s",
                   "90",
                   "2026-01-01",
                   "order.*",
                   "x.",
                   "dotted.name",
                   "valid",
                   "börja",
                   "kept by",
                   "-5",
                   "#"});
  }

  Date date() { return Date{static_cast<std::int32_t>(10'000 + below(20'000))}; }

  Duration duration() { return {1 + below(40), static_cast<DurationUnit>(below(6))}; }

  Same same() {
    Same keys;
    for (std::uint32_t i = below(3); i > 0; --i) keys.keys.push_back({name(), {}});
    return keys;
  }

  EventPattern event(bool may_bind = true) {
    EventPattern e;
    e.type.is_prefix = below(5) == 0;
    e.type.text = e.type.is_prefix ? "order." : name();
    if (may_bind && maybe()) {
      e.binding = "x" + std::to_string(bindings_.size());
      bindings_.push_back(e.binding);
    }
    if (maybe()) e.where = guard(true);
    return e;
  }

  Condition condition() { return {event(), same()}; }

  Literal literal() {
    switch (below(5)) {
      case 0:
        return below(1'000'000) / 64.0 - 5'000;
      case 1:
        return text();
      case 2:
        return maybe();
      case 3:
        return date();
      default:
        return Timestamp{static_cast<std::int64_t>(below(2'000'000'000)) * 1'000'003};
    }
  }

  Operand operand(bool of_event) {
    if (below(4) != 0) return literal();
    return of_event && !bindings_.empty() && maybe()
               ? NameRef{bindings_[below(static_cast<std::uint32_t>(bindings_.size()))], "v"}
               : NameRef{"", one_of({"amount", "total", "vikt", "gäller", "first", "h"})};
  }

  // Post order, from the leaves up; at most three levels.
  std::uint32_t node(Guard& guard, bool of_event, int depth) {
    GuardNode made;
    const std::uint32_t kind = depth == 0 ? 3 : below(6);
    if (kind < 3) {
      made.op = static_cast<GuardOp>(kind);  // And, Or, Not
      const std::uint32_t children = made.op == GuardOp::Not ? 1 : 2 + below(2);
      for (std::uint32_t i = 0; i < children; ++i) made.children.push_back(node(guard, of_event, depth - 1));
    } else {
      made.op = static_cast<GuardOp>(static_cast<std::uint32_t>(GuardOp::Equal) + below(10));
      made.left = {"", name()};
      if (of_event && !bindings_.empty() && maybe()) made.left = {bindings_.back(), "amount"};
      const bool bare = made.op == GuardOp::IsMissing || made.op == GuardOp::IsPresent;
      const std::uint32_t operands = bare ? 0 : made.op == GuardOp::In ? 1 + below(3) : 1;
      for (std::uint32_t i = 0; i < operands; ++i) made.operands.push_back(operand(of_event));
    }
    guard.nodes.push_back(std::move(made));
    return static_cast<std::uint32_t>(guard.nodes.size() - 1);
  }

  Guard guard(bool of_event) {
    Guard made;
    node(made, of_event, static_cast<int>(below(4)));
    return made;
  }

  Bound bound() {
    if (below(3) == 0) return NoLaterThan{{name(), {}}};
    if (maybe()) return Before{event()};
    return Within{duration()};
  }

  Step step(bool chain) {
    Step s;
    s.combine = static_cast<Combine>(below(3));
    const std::uint32_t parts = s.combine == Combine::One ? 1 : 2 + below(3);
    for (std::uint32_t i = 0; i < parts; ++i) s.parts.push_back(event());
    s.bound = chain ? Bound(Within{duration()}) : bound();
    s.same = same();
    return s;
  }

  template <class Make>
  auto perhaps(Make make) -> std::optional<decltype(make())> {
    if (maybe()) return make();
    return std::nullopt;
  }
  auto perhaps_condition() {
    return perhaps([this] { return condition(); });
  }
  auto perhaps_duration() {
    return perhaps([this] { return duration(); });
  }

  // Braces are evaluated from left to right, so that names are bound in the order of the text.
  Rule rule() {
    bindings_.clear();
    switch (below(10)) {
      case 0:
        return Response{event(), step(false), static_cast<ResponseOption>(below(4)), perhaps_condition()};
      case 1:
        return Absence{event(), event(), duration(), same(), perhaps_condition()};
      case 2:
        return reversed<OnlyAfter>();
      case 3:
        return reversed<NeverWhenAlready>();
      case 4:
        return Count{static_cast<CountKind>(below(3)),
                     1 + below(9),
                     event(),
                     perhaps_duration(),
                     same(),
                     perhaps_condition(),
                     perhaps_condition()};
      case 5:
        return Rate{below(9), event(), duration(), same()};
      case 6:
        return Recurrence{duration(), event(), event(), event(), same()};
      case 7:
        return Never{event()};
      case 8:
        return OnlyTo{event(), guard(true)};
      default:
        return chain();
    }
  }

  template <class Form>
  Form reversed() {
    Form form;
    form.b = event();
    form.a = event();
    form.within = perhaps_duration();
    form.same = same();
    form.unless_since = perhaps_condition();
    return form;
  }

  Chain chain() {
    Chain made;
    made.a = event();
    for (std::uint32_t i = 1 + below(4); i > 0; --i) made.steps.push_back(step(true));
    if (made.steps.size() == 1 || maybe()) made.total = duration();
    made.unless = perhaps_condition();
    return made;
  }

  Target target() {
    Target t;
    t.share = below(100'001) / 1000.0 / 100;
    for (std::uint32_t i = below(3); i > 0; --i) t.per.push_back({name(), {}});
    t.each = static_cast<Period>(below(6));
    t.by_start = maybe();
    t.at_least = below(3);
    return t;
  }

  std::mt19937 random_;
  std::vector<std::string> bindings_;
};

TEST(PromiseFormat, ReadsBackRandomPromisesInBothSpellings) {
  RandomPromise random(20261121);
  for (std::size_t i = 0; i < 2'000; ++i) {
    const Promise promise = random.make(i);
    for (Language spelling : {Language::English, Language::Swedish}) {
      const std::string text = format_promise(promise, spelling);
      const Parsed parsed = parse(text);
      ASSERT_TRUE(parsed.ok()) << text << render(parsed.diagnostics.front(), "text", text, Language::English);
      ASSERT_EQ(parsed.promises.size(), 1U) << text;
      ASSERT_TRUE(parsed.promises.front() == promise)
          << text << format_promise(parsed.promises.front(), spelling);
      const auto again = format_file(text);
      ASSERT_TRUE(again.ok());
      ASSERT_EQ(*again, text);
    }
  }
}

}  // namespace
}  // namespace handslag::promise
