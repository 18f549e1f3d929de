// SPDX-License-Identifier: Apache-2.0
#include "app/explain/explained_live.h"

#include <algorithm>
#include <sstream>
#include <tuple>
#include <vector>

#include "app/evaluate/evaluation.h"
#include "pure/identity/identity.h"

namespace handslag::app {
namespace {

// An instance as the order of explain.h knows it: by time, and of the same time by customer.
struct Chosen {
  Timestamp time;
  identity::IdentifierNumber number = 0;
  model::CustomerIndex customer = 0;
};

struct ChosenInstances {
  std::vector<Chosen> all;
  bool has_any = false;
};

ChosenInstances chosen_of(const LiveVerdicts& verdicts,
                          const std::optional<std::vector<model::CustomerIndex>>& of,
                          const ExplainOptions& options) {
  ChosenInstances chosen;
  const auto time = verdicts.events.times();
  const auto look_at = [&](model::CustomerIndex customer) {
    for (const Told& told : verdicts.told.of(customer)) {
      if (verdicts.place_of_version[told.version] == LiveVerdicts::kNotChosen) continue;
      chosen.has_any = true;
      if (options.verdict && told.verdict != *options.verdict) continue;
      chosen.all.push_back({time(told.activation), verdicts.numbers[customer], customer});
    }
  };
  if (of) {
    for (const model::CustomerIndex customer : *of) look_at(customer);
    return chosen;
  }
  for (model::CustomerIndex c = 0; c < verdicts.told.customers() && c < verdicts.numbers.size(); ++c)
    look_at(c);
  return chosen;
}

// Whose are the first of them, in the order of a batch: by number, the organisation before all. Where an
// instance is as early as the last of these and another's, the number decides as it does there.
std::vector<model::CustomerIndex> customers_of_first(std::vector<Chosen>& all, std::size_t count) {
  const auto last = all.begin() + static_cast<std::ptrdiff_t>(count);
  std::partial_sort(all.begin(), last, all.end(), [](const Chosen& a, const Chosen& b) {
    return std::tie(a.time, a.number) < std::tie(b.time, b.number);
  });
  std::vector<std::pair<identity::IdentifierNumber, model::CustomerIndex>> theirs;
  for (auto it = all.begin(); it != last; ++it) theirs.emplace_back(it->number, it->customer);
  std::sort(theirs.begin(), theirs.end());
  theirs.erase(std::unique(theirs.begin(), theirs.end()), theirs.end());
  std::vector<model::CustomerIndex> customers;
  for (const auto& [number, customer] : theirs) customers.push_back(customer);
  return customers;
}

// Instances of customers as they stand in `columns`: customers[i] is i + 1, the organisation 0.
model::Verdicts evaluate_these(const promise::Program& program, const model::Columns& columns,
                               bool has_organisation) {
  model::Verdicts verdicts;
  promise::Evaluator evaluator(program, columns);
  for (model::CustomerIndex c = has_organisation ? 0 : 1; c < columns.customers(); ++c)
    evaluator.customer(c, verdicts);
  return verdicts;
}

}  // namespace

Status explain_live(const LiveVerdicts& verdicts, const std::optional<std::vector<model::CustomerIndex>>& of,
                    const ExplainOptions& options, std::size_t most,
                    const std::function<Status(const ExplainedInstances&)>& tell) {
  ChosenInstances chosen = chosen_of(verdicts, of, options);
  const std::size_t found = chosen.all.size(), shown = shown_of(found, options);
  auto customers = customers_of_first(chosen.all, shown > most ? 0 : shown);
  const bool has_organisation = !customers.empty() && customers.front() == model::kOrganisation;
  if (has_organisation) customers.erase(customers.begin());
  const model::Columns columns = verdicts.events.gather(customers);
  const auto compiled =
      promise::compile(verdicts.promises.versions(), columns, verdicts.sources, *verdicts.calendars);
  std::ostringstream nowhere;
  Terminal terminal;
  terminal.notes = &nowhere;
  HANDSLAG_CHECK_STATUS(report_problems(compiled.problems, verdicts.promises.versions().size(), terminal));
  const model::Verdicts anew = evaluate_these(*compiled.program, columns, has_organisation);
  const auto name = [&](model::CustomerIndex c) {
    return identity::customer_name(c == model::kOrganisation ? 0 : verdicts.numbers[customers[c - 1]]);
  };
  return tell({verdicts.promises, *verdicts.calendars, *compiled.program, columns, anew, name, found,
               chosen.has_any});
}

}  // namespace handslag::app
