// SPDX-License-Identifier: Apache-2.0
#include "app/explain/sentence.h"

#include <fmt/format.h>

#include "app/language/numbers.h"

namespace handslag::app {
namespace {
using model::Verdict;

std::string duration_words(model::Duration d, Language language) {
  static constexpr const char* kEnglish[] = {"s", "min", "h", "days", "business days", "business hours"};
  static constexpr const char* kSwedish[] = {"s", "min", "h", "dagar", "arbetsdagar", "arbetstimmar"};
  const auto unit = static_cast<std::size_t>(d.unit);
  return fmt::format("{} {}", d.count, language == Language::Swedish ? kSwedish[unit] : kEnglish[unit]);
}

// The words for one instance; each rule form adds its own below.
class Words {
 public:
  Words(const Explained& explained, Language language) : e(explained), language_(language) {}

  const Explained& e;

  std::string say(const std::string& english, const std::string& swedish) const {
    return language_ == Language::Swedish ? swedish : english;
  }
  std::string at(Timestamp time) const { return local_text(time, e.rules); }
  std::string due() const { return at(e.instance.due); }
  bool has_due() const { return e.instance.due != kNoTime; }
  std::string span(std::int64_t us) const { return duration_text(static_cast<double>(us) / 1e6, language_); }
  std::string long_as(model::Duration d) const { return duration_words(d, language_); }

  static std::string type(const promise::EventPattern& pattern) {
    return pattern.type.text + (pattern.type.is_prefix ? "*" : "");
  }
  std::string parts(const promise::Step& step) const {
    std::string text;
    const std::string joint =
        step.combine == promise::Combine::All ? say(" and ", " och ") : say(" or ", " eller ");
    for (const promise::EventPattern& part : step.parts) text += (text.empty() ? "" : joint) + type(part);
    return text;
  }
  // ", same order" of a rule, as an addition in brackets.
  std::string with(const promise::Same& same) const {
    std::string keys;
    for (const promise::Name& key : same.keys) keys += (keys.empty() ? "" : ", ") + key.text;
    return keys.empty() ? "" : say(" with the same ", " med samma ") + keys;
  }
  std::string type_of(model::EventIndex event) const { return e.columns.types[e.columns.type[event]].name; }
  std::string time_of(model::EventIndex event) const { return at(e.columns.time[event]); }
  // "order.delivered 2026-03-07 09:00"
  std::string event(model::EventIndex index) const { return type_of(index) + " " + time_of(index); }
  model::EventIndex last_witness() const { return e.witnesses.back(); }

  std::string slack() const {
    const std::int64_t business = e.instance.business_slack_us;
    const std::string elapsed = span(e.instance.slack_us);
    if (business == 0) return elapsed;
    return elapsed + say(" (", " (") + span(business) + say(" of opening time)", " öppettid)");
  }

  // What every form says alike.
  std::string waits(const std::string& what) const {
    if (e.instance.verdict == Verdict::Overdue) {
      return say(fmt::format("{} by {}; not seen, but the sources are complete only through {}", what, due(),
                             at(e.horizon.complete_through)),
                 fmt::format("{} senast {}; inte sett, men källorna är kompletta bara till {}", what, due(),
                             at(e.horizon.complete_through)));
    }
    if (!has_due()) return say(what + "; not yet settled", what + "; inte avgjort än");
    return say(fmt::format("{} by {}; there is still time", what, due()),
               fmt::format("{} senast {}; det finns tid kvar", what, due()));
  }
  std::string called_off() const {
    if (e.witnesses.empty()) return say("it was called off", "det upphävdes");
    const std::string by = event(last_witness());
    return say("called off by " + by, "upphävt av " + by);
  }
  std::string unknown() const;

