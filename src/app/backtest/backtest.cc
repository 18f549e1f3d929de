// SPDX-License-Identifier: Apache-2.0
#include "app/backtest/backtest.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "app/backtest/comparison.h"
#include "app/evaluate/evaluation.h"
#include "app/explain/sentence.h"
#include "app/language/json.h"
#include "app/language/numbers.h"
#include "app/promises/time_names.h"
#include "base/text.h"

namespace handslag::app {
namespace {

constexpr std::uint32_t kDraft = 0;  // the draft is the first version of the set; all others are in force

Result<promise::Promise> read_draft(const std::string& path, const Session& session) {
  HANDSLAG_TRY(calendars, calendars_of(session.data));
  HANDSLAG_TRY(set, read_promise_files({path}, *calendars, session.terminal));
  if (set.ids().size() == 1) return set.newest(0);
  return invalid(
      fmt::format("{}: {} promises; a back-test takes a file with one draft", path, set.ids().size()));
}

Comparison compare(const model::Verdicts& verdicts) {
  return compare_sides(verdicts, [](const model::Instance& instance) {
    return std::optional(instance.promise == kDraft ? Side::After : Side::Before);
  });
}

std::string verdict_of(const model::Instance* instance, Language language) {
  if (instance == nullptr) return language == Language::Swedish ? "inget löfte" : "no instance";
  return std::string(verdict_word(instance->verdict, language));
}

// Wide enough for the word above it and a gap: "infriat för sent" is longer than any count.
int width_of(std::size_t verdict, Language language) {
  constexpr int kLeast = 11;
  return std::max(kLeast, columns_of(verdict_word(static_cast<model::Verdict>(verdict), language)) + 2);
}

void print_counts(std::string_view name, const VerdictCounts& counts, const Terminal& terminal) {
  *terminal.out << left(name, 28) << right(share_text(rate_of(counts), terminal.language), 9);
  for (std::size_t v = 0; v < counts.size(); ++v)
    *terminal.out << right(count_text(counts[v], terminal.language), width_of(v, terminal.language));
  *terminal.out << '\n';
}

void print_summary(const Evaluation& evaluation, const Comparison& comparison, const Terminal& terminal) {
  *terminal.out << left("", 28) << right(terminal.say("rate", "andel"), 9);
  for (std::size_t v = 0; v < model::kVerdicts; ++v) {
    *terminal.out << right(verdict_word(static_cast<model::Verdict>(v), terminal.language),
                           width_of(v, terminal.language));
  }
  *terminal.out << '\n';
  print_counts(fmt::format("{} {}", evaluation.promises.ids()[1], terminal.say("in force", "gäller")),
               comparison.before, terminal);
  print_counts(evaluation.promises.ids()[0], comparison.after, terminal);
  std::map<std::pair<std::string, std::string>, std::uint64_t> kinds;
  for (const VerdictChange& change : comparison.changes) {
    ++kinds[{verdict_of(change.before, terminal.language), verdict_of(change.after, terminal.language)}];
  }
  *terminal.out << fmt::format("\n{} {}\n", count_text(comparison.changes.size(), terminal.language),
                               terminal.say("verdicts change", "utfall ändras"));
  for (const auto& [kind, count] : kinds) {
    *terminal.out << fmt::format("  {} → {}: {}\n", kind.first, kind.second,
                                 count_text(count, terminal.language));
  }
}

void print_changes(const Evaluation& evaluation, const Comparison& comparison, std::size_t limit,
                   const Terminal& terminal) {
  const std::size_t shown =
      limit == 0 ? comparison.changes.size() : std::min(limit, comparison.changes.size());
  for (std::size_t i = 0; i < shown; ++i) {
    const VerdictChange& change = comparison.changes[i];
    const model::Instance& either = change.either();
    *terminal.out << fmt::format("\n{}  {} → {}\n", evaluation.loaded.customers.name(either.customer),
                                 verdict_of(change.before, terminal.language),
                                 verdict_of(change.after, terminal.language));
    for (const model::Instance* instance : {change.before, change.after}) {
      if (instance != nullptr)
        *terminal.out << "    " << sentence(evaluation, *instance, terminal.language) << '\n';
    }
  }
}

Json comparison_json(const Evaluation& evaluation, const Comparison& comparison, std::size_t limit) {
  Json json{{"draft", evaluation.promises.ids()[0]},      {"against", evaluation.promises.ids()[1]},
            {"in_force", counts_json(comparison.before)}, {"with_draft", counts_json(comparison.after)},
            {"changed", comparison.changes.size()},       {"changes", Json::array()}};
  for (const VerdictChange& change : comparison.changes) {
    if (limit != 0 && json["changes"].size() == limit) break;
    const model::Instance& either = change.either();
    const auto name = [](const model::Instance* instance) {
      return instance == nullptr ? Json() : Json(model::verdict_name(instance->verdict));
    };
    json["changes"].push_back(
        {{"customer", evaluation.loaded.customers.name(either.customer)},
         {"activation_time", time_json(evaluation.loaded.columns.time[either.activation])},
         {"in_force", name(change.before)},
         {"draft", name(change.after)}});
  }
  return json;
}

}  // namespace

Result<PromiseSet> draft_beside(const PromiseSet& in_force, const promise::Promise& draft,
                                const std::string& wanted) {
  const std::string& against = wanted.empty() ? draft.id : wanted;
  PromiseSet set;
  promise::Promise named = draft;
  named.id += " (draft)";
  set.add(std::move(named), 1, kFirstTime, kEndOfTime);
  for (const promise::Version& version : in_force.versions()) {
    if (version.promise->id == against) set.add(*version.promise, version.number, version.from, version.to);
  }
  if (set.versions().size() > 1) return set;
  const std::vector<std::string_view> ids(in_force.ids().begin(), in_force.ids().end());
  const auto near = nearest_word(against, ids);
  return not_found(fmt::format(
      "no promise \"{}\" is in force{}; say which one with --against ID, or see `handslag promise list`",
      against, near ? fmt::format(" (did you mean \"{}\"?)", *near) : ""));
}

Json backtest_json(const Evaluation& evaluation, std::size_t limit) {
  return comparison_json(evaluation, compare(evaluation.verdicts), limit);
}

Status backtest(const Session& session, const BacktestOptions& options) {
  HANDSLAG_TRY(draft, read_draft(options.draft, session));
  HANDSLAG_TRY(directory, open_for_reading(session, "backtest"));
  HANDSLAG_TRY(in_force, promises_in_force(directory));
  HANDSLAG_TRY(set, draft_beside(in_force, draft, options.against));
  HANDSLAG_TRY(evaluation, evaluate(directory, std::move(set), {}, session));
  const Comparison comparison = compare(evaluation->verdicts);
  if (options.json) {
    *session.terminal.out << json_text(comparison_json(*evaluation, comparison, options.limit));
    return {};
  }
  print_summary(*evaluation, comparison, session.terminal);
  print_changes(*evaluation, comparison, options.limit, session.terminal);
  return {};
}

}  // namespace handslag::app
