// SPDX-License-Identifier: Apache-2.0
// The rule forms R1 to R11 as text.
#include "pure/promise/format_text.h"

namespace handslag::promise {
namespace {

class RuleWriter {
 public:
  explicit RuleWriter(Language language) : language_(language) {}

  RuleText operator()(const Response& r) const {
    std::string then = step(r.then);
    constexpr Keyword kOptions[] = {Keyword::None, Keyword::OneForOne, Keyword::Restart, Keyword::FirstOnly};
    if (r.option != ResponseOption::None) then += ", " + word(kOptions[static_cast<std::size_t>(r.option)]);
    return {{word(Keyword::When) + " " + event(r.a), then}, unless(r.unless)};
  }

  RuleText operator()(const Chain& r) const {
    RuleText text{{word(Keyword::When) + " " + event(r.a)}, unless(r.unless)};
    for (const Step& each : r.steps) text.parts.push_back(step(each));
    if (r.total) text.parts.push_back(word(Keyword::Total) + " " + duration_text(*r.total, language_));
    return text;
  }

  RuleText operator()(const Absence& r) const {
    return {{word(Keyword::After) + " " + event(r.a),
             word(Keyword::Never) + " " + event(r.b) + within(r.within) + same(r.same)},
            unless(r.unless)};
  }

  RuleText operator()(const OnlyAfter& r) const {
    return {{event(r.b), word(Keyword::OnlyAfter) + " " + event(r.a) + within(r.within) + same(r.same)},
            unless_since(r.unless_since)};
  }

  RuleText operator()(const NeverWhenAlready& r) const {
    return {{word(Keyword::Never) + " " + event(r.b),
             word(Keyword::WhenAlready) + " " + event(r.a) + within(r.within) + same(r.same)},
            unless_since(r.unless_since)};
  }

  RuleText operator()(const Count& r) const {
    constexpr Keyword kKinds[] = {Keyword::AtMost, Keyword::AtLeast, Keyword::Exactly};
    RuleText text{{word(kKinds[static_cast<std::size_t>(r.kind)]) + " " + std::to_string(r.n) + " " +
                   event(r.b) + within(r.within) + same(r.same)},
                  {}};
    if (r.from) text.parts.push_back(word(Keyword::From) + " " + condition(*r.from));
    if (r.until) text.parts.push_back(word(Keyword::Until) + " " + condition(*r.until));
    return text;
  }

  RuleText operator()(const Rate& r) const {
    return {{word(Keyword::AtMost) + " " + std::to_string(r.n) + " " + event(r.b) + " " +
             word(Keyword::WithinAny) + " " + duration_text(r.within, language_) + same(r.same)},
            {}};
  }

  RuleText operator()(const Recurrence& r) const {
    return {{word(Keyword::Every) + " " + duration_text(r.every, language_) + " " + word(Keyword::A) + " " +
                 event(r.b),
             word(Keyword::From) + " " + event(r.from),
             word(Keyword::Until) + " " + event(r.until) + same(r.same)},
            {}};
  }

  RuleText operator()(const Never& r) const { return {{word(Keyword::Never) + " " + event(r.b)}, {}}; }

  RuleText operator()(const OnlyTo& r) const {
    return {{event(r.b), word(Keyword::OnlyToCustomersWhere) + " " + guard_text(r.customers, language_)}, {}};
  }

 private:
  std::string word(Keyword keyword) const { return std::string(spelling(keyword, language_)); }

  std::string event(const EventPattern& pattern) const { return event_text(pattern, language_); }

  std::string within(const std::optional<model::Duration>& duration) const {
    return duration ? " " + word(Keyword::Within) + " " + duration_text(*duration, language_) : "";
  }

  std::string same(const Same& same) const {
    std::string text;
    for (const Name& key : same.keys) {
      text += text.empty() ? ", " + word(Keyword::Same) + " " : std::string(", ");
      text += name_text(key.text, language_);
    }
    return text;
  }

  std::string condition(const Condition& condition) const {
    return event(condition.event) + same(condition.same);
  }

  std::string unless(const std::optional<Condition>& c) const {
    return c ? word(Keyword::Unless) + " " + condition(*c) : "";
  }

  std::string unless_since(const std::optional<Condition>& n) const {
    return n ? unless(n) + " " + word(Keyword::Since) : "";
  }

  std::string bound(const Bound& bound) const {
    if (const auto* duration = std::get_if<Within>(&bound)) return within(duration->duration);
    if (const auto* attribute = std::get_if<NoLaterThan>(&bound)) {
      return " " + word(Keyword::NoLaterThan) + " " + name_text(attribute->attribute.text, language_);
    }
    return " " + word(Keyword::Before) + " " + event(std::get<Before>(bound).event);
  }

  std::string step(const Step& step) const {
    std::string text = word(Keyword::Then) + " ";
    if (step.combine == Combine::One) {
      text += event(step.parts.front());
    } else {
      const std::string between = " " + word(step.combine == Combine::Any ? Keyword::Or : Keyword::And) + " ";
      for (std::size_t i = 0; i < step.parts.size(); ++i) {
        text += (i == 0 ? "(" : between) + event_text(step.parts[i], language_, true);
      }
      text += ")";
    }
    return text + bound(step.bound) + same(step.same);
  }

  Language language_;
};

}  // namespace

RuleText rule_text(const Rule& rule, Language spelling) {
  return std::visit(RuleWriter(spelling), rule);
}

}  // namespace handslag::promise