 private:
  Language language_;
};

std::string Words::unknown() const {
  switch (e.instance.unknown) {
    case model::UnknownCause::NoKey:
      return say("it lacks the key that the rule matches on, so nothing can be held against it",
                 "den saknar nyckeln som regeln jämför med, så inget kan ställas mot den");
    case model::UnknownCause::NoDueTime:
      return say("it carries no readable due time", "den bär ingen läsbar tidpunkt för löftet");
    case model::UnknownCause::ShortHistory:
    case model::UnknownCause::None:
      break;
  }
  const std::string start = e.horizon.history_start == kNoTime ? "–" : at(e.horizon.history_start);
  return say(fmt::format("the time to look back over reaches before the history, which begins {}", start),
             fmt::format("tiden att se tillbaka på går längre bak än historiken, som börjar {}", start));
}

std::string verdict_words(const Words& w, const promise::Response& rule) {
  const std::string b = w.parts(rule.then) + w.with(rule.then.same);
  const auto* before = std::get_if<promise::Before>(&rule.then.bound);
  switch (w.e.instance.verdict) {
    case Verdict::Kept:
      if (before != nullptr) {
        const std::string came = w.event(w.last_witness());
        return w.say(came + " came before " + Words::type(before->event),
                     came + " kom före " + Words::type(before->event));
      }
      return w.say(
          fmt::format("{} came, {} before it was due ({})", w.event(w.last_witness()), w.slack(), w.due()),
          fmt::format("{} kom, {} före utlovad tid ({})", w.event(w.last_witness()), w.slack(), w.due()));
    case Verdict::Late:
      return w.say(
          fmt::format("{} came, {} after it was due ({})", w.event(w.last_witness()), w.slack(), w.due()),
          fmt::format("{} kom, {} efter utlovad tid ({})", w.event(w.last_witness()), w.slack(), w.due()));
    case Verdict::Broken:
      if (before != nullptr && !w.e.witnesses.empty()) {
        return w.say(fmt::format("{} came without any {} before it", w.event(w.last_witness()), b),
                     fmt::format("{} kom utan att {} kommit före", w.event(w.last_witness()), b));
      }
      return w.say(fmt::format("no {} came by {}, nor after it", b, w.due()),
                   fmt::format("ingen {} kom till {}, och inte efter det", b, w.due()));
    default:
      return w.waits(w.say(b + " is to come", b + " ska komma"));
  }
}

std::string verdict_words(const Words& w, const promise::Absence& rule) {
  const std::string b = Words::type(rule.b) + w.with(rule.same);
  const std::string within = w.long_as(rule.within);
  switch (w.e.instance.verdict) {
    case Verdict::Kept:
      return w.say(fmt::format("no {} came within {} (through {})", b, within, w.due()),
                   fmt::format("ingen {} kom inom {} (till {})", b, within, w.due()));
    case Verdict::Broken: {
      const auto after = w.e.columns.time[w.last_witness()].us - w.e.columns.time[w.e.instance.activation].us;
      return w.say(fmt::format("{} came already after {}; promised was none within {}",
                               w.event(w.last_witness()), w.span(after), within),
                   fmt::format("{} kom redan efter {}; lovat var ingen inom {}", w.event(w.last_witness()),
                               w.span(after), within));
    }
    default:
      return w.waits(w.say("no " + b + " may come", "ingen " + b + " får komma"));
  }
}

std::string verdict_words(const Words& w, const promise::OnlyAfter& rule) {
  const std::string a = Words::type(rule.a) + w.with(rule.same);
  const std::string within =
      rule.within ? w.say(" within ", " inom ") + w.long_as(*rule.within) : std::string();
  switch (w.e.instance.verdict) {
    case Verdict::Kept:
      return w.say(w.event(w.last_witness()) + " stood before it",
                   w.event(w.last_witness()) + " fanns före den");
    case Verdict::Broken:
      return w.say(fmt::format("no {} that counts stood before it{}", a, within),
                   fmt::format("ingen {} som räknas fanns före den{}", a, within));
    default:
      return w.waits(w.say(a + " is to be known", a + " ska vara känd"));
  }
}

std::string verdict_words(const Words& w, const promise::NeverWhenAlready& rule) {
  const std::string a = Words::type(rule.a) + w.with(rule.same);
  const std::string within =
      rule.within ? w.say(" within ", " inom ") + w.long_as(*rule.within) : std::string();
  switch (w.e.instance.verdict) {
    case Verdict::Kept:
      return w.say(fmt::format("no {} that counts stood before it{}", a, within),
                   fmt::format("ingen {} som räknas fanns före den{}", a, within));
    case Verdict::Broken: {
      const std::string first = w.event(w.e.witnesses.front());
      return w.say(first + " had come already", first + " hade redan kommit");
    }
    default:
      return w.waits(w.say("no " + a + " before it", "ingen " + a + " före den"));
  }
}

std::string verdict_words(const Words& w, const promise::Count& rule) {
  static constexpr const char* kEnglish[] = {"at most", "at least", "exactly"};
  static constexpr const char* kSwedish[] = {"högst", "minst", "exakt"};
  const auto kind = static_cast<std::size_t>(rule.kind);
  const std::string b = Words::type(rule.b) + w.with(rule.same);
  const std::string promised = w.say(fmt::format("{} {} {}", kEnglish[kind], rule.n, b),
                                     fmt::format("{} {} {}", kSwedish[kind], rule.n, b));
  switch (w.e.instance.verdict) {
    case Verdict::Kept:
    case Verdict::Broken: {
      const bool is_kept = w.e.instance.verdict == Verdict::Kept;
      const std::string held =
          is_kept ? w.say("it held", "det höll") : w.say("it did not hold", "det höll inte");
      if (w.e.witnesses.empty()) {
        const std::string until =
            w.has_due() ? w.say(" when the time was out, ", " när tiden var ute, ") + w.due() : "";
        return w.say(fmt::format("promised {}: {}{}", promised, held, until),
                     fmt::format("lovat {}: {}{}", promised, held, until));
      }
      return w.say(fmt::format("promised {}: {}, settled by {}", promised, held, w.event(w.last_witness())),
                   fmt::format("lovat {}: {}, avgjort av {}", promised, held, w.event(w.last_witness())));
    }
    default:
      return w.waits(w.say("promised " + promised, "lovat " + promised));
  }
}

std::string verdict_words(const Words& w, const promise::Rate& rule) {
  const std::string promised = w.say(fmt::format("at most {} {}{} within any {}", rule.n, Words::type(rule.b),
                                                 w.with(rule.same), w.long_as(rule.within)),
                                     fmt::format("högst {} {}{} inom varje {}", rule.n, Words::type(rule.b),
                                                 w.with(rule.same), w.long_as(rule.within)));
  switch (w.e.instance.verdict) {
    case Verdict::Kept:
      return w.say("promised " + promised + ": it held", "lovat " + promised + ": det höll");
    case Verdict::Broken:
      return w.say(fmt::format("promised {}: this was number {}, since {}", promised, w.e.witnesses.size(),
                               w.time_of(w.e.witnesses.front())),
                   fmt::format("lovat {}: detta var nummer {}, sedan {}", promised, w.e.witnesses.size(),
                               w.time_of(w.e.witnesses.front())));
    default:
      return w.waits(w.say("promised " + promised, "lovat " + promised));
  }
}

std::string verdict_words(const Words& w, const promise::Recurrence& rule) {
  const std::string b = Words::type(rule.b) + w.with(rule.same);
  switch (w.e.instance.verdict) {
    case Verdict::Kept:
      return w.say(fmt::format("{} came, {} before the next was due ({})", w.event(w.last_witness()),
                               w.slack(), w.due()),
                   fmt::format("{} kom, {} innan nästa skulle komma ({})", w.event(w.last_witness()),
                               w.slack(), w.due()));
    case Verdict::Late:
      return w.say(fmt::format("{} came, {} after the next was due ({})", w.event(w.last_witness()),
                               w.slack(), w.due()),
                   fmt::format("{} kom, {} efter att nästa skulle kommit ({})", w.event(w.last_witness()),
                               w.slack(), w.due()));
    case Verdict::Broken:
      return w.say(fmt::format("no {} came by {}, promised every {}", b, w.due(), w.long_as(rule.every)),
                   fmt::format("ingen {} kom till {}, lovat varje {}", b, w.due(), w.long_as(rule.every)));
    default:
      return w.waits(w.say("the next " + b + " is to come", "nästa " + b + " ska komma"));
  }
}

std::string verdict_words(const Words& w, const promise::Never& rule) {
  if (w.e.instance.verdict == Verdict::Broken) {
    const std::string where =
        rule.b.where ? w.say(" with what the rule forbids", " med det som regeln förbjuder") : "";
    return w.say("it came" + where + ", which was promised never to come",
                 "den kom" + where + ", som aldrig skulle komma");
  }
  return w.say("nothing that the rule forbids", "inget som regeln förbjuder");
}

std::string verdict_words(const Words& w, const promise::OnlyTo&) {
  const bool holds_now = w.e.instance.holds_now;
  if (w.e.instance.verdict == Verdict::Kept) {
    return w.say("the customer was one whom the rule allows, as known then",
                 "kunden var en som regeln tillåter, så vitt då var känt") +
           (holds_now ? "" : w.say("; as known now she was not", "; så vitt nu är känt var hon det inte"));
  }
  return w.say("the customer was none whom the rule allows, as known then",
               "kunden var ingen som regeln tillåter, så vitt då var känt") +
         (holds_now ? w.say("; as known now she was", "; så vitt nu är känt var hon det") : "");
}

std::string verdict_words(const Words& w, const promise::Chain& rule) {
  const std::size_t step = std::min<std::size_t>(w.e.instance.step, rule.steps.size() - 1);
  const std::string b = w.parts(rule.steps[step]);
  const std::string number = fmt::format("{}/{}", step + 1, rule.steps.size());
  switch (w.e.instance.verdict) {
    case Verdict::Kept:
      return w.say(fmt::format("every step in time; the last, {}, {} before it was due ({})",
                               w.event(w.last_witness()), w.slack(), w.due()),
                   fmt::format("varje steg i tid; det sista, {}, {} före utlovad tid ({})",
                               w.event(w.last_witness()), w.slack(), w.due()));
    case Verdict::Late:
      return w.say(fmt::format("the last step, {}, came {} after it was due ({})", w.event(w.last_witness()),
                               w.slack(), w.due()),
                   fmt::format("det sista steget, {}, kom {} efter utlovad tid ({})",
                               w.event(w.last_witness()), w.slack(), w.due()));
    case Verdict::Broken:
      return w.say(fmt::format("step {}, {}, had not come by {}", number, b, w.due()),
                   fmt::format("steg {}, {}, hade inte kommit till {}", number, b, w.due()));
    default:
      return w.waits(w.say("the next step is to come", "nästa steg ska komma"));
  }
}

}  // namespace

std::string sentence(const Explained& explained, Language language) {
  const Words words(explained, language);
  std::string rest;
  switch (explained.instance.verdict) {
    case Verdict::Void:
      rest = words.called_off();
      break;
    case Verdict::Unknown:
      rest = words.unknown();
      break;
    default:
      rest = std::visit([&words](const auto& rule) { return verdict_words(words, rule); },
                        explained.promise.rule);
  }
  if (explained.instance.is_rescued)
    rest += words.say(", by somebody's extra effort", ", genom någons extra insats");
  return words.event(explained.instance.activation) + ": " + rest + ".";
}

std::string sentence(const Evaluation& evaluation, const model::Instance& instance, Language language) {
  return sentence({*evaluation.version_of(instance).promise, instance, evaluation.witnesses_of(instance),
                   evaluation.loaded.columns, evaluation.rules_of(instance.promise),
                   promise::horizon_of(*evaluation.program, instance.promise)},
                  language);
}

}  // namespace handslag::app
