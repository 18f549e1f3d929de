// SPDX-License-Identifier: Apache-2.0
#include "app/watch/alike_times.h"

#include <algorithm>

#include "app/evaluate/bounds.h"
#include "app/watch/times_taken.h"

namespace handslag::app {
namespace {

constexpr std::int64_t kShortestTaken = kMicrosPerHour;

bool is_open_or_broken(model::Verdict verdict) {
  return verdict == model::Verdict::Pending || verdict == model::Verdict::Overdue ||
         verdict == model::Verdict::Broken;
}

}  // namespace

bool is_worth_comparing(const promise::Promise& promise) {
  if (!has_slack(promise.rule)) return false;
  const auto bound = fixed_bound(promise.rule);
  return !bound || !bound->is_elapsed() || model::elapsed_us(*bound) >= kShortestTaken;
}

std::size_t AlikeTimes::Hash::operator()(const Name& name) const {
  std::uint64_t mixed = (std::uint64_t{name.first} << 32U) | name.second;
  mixed ^=
      (std::uint64_t{name.promise} << 8U | static_cast<std::uint64_t>(name.by)) * 0x9E37'79B9'7F4A'7C15ULL;
  mixed = (mixed ^ (mixed >> 30U)) * 0xBF58'476D'1CE4'E5B9ULL;
  return static_cast<std::size_t>(mixed ^ (mixed >> 27U));
}

void AlikeTimes::clear() {
  numbers_.clear();
  known_.clear();
  groups_.clear();
}

std::optional<std::uint32_t> AlikeTimes::number_of(const promise::Promise& promise) {
  const auto known = known_.find(&promise);
  if (known != known_.end()) return known->second;
  std::optional<std::uint32_t> number;
  if (is_worth_comparing(promise))
    number = numbers_.emplace(promise.id, static_cast<std::uint32_t>(numbers_.size())).first->second;
  known_.emplace(&promise, number);
  return number;
}

AlikeTimes::Noting::Noting(AlikeTimes& times, const model::Columns& columns)
    : times_(times), columns_(columns) {
  for (std::size_t i = 0; i < names_.size(); ++i) {
    const auto column = columns.names.find(kAlikeNames[i]);
    if (column != columns.names.end()) names_[i] = &column->second;
  }
}

std::uint32_t AlikeTimes::Noting::code(const model::ValueColumn* column, model::EventIndex e) const {
  if (column == nullptr) return model::kNoText;
  const model::Cell cell = column->at(e);
  return cell.kind == model::ValueKind::Text ? cell.as_text() : model::kNoText;
}

void AlikeTimes::Noting::note(const promise::Promise& promise, const model::Instance& instance) {
  const auto number = times_.number_of(promise);
  if (!number) return;
  const model::EventIndex e = instance.activation;
  const auto took = time_taken(promise, instance, columns_.time[e]);
  const bool is_counted = took || is_open_or_broken(instance.verdict);
  const Taken taken{columns_.time[e], took.value_or(0), columns_.row[e], took.has_value()};
  times_.put({*number, By::Promise, 0, 0}, taken, is_counted);
  const auto [product, unit, kind] = names_;
  if (const std::uint32_t text = code(product, e); text != model::kNoText)
    times_.put({*number, By::Product, text, 0}, taken, is_counted);
  if (columns_.types[columns_.type[e]].name != kCommitmentMade) return;
  const std::uint32_t of_unit = code(unit, e), of_kind = code(kind, e);
  if (of_unit == model::kNoText) return;
  times_.put({*number, By::Unit, of_unit, 0}, taken, is_counted);
  if (of_kind != model::kNoText) times_.put({*number, By::UnitAndKind, of_unit, of_kind}, taken, is_counted);
}

void AlikeTimes::put(const Name& name, const Taken& taken, bool is_counted) {
  auto entry = groups_.find(name);
  if (entry == groups_.end()) {
    if (!is_counted || groups_.size() >= kMostGroups) return;
    entry = groups_.emplace(name, Group{}).first;
  }
  Group& group = entry->second;
  // OPTIMIZATION: nearly all of a load are older than the newest, and are done with here.
  if (group.size() == kMostAlike && taken.activation < group.front().activation) return;
  const auto place = std::lower_bound(group.begin(), group.end(), taken, [](const Taken& a, const Taken& b) {
    return a.activation != b.activation ? a.activation < b.activation : a.row < b.row;
  });
  const bool is_there = place != group.end() && place->row == taken.row;
  if (is_there && is_counted) {
    *place = taken;
  } else if (is_there) {
    group.erase(place);
  } else if (is_counted) {
    group.insert(place, taken);
    if (group.size() > kMostAlike) group.erase(group.begin());
  }
}

void AlikeTimes::forget(const promise::Promise& promise, std::uint32_t activation_row) {
  const auto number = number_of(promise);
  if (!number) return;
  for (auto& [name, group] : groups_) {
    if (name.promise == *number)
      std::erase_if(group, [&](const Taken& it) { return it.row == activation_row; });
  }
}

std::optional<AlikeTimes::Name> AlikeTimes::name_of(const Likeness& alike, const model::Texts& texts) const {
  const auto number = numbers_.find(alike.promise);
  if (number == numbers_.end()) return std::nullopt;
  Name name{number->second, By::Promise, 0, 0};
  if (!alike.product.empty()) {
    name.by = By::Product;
    name.first = texts.code(alike.product).value_or(model::kNoText);
  } else if (!alike.unit.empty()) {
    name.by = alike.kind.empty() ? By::Unit : By::UnitAndKind;
    name.first = texts.code(alike.unit).value_or(model::kNoText);
    if (!alike.kind.empty()) name.second = texts.code(alike.kind).value_or(model::kNoText);
  }
  return name;
}

std::vector<stats::Wait> AlikeTimes::last(const Likeness& alike, const model::Texts& texts,
                                          Timestamp now) const {
  const auto name = name_of(alike, texts);
  const auto entry = name ? groups_.find(*name) : groups_.end();
  if (entry == groups_.end()) return {};
  std::vector<stats::Wait> waits;
  const Group& group = entry->second;
  for (std::size_t i = group.size() > kLastAlike ? group.size() - kLastAlike : 0; i < group.size(); ++i) {
    const Taken& it = group[i];
    if (it.activation > now) continue;  // dated in the future: nothing has been waited for yet
    waits.push_back({it.has_come ? it.us : now.us - it.activation.us, it.has_come});
  }
  return waits;
}

}  // namespace handslag::app
