// SPDX-License-Identifier: Apache-2.0
#include "app/backtest/backtest.h"

#include <fmt/format.h>

#include <array>
#include <map>

#include "app/evaluate/evaluation.h"
#include "app/explain/sentence.h"
#include "app/language/json.h"
#include "app/language/numbers.h"
#include "base/text.h"

namespace handslag::app {
namespace {

constexpr std::uint32_t kDraft = 0;  // the draft is the first version of the set; all others are in force

using Counts = std::array<std::uint64_t, model::kVerdicts>;

/// One activation that the two judge differently; null where only the other has an instance of it.
struct Change {
  const model::Instance* in_force = nullptr;
  const model::Instance* draft = nullptr;
};

struct Comparison {
  Counts in_force{}, draft{};
  std::vector<Change> changes;
};

Result<promise::Promise> read_draft(const std::string& path, const Terminal& terminal) {
  HANDSLAG_TRY(set, read_promise_files({path}, terminal));
  if (set.ids().size() == 1) return set.newest(0);
  return invalid(
      fmt::format("{}: {} promises; a back-test takes a file with one draft", path, set.ids().size()));
}

// Instances by customer and activation. Two of one rule never share both, but for a chain's last event that
// opens the next chain (D-17): the second is numbered.
using Key = std::tuple<model::CustomerIndex, model::EventIndex, int>;

Comparison compare(const model::Verdicts& verdicts) {
  Comparison comparison;
  std::map<Key, Change> by_activation;
  for (const model::Instance& instance : verdicts.instances) {
    const bool is_draft = instance.promise == kDraft;
    ++(is_draft ? comparison.draft : comparison.in_force)[static_cast<std::size_t>(instance.verdict)];
    Key key{instance.customer, instance.activation, 0};
    const auto slot = [is_draft](Change& change) -> const model::Instance*& {
      return is_draft ? change.draft : change.in_force;
    };
    while (slot(by_activation[key]) != nullptr) ++std::get<2>(key);
    slot(by_activation[key]) = &instance;
  }
  for (const auto& [key, change] : by_activation) {
    const bool is_same = change.in_force != nullptr && change.draft != nullptr &&
                         change.in_force->verdict == change.draft->verdict;
    if (!is_same) comparison.changes.push_back(change);
  }
  return comparison;
}

std::uint64_t of(const Counts& counts, model::Verdict verdict) {
  return counts[static_cast<std::size_t>(verdict)];
}

std::optional<double> rate_of(const Counts& counts) {
  const std::uint64_t kept = of(counts, model::Verdict::Kept);
  const std::uint64_t settled = kept + of(counts, model::Verdict::Late) + of(counts, model::Verdict::Broken);
  if (settled == 0) return std::nullopt;
  return static_cast<double>(kept) / static_cast<double>(settled);
}

std::string verdict_of(const model::Instance* instance, Language language) {
  if (instance == nullptr) return language == Language::Swedish ? "inget löfte" : "no instance";
  return std::string(verdict_word(instance->verdict, language));
}

void print_counts(std::string_view name, const Counts& counts, const Terminal& terminal) {
  *terminal.out << left(name, 28) << right(share_text(rate_of(counts), terminal.language), 9);
  for (const std::uint64_t count : counts) *terminal.out << right(count_text(count, terminal.language), 11);
  *terminal.out << '\n';
}

void print_summary(const Evaluation& evaluation, const Comparison& comparison, const Terminal& terminal) {
  *terminal.out << left("", 28) << right(terminal.say("rate", "andel"), 9);
  for (std::size_t v = 0; v < model::kVerdicts; ++v) {
    *terminal.out << right(verdict_word(static_cast<model::Verdict>(v), terminal.language), 11);
  }
  *terminal.out << '\n';
  print_counts(fmt::format("{} {}", evaluation.promises.ids()[1], terminal.say("in force", "gäller")),
               comparison.in_force, terminal);
  print_counts(evaluation.promises.ids()[0], comparison.draft, terminal);
  std::map<std::pair<std::string, std::string>, std::uint64_t> kinds;
  for (const Change& change : comparison.changes) {
    ++kinds[{verdict_of(change.in_force, terminal.language), verdict_of(change.draft, terminal.language)}];
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
    const Change& change = comparison.changes[i];
    const model::Instance& either = change.draft != nullptr ? *change.draft : *change.in_force;
    *terminal.out << fmt::format("\n{}  {} → {}\n", evaluation.loaded.customers.name(either.customer),
                                 verdict_of(change.in_force, terminal.language),
                                 verdict_of(change.draft, terminal.language));
    for (const model::Instance* instance : {change.in_force, change.draft}) {
      if (instance != nullptr)
        *terminal.out << "    " << sentence(evaluation, *instance, terminal.language) << '\n';
    }
  }
}

Json counts_json(const Counts& counts) {
  Json json;
  for (std::size_t v = 0; v < model::kVerdicts; ++v)
    json[std::string(model::verdict_name(static_cast<model::Verdict>(v)))] = counts[v];
  const auto rate = rate_of(counts);
  json["rate"] = rate ? Json(*rate) : Json();
  return json;
}

Json comparison_json(const Evaluation& evaluation, const Comparison& comparison, std::size_t limit) {
  Json json{{"draft", evaluation.promises.ids()[0]},        {"against", evaluation.promises.ids()[1]},
            {"in_force", counts_json(comparison.in_force)}, {"with_draft", counts_json(comparison.draft)},
            {"changed", comparison.changes.size()},         {"changes", Json::array()}};
  for (const Change& change : comparison.changes) {
    if (limit != 0 && json["changes"].size() == limit) break;
    const model::Instance& either = change.draft != nullptr ? *change.draft : *change.in_force;
    const auto name = [](const model::Instance* instance) {
      return instance == nullptr ? Json() : Json(model::verdict_name(instance->verdict));
    };
    json["changes"].push_back(
        {{"customer", evaluation.loaded.customers.name(either.customer)},
         {"activation_time", time_json(evaluation.loaded.columns.time[either.activation])},
         {"in_force", name(change.in_force)},
         {"draft", name(change.draft)}});
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
  HANDSLAG_TRY(draft, read_draft(options.draft, session.terminal));
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
