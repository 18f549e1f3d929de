// SPDX-License-Identifier: Apache-2.0
#include "app/backtest/difference.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "app/language/numbers.h"

namespace handslag::app {
namespace {

constexpr const char* kAfterPublishing = " (draft)";  // no id has a space, so it is nobody else's

struct Difference {
  const promise::Promise* before = nullptr;  // the newest version in force; null: none is
  const promise::Promise* after = nullptr;
  Comparison comparison;
  std::uint64_t customers = 0;  // with a changed verdict
};

Difference difference_of(const Evaluation& evaluation, const std::string& id) {
  const PromiseSet& set = evaluation.promises;
  Difference difference;
  for (std::uint32_t i = 0; i < set.ids().size(); ++i) {
    if (set.ids()[i] == id) difference.before = &set.newest(i);
    if (set.ids()[i] == id + kAfterPublishing) difference.after = &set.newest(i);
  }
  HANDSLAG_CHECK(difference.after != nullptr, "a draft that was evaluated");
  difference.comparison =
      compare_readings(evaluation.verdicts, [&](const model::Instance& instance) -> std::optional<Reading> {
        const std::string& its = set.ids()[set.id_of(instance.promise)];
        if (its == id) return Reading::Before;
        if (its == difference.after->id) return Reading::After;
        return std::nullopt;
      });
  std::optional<model::CustomerIndex> last;
  for (const VerdictChange& change : difference.comparison.changes) {
    if (std::exchange(last, change.either().customer) != change.either().customer) ++difference.customers;
  }
  return difference;
}

Json verdict_or_null(std::optional<model::Verdict> verdict) {
  return verdict ? Json(model::verdict_name(*verdict)) : Json();
}

Json side_json(const promise::Promise* promise, const VerdictCounts& counts) {
  if (promise == nullptr) return nullptr;
  Json json = counts_json(counts);
  json["target"] = promise->target ? Json(promise->target->share) : Json();
  return json;
}

std::string side_text(const promise::Promise& promise, const VerdictCounts& counts,
                      const Terminal& terminal) {
  const std::string rate = share_text(rate_of(counts), terminal.language);
  if (!promise.target) return rate;
  return fmt::format("{} ({} {})", rate, terminal.say("promised", "lovat"),
                     share_text(promise.target->share, terminal.language));
}

std::string shown_verdict(std::optional<model::Verdict> verdict, const Terminal& terminal) {
  if (!verdict) return std::string(terminal.say("no instance", "inget löfte"));
  return std::string(verdict_word(*verdict, terminal.language));
}

}  // namespace

PromiseSet before_and_after(const PromiseSet& in_force, std::span<const PublicationDraft> drafts) {
  PromiseSet set;
  for (const PublicationDraft& draft : drafts) {
    std::uint32_t latest = 0;
    const auto add_after = [&](promise::Promise promise, std::uint32_t number, Timestamp from, Timestamp to) {
      promise.id += kAfterPublishing;
      set.add(std::move(promise), number, from, to);
    };
    for (const promise::Version& version : in_force.versions()) {
      if (version.promise->id != draft.promise.id) continue;
      set.add(*version.promise, version.number, version.from, version.to);
      add_after(*version.promise, version.number, version.from, std::min(version.to, draft.from));
      latest = std::max(latest, version.number);
    }
    add_after(draft.promise, latest + 1, draft.from, kEndOfTime);
  }
  return set;
}

Json difference_json(const Evaluation& evaluation, const std::string& id) {
  const Difference difference = difference_of(evaluation, id);
  Json moves = Json::array();
  for (const auto& [move, counts] : moves_of(difference.comparison)) {
    moves.push_back({{"from", verdict_or_null(move.first)},
                     {"to", verdict_or_null(move.second)},
                     {"instances", counts.instances},
                     {"customers", counts.customers}});
  }
  return {{"promise", id},
          {"changed", difference.comparison.changes.size()},
          {"customers", difference.customers},
          {"moves", std::move(moves)},
          {"before", side_json(difference.before, difference.comparison.before)},
          {"after", side_json(difference.after, difference.comparison.after)}};
}

void print_difference(const Evaluation& evaluation, const std::string& id, const Terminal& terminal) {
  const Difference difference = difference_of(evaluation, id);
  const auto count = [&](std::uint64_t number) { return count_text(number, terminal.language); };
  const std::string changed = count(difference.comparison.changes.size());
  const std::string customers = count(difference.customers);
  const std::string after = side_text(*difference.after, difference.comparison.after, terminal);
  // Why no more of a new one: every verdict of it is new.
  if (difference.before == nullptr) {
    *terminal.out << fmt::format(fmt::runtime(terminal.say("{}: new, {} instances, {} customers; kept {}\n",
                                                           "{}: nytt, {} löften, {} kunder; hållna {}\n")),
                                 id, changed, customers, after);
    return;
  }
  *terminal.out << fmt::format(
      fmt::runtime(terminal.say("{}: changed verdicts: {}, customers: {}; kept {} → {}\n",
                                "{}: ändrade utfall: {}, kunder: {}; hållna {} → {}\n")),
      id, changed, customers, side_text(*difference.before, difference.comparison.before, terminal), after);
  for (const auto& [move, counts] : moves_of(difference.comparison)) {
    *terminal.out << fmt::format("  {} → {}: {}\n", shown_verdict(move.first, terminal),
                                 shown_verdict(move.second, terminal), count(counts.instances));
  }
}

}  // namespace handslag::app
