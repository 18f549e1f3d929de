// SPDX-License-Identifier: Apache-2.0
#include "app/explain/explain.h"

#include <fmt/format.h>

#include <map>

#include "app/evaluate/bounds.h"
#include "app/evaluate/evaluation.h"
#include "app/explain/sentence.h"
#include "app/language/json.h"
#include "app/language/numbers.h"
#include "base/text.h"

namespace handslag::app {
namespace {

using Instances = std::vector<const model::Instance*>;

bool is_asked_for(const model::Instance& instance, const ExplainOptions& options) {
  return !options.verdict || instance.verdict == *options.verdict;
}

// Those to show, in the order of their activations' times.
Instances choose(const ExplainedInstances& explained, const ExplainOptions& options) {
  Instances chosen;
  for (const model::Instance& instance : explained.verdicts.instances) {
    if (is_asked_for(instance, options)) chosen.push_back(&instance);
  }
  const auto& time = explained.columns.time;
  std::stable_sort(chosen.begin(), chosen.end(), [&time](const model::Instance* a, const model::Instance* b) {
    return time[a->activation] < time[b->activation];
  });
  chosen.resize(std::min(chosen.size(), shown_of(explained.found, options)));
  return chosen;
}

std::string reason_of(const ExplainedInstances& explained, const model::Instance& instance,
                      Language language) {
  return sentence(
      {*explained.version_of(instance).promise, instance, explained.witnesses_of(instance), explained.columns,
       explained.rules_of(instance), promise::horizon_of(explained.program, instance.promise)},
      language);
}

// The events that instances rest on, by EventIndex.
Result<std::map<model::EventIndex, model::Event>> fetch_events(
    store::EventLog& log, const ExplainedInstances& explained,
    std::span<const model::Instance* const> instances) {
  std::vector<model::EventIndex> wanted;
  for (const model::Instance* instance : instances) {
    wanted.push_back(instance->activation);
    for (const model::EventIndex witness : explained.witnesses_of(*instance)) wanted.push_back(witness);
  }
  std::sort(wanted.begin(), wanted.end());
  wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
  std::vector<store::RowNumber> rows;
  for (const model::EventIndex event : wanted) rows.push_back(explained.columns.row[event]);
  HANDSLAG_TRY(events, log.fetch(rows));
  std::map<model::EventIndex, model::Event> by_index;
  for (std::size_t i = 0; i < wanted.size(); ++i) by_index.emplace(wanted[i], std::move(events[i]));
  return by_index;
}

double whole_seconds(std::int64_t us) {
  return static_cast<double>(us) / 1e6;
}

// slack_s where it was kept, late_by_s where it was late; the same in business time where the bound is
// (D-15).
void add_slack(Json& json, const promise::Rule& rule, const model::Instance& instance) {
  const bool has_any = has_slack(rule) && instance.due != kNoTime;
  const bool is_late = has_any && instance.verdict == model::Verdict::Late;
  const bool is_kept = has_any && instance.verdict == model::Verdict::Kept;
  json["late_by_s"] = is_late ? Json(whole_seconds(-instance.slack_us)) : Json();
  json["slack_s"] = is_kept ? Json(whole_seconds(instance.slack_us)) : Json();
  if (!has_business_bound(rule)) return;
  if (is_late) json["late_by_business_s"] = whole_seconds(-instance.business_slack_us);
  if (is_kept) json["slack_business_s"] = whole_seconds(instance.business_slack_us);
}

// From when on whoever must keep it is to be warned (P-18); none where there is nothing to warn of.
Timestamp warn_at(const ExplainedInstances& explained, const model::Instance& instance) {
  const auto& warn = explained.version_of(instance).promise->warn;
  if (!warn || instance.verdict != model::Verdict::Pending || instance.due == kNoTime) return kNoTime;
  return explained.rules_of(instance).earliest_within(instance.due, *warn);
}

Json instance_json(const ExplainedInstances& explained, const model::Instance& instance,
                   const std::map<model::EventIndex, model::Event>& events, Language language) {
  const promise::Version& version = explained.version_of(instance);
  Json json{{"promise", version.promise->id},
            {"version", version.number},
            {"customer", explained.name(instance.customer)},
            {"activation", event_reference_json(events.at(instance.activation))},
            {"due", time_json(instance.due)},
            {"verdict", model::verdict_name(instance.verdict)},
            {"final", instance.is_final},
            {"rescued", instance.is_rescued}};
  add_slack(json, version.promise->rule, instance);
  if (const Timestamp at = warn_at(explained, instance); at != kNoTime) json["warn_at"] = time_json(at);
  json["witnesses"] = Json::array();
  for (const model::EventIndex witness : explained.witnesses_of(instance)) {
    json["witnesses"].push_back(event_reference_json(events.at(witness)));
  }
  json["reason"] = reason_of(explained, instance, language);
  return json;
}

Paint paint_of(model::Verdict verdict) {
  switch (verdict) {
    case model::Verdict::Kept:
      return Paint::Good;
    case model::Verdict::Late:
      return Paint::Late;
    case model::Verdict::Broken:
      return Paint::Bad;
    default:
      return Paint::Quiet;
  }
}

void print_instance(const ExplainedInstances& explained, const model::Instance& instance,
                    const std::map<model::EventIndex, model::Event>& events, const Terminal& terminal) {
  const std::string verdict(verdict_word(instance.verdict, terminal.language));
  std::ostream& out = *terminal.out;
  out << painted(terminal, paint_of(instance.verdict),
                 left(verdict, terminal.language == Language::Swedish ? 17 : 10))
      << ' ' << explained.name(instance.customer) << "  " << reason_of(explained, instance, terminal.language)
      << '\n';
  if (const Timestamp at = warn_at(explained, instance); at != kNoTime) {
    out << fmt::format("           {} {}\n", left(terminal.say("warn from", "varna från"), 11),
                       local_text(at, explained.rules_of(instance)));
  }
  const auto name = [&](std::string_view word, model::EventIndex index) {
    const model::Event& event = events.at(index);
    out << painted(terminal, Paint::Quiet,
                   fmt::format("           {} {} {} {} {}\n", left(word, 11), format_rfc3339(event.time),
                               event.type, event.source, event.id));
  };
  name(terminal.say("activation", "gäller från"), instance.activation);
  for (const model::EventIndex witness : explained.witnesses_of(instance))
    name(terminal.say("witness", "vittne"), witness);
}

void print_head(const ExplainedInstances& explained, std::size_t shown, std::size_t found,
                const Terminal& terminal) {
  const promise::Promise& promise = explained.promises.newest(0);
  std::ostream& out = *terminal.out;
  out << painted(terminal, Paint::Strong, promise.title) << "  (" << promise.id << ")\n";
  for (const promise::Claim& claim : promise.claims)
    out << "“" << claim.wording << "”" << (claim.at.empty() ? "" : "  " + claim.at) << '\n';
  const std::string_view zone = promise.zone.empty() ? model::kDefaultZone : std::string_view(promise.zone);
  out << fmt::format(fmt::runtime(terminal.say("{} of {}. Times in {}; those that end in Z are UTC.\n\n",
                                               "{} av {}. Tider i {}; de som slutar på Z är UTC.\n\n")),
                     count_text(shown, terminal.language), count_text(found, terminal.language), zone);
}

void print_none(const ExplainedInstances& explained, const ExplainOptions& options,
                const Terminal& terminal) {
  const bool is_filtered = options.verdict || !options.customer.empty();
  if (!explained.has_any && !is_filtered) {
    *terminal.out << terminal.say(
        "No occasion: no event put this promise in force. `handslag doctor` tells which event types it waits "
        "for.\n",
        "Inget tillfälle: ingen händelse har utlöst löftet. `handslag doctor` visar vilka händelsetyper det "
        "väntar på.\n");
    return;
  }
  *terminal.out << terminal.say("None. Ask without --verdict or --customer to see all.\n",
                                "Inga. Fråga utan --verdict eller --customer för att se alla.\n");
}

}  // namespace

const promise::Version& ExplainedInstances::version_of(const model::Instance& instance) const {
  return promises.versions()[instance.promise];
}

const model::TimeRules& ExplainedInstances::rules_of(const model::Instance& instance) const {
  return app::rules_of(*version_of(instance).promise, calendars);
}

std::span<const model::EventIndex> ExplainedInstances::witnesses_of(const model::Instance& instance) const {
  return std::span(verdicts.witnesses).subspan(instance.first_witness, instance.witnesses);
}

ExplainedInstances explained_of(const Evaluation& evaluation, const ExplainOptions& options) {
  const auto& instances = evaluation.verdicts.instances;
  const auto found = std::count_if(instances.begin(), instances.end(),
                                   [&](const model::Instance& it) { return is_asked_for(it, options); });
  return {evaluation.promises,
          *evaluation.calendars,
          *evaluation.program,
          evaluation.loaded.columns,
          evaluation.verdicts,
          [&evaluation](model::CustomerIndex customer) { return evaluation.loaded.customers.name(customer); },
          static_cast<std::size_t>(found),
          !instances.empty()};
}

std::size_t shown_of(std::size_t found, const ExplainOptions& options) {
  return options.limit == 0 ? found : std::min(found, options.limit);
}

Result<Json> explain_json(store::EventLog& log, const ExplainedInstances& explained,
                          const ExplainOptions& options, Language language) {
  const Instances instances = choose(explained, options);
  HANDSLAG_TRY(events, fetch_events(log, explained, instances));
  Json json = Json::array();
  for (const model::Instance* instance : instances)
    json.push_back(instance_json(explained, *instance, events, language));
  return json;
}

Result<PromiseSet> only_promise(const PromiseSet& set, const std::string& id) {
  PromiseSet chosen;
  for (const promise::Version& version : set.versions()) {
    if (version.promise->id == id) chosen.add(*version.promise, version.number, version.from, version.to);
  }
  if (!chosen.empty()) return chosen;
  const std::vector<std::string_view> ids(set.ids().begin(), set.ids().end());
  const auto near = nearest_word(id, ids);
  return not_found(fmt::format(
      "there is no promise \"{}\"; {}", id,
      near ? fmt::format("did you mean \"{}\"?", *near) : fmt::format("known are {}", fmt::join(ids, ", "))));
}

Status print_explained(store::EventLog& log, const ExplainedInstances& explained,
                       const ExplainOptions& options, std::size_t most, const Terminal& terminal) {
  const std::size_t shown = shown_of(explained.found, options);
  if (shown > most)
    return over_limit(fmt::format(
        "{} instances, and {} at once are shown here; choose with --verdict or --limit", shown, most));
  if (options.json) {
    HANDSLAG_TRY(json, explain_json(log, explained, options, terminal.language));
    *terminal.out << json_text(json);
    return {};
  }
  const Instances instances = choose(explained, options);
  HANDSLAG_TRY(events, fetch_events(log, explained, instances));
  print_head(explained, shown, explained.found, terminal);
  for (const model::Instance* instance : instances) print_instance(explained, *instance, events, terminal);
  if (explained.found == 0) print_none(explained, options, terminal);
  if (shown < explained.found) {
    *terminal.notes << terminal.say("--limit 0 shows all.\n", "--limit 0 visar alla.\n");
  }
  return {};
}

Status explain(const Session& session, const ExplainOptions& options) {
  HANDSLAG_TRY(directory, open_for_reading(session, "explain"));
  HANDSLAG_TRY(promises, choose_promises(directory, options.promises, session.terminal));
  HANDSLAG_TRY(chosen, only_promise(promises, options.promise));
  HANDSLAG_TRY(evaluation, evaluate(directory, std::move(chosen), {{}, options.customer}, session));
  return print_explained(directory.log(), explained_of(*evaluation, options), options, SIZE_MAX,
                         session.terminal);
}

}  // namespace handslag::app
