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

bool is_before(const Chosen& a, const Chosen& b) {
  return std::tie(a.time, a.number) < std::tie(b.time, b.number);
}

// The first of all that were added: a heap with the last of them in front, so that a million are looked at
// and some are held.
class FirstInstances {
 public:
  explicit FirstInstances(std::size_t most) : most_(most) {}

  void add(const Chosen& chosen) {
    ++found_;
    if (first_.size() == most_) {
      if (most_ == 0 || !is_before(chosen, first_.front())) return;
      std::pop_heap(first_.begin(), first_.end(), is_before);
      first_.pop_back();
    }
    first_.push_back(chosen);
    std::push_heap(first_.begin(), first_.end(), is_before);
  }
  std::size_t found() const { return found_; }
  const std::vector<Chosen>& first() const { return first_; }

 private:
  const std::size_t most_;
  std::size_t found_ = 0;
  std::vector<Chosen> first_;
};

// Whether there is any, whatever options ask for.
bool choose_first(const LiveVerdicts& verdicts, const std::optional<std::vector<model::CustomerIndex>>& of,
                  const ExplainOptions& options, FirstInstances& chosen) {
  bool has_any = false;
  const auto time = verdicts.events.times();
  const auto look_at = [&](model::CustomerIndex customer) {
    for (const Told& told : verdicts.told.of(customer)) {
      if (verdicts.place_of_version[told.version] == LiveVerdicts::kNotChosen) continue;
      has_any = true;
      if (options.verdict && told.verdict != *options.verdict) continue;
      chosen.add({time(told.activation), verdicts.numbers[customer], customer});
    }
  };
  if (of) {
    for (const model::CustomerIndex customer : *of) look_at(customer);
    return has_any;
  }
  for (model::CustomerIndex c = 0; c < verdicts.told.customers() && c < verdicts.numbers.size(); ++c)
    look_at(c);
  return has_any;
}

// Whose they are, in the order of a batch: by number, the organisation before all. Where an instance is as
// early as the last of these and another's, the number decides as it does there.
std::vector<model::CustomerIndex> customers_of(const std::vector<Chosen>& chosen) {
  std::vector<std::pair<identity::IdentifierNumber, model::CustomerIndex>> theirs;
  for (const Chosen& it : chosen) theirs.emplace_back(it.number, it.customer);
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
  FirstInstances chosen(shown_of(most, options));
  const bool has_any = choose_first(verdicts, of, options, chosen);
  const bool are_too_many = shown_of(chosen.found(), options) > most;
  auto customers = are_too_many ? std::vector<model::CustomerIndex>() : customers_of(chosen.first());
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
  return tell({verdicts.promises, *verdicts.calendars, *compiled.program, columns, anew, name, chosen.found(),
               has_any});
}

}  // namespace handslag::app
