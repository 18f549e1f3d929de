// SPDX-License-Identifier: Apache-2.0
// Live: what can be asked of single customers.
#include <algorithm>

#include "app/evaluate/evaluation.h"
#include "app/watch/live.h"
#include "pure/timeline/as_known.h"

namespace handslag::app {

Live::Look Live::look(model::CustomerIndex customer, Timestamp now) {
  const model::CustomerIndex one[] = {customer};
  const bool is_organisation = customer == model::kOrganisation;
  const model::Columns& columns =
      columns_->gather(is_organisation ? std::span<const model::CustomerIndex>() : std::span(one));
  looked_ = compile(columns, now);
  Look look{columns, *looked_, {}};
  promise::Evaluator(*looked_, columns).customer(is_organisation ? 0 : 1, look.verdicts);
  return look;
}

Live::Look Live::look_as_known(model::CustomerIndex customer, Timestamp then) {
  const model::CustomerIndex one[] = {customer};
  earlier_ = timeline::as_known_at(columns_->gather(one), then);
  model::Horizons horizons_then = horizons(then);
  horizons_then.now = then;
  looked_ = promise::compile(promises_.versions(), earlier_, horizons_then, *calendars_).program;
  Look look{earlier_, *looked_, {}};
  promise::Evaluator(*looked_, earlier_).customer(1, look.verdicts);
  return look;
}

LiveVerdicts Live::verdicts() const {
  LiveVerdicts verdicts{promises_.copy(),
                        settings_,
                        calendars_,
                        last_horizons_,
                        horizons(settled_at_),
                        told_.share(),
                        columns_->share(),
                        settled_at_,
                        kFirstTime,
                        {},
                        {}};
  for (const model::SourceHorizon& it : verdicts.sources.sources)
    verdicts.complete_through = std::max(verdicts.complete_through, it.complete_through);
  for (model::CustomerIndex c = 0; c < columns_->customers(); ++c)
    verdicts.numbers.push_back(who_->number(c));
  for (std::uint32_t v = 0; v < promises_.versions().size(); ++v) verdicts.place_of_version.push_back(v);
  return verdicts;
}

std::vector<model::CustomerIndex> Live::find(const model::Identifier& identifier, std::size_t limit) const {
  const auto number = directory_.log().identifier_number(identifier);
  if (!number || *number >= next_identifier_) return {};
  std::vector<model::CustomerIndex> found;
  for (const model::CustomerIndex customer : who_->customers_with(*number, limit))
    found.push_back(who_->current(customer));
  if (found.empty()) {
    if (const auto only = who_->customer_of_identifier(*number)) found.push_back(who_->current(*only));
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::vector<model::CustomerIndex> Live::find_value(std::string_view name, std::string_view text,
                                                   std::size_t limit) const {
  const auto code = texts_->code(text);
  if (text.empty() || !code) return {};
  std::vector<model::CustomerIndex> found;
  for (const model::CustomerIndex customer : columns_->customers_with(name, *code, limit))
    found.push_back(who_->current(customer));
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::optional<model::CustomerIndex> Live::find_number(identity::IdentifierNumber number) const {
  if (number == 0 || number >= next_identifier_) return std::nullopt;
  const auto customer = who_->customer_of_identifier(number);
  return customer ? std::optional(who_->current(*customer)) : std::nullopt;
}

std::string Live::name(model::CustomerIndex customer) const {
  return identity::customer_name(who_->number(customer));
}

std::vector<model::Identifier> Live::identifiers(model::CustomerIndex customer) const {
  std::vector<model::Identifier> known;
  if (customer >= identifiers_of_.size()) return known;
  for (const identity::IdentifierNumber number : identifiers_of_[customer])
    known.push_back(directory_.log().identifier(number));
  std::sort(known.begin(), known.end());
  known.erase(std::unique(known.begin(), known.end()), known.end());
  return known;
}

const model::TimeRules& Live::rules_of(std::uint32_t version) const {
  return app::rules_of(*promises_.versions()[version].promise, *calendars_);
}

void Live::each_told(const std::function<void(model::CustomerIndex, std::span<const Told>)>& take) const {
  for (model::CustomerIndex c = 0; c < columns_->customers(); ++c) {
    if (const auto told = told_.of(c); !told.empty()) take(c, told);
  }
}

}  // namespace handslag::app
