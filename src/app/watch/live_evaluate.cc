// SPDX-License-Identifier: Apache-2.0
// Live: who is to be evaluated, and what differs from what was told.
#include <algorithm>
#include <utility>

#include "app/watch/live.h"

namespace handslag::app {
namespace {

bool is_settled(model::Verdict verdict) {
  return !is_open(verdict);
}

// P-12: what was told is not so. Broken → late is the ordinary course (P-11).
bool contradicts(const Told& before, const Told* after) {
  if (!is_settled(before.verdict)) return false;
  if (after == nullptr) return true;
  if (before.verdict == model::Verdict::Broken && after->verdict == model::Verdict::Late) return false;
  return before.verdict != after->verdict;
}

bool is_same_to_people(const Told* old, const Told* fresh) {
  return old != nullptr && fresh != nullptr && old->verdict == fresh->verdict && old->due == fresh->due;
}

Cause contradiction_cause(Cause cause) {
  return cause == Cause::Event || cause == Cause::Clock ? Cause::Late : cause;
}

std::optional<Timestamp> due_of(const Told* told) {
  return told == nullptr || told->due == kNoTime ? std::nullopt : std::optional(told->due);
}

std::string verdict_text(const Told* told) {
  return told == nullptr ? "none" : std::string(model::verdict_name(told->verdict));
}

// A customer's instances by promise and activation. OPTIMIZATION: sorted when first asked, since mostly
// nothing differs.
class ByActivation {
 public:
  /// Keeps both.
  ByActivation(std::span<const model::Instance> instances, const model::Columns& columns)
      : instances_(instances), columns_(columns) {}

  std::span<const model::Instance* const> of(const Told& told) const {
    if (sorted_.empty()) sort();
    const auto before = [this](const model::Instance* it, const Key& key) { return key_of(*it) < key; };
    const Key wanted{told.version, told.activation_row};
    const auto first = std::lower_bound(sorted_.begin(), sorted_.end(), wanted, before);
    auto last = first;
    while (last != sorted_.end() && key_of(**last) == wanted) ++last;
    return {first, last};
  }

 private:
  using Key = std::pair<std::uint32_t, std::uint32_t>;
  Key key_of(const model::Instance& it) const { return {it.promise, columns_.row[it.activation]}; }
  void sort() const {
    for (const model::Instance& it : instances_) sorted_.push_back(&it);
    std::stable_sort(sorted_.begin(), sorted_.end(),
                     [this](const auto* a, const auto* b) { return key_of(*a) < key_of(*b); });
  }

  const std::span<const model::Instance> instances_;
  const model::Columns& columns_;
  mutable std::vector<const model::Instance*> sorted_;
};

}  // namespace

void Live::touch(model::CustomerIndex customer, Cause cause) {
  const auto [entry, is_new] = touched_.try_emplace(customer, cause);
  if (!is_new && (entry->second == Cause::Event || entry->second == Cause::Clock)) entry->second = cause;
}

void Live::touch_all(Cause cause) {
  for (model::CustomerIndex c = 0; c < columns_->customers(); ++c) {
    if (who_->current(c) == c) touch(c, cause);
  }
}

void Live::touch_due(Timestamp now) {
  const auto program = compile(columns_->gather({}), now);
  notice_horizons(*program);
  std::vector<model::CustomerIndex> passed;
  to_warn_.clear();
  for (std::uint32_t v = 0; v < promises_.versions().size(); ++v) {
    const promise::Horizon horizon = promise::horizon_of(*program, v);
    deadlines_.take_passed(v, horizon, passed);
    if (horizon.clock != kNoTime) deadlines_.take_warnings(v, horizon.clock, to_warn_);
  }
  for (const model::CustomerIndex customer : passed) touch(who_->current(customer), Cause::Clock);
}

// A horizon that went back, or a history that begins elsewhere, tells on verdicts that nothing else touches.
void Live::notice_horizons(const promise::Program& program) {
  const std::size_t versions = promises_.versions().size();
  const bool is_first = last_horizons_.empty();
  last_horizons_.resize(versions);
  bool differs = false;
  for (std::uint32_t v = 0; v < versions; ++v) {
    const promise::Horizon now = promise::horizon_of(program, v);
    const promise::Horizon before = std::exchange(last_horizons_[v], now);
    differs = differs || now.complete_through < before.complete_through ||
              now.history_start != before.history_start || now.clock < before.clock;
  }
  if (differs && !is_first) touch_all(Cause::Late);
}

std::shared_ptr<const promise::Program> Live::compile(const model::Columns& columns, Timestamp now) const {
  return promise::compile(promises_.versions(), columns, horizons(now), *calendars_).program;
}

model::Horizons Live::horizons(Timestamp now) const {
  model::Horizons moved = horizons_;
  moved.now = options_.fixed_now;
  moved.wall = now;
  const Timestamp clock = options_.fixed_now.value_or(now);
  for (const store::LiveSource& source : sources_) {
    for (model::SourceHorizon& horizon : moved.sources) {
      if (horizon.source != source.name || horizon.types.empty()) continue;
      model::move_live_horizon(horizon, source.heartbeat_through, source.lag_us, clock);
    }
  }
  return moved;
}

Result<bool> Live::settle(Timestamp now, std::size_t most) {
  taken_back_ = 0;
  if (columns_->arrived() > std::max(options_.most_arrived, base_events_ / 4) && !needs_load_)
    needs_load_ = Cause::Event;
  if (needs_load_) {
    HANDSLAG_CHECK_STATUS(reload(*needs_load_, now));
  }
  touch_due(now);
  std::vector<model::CustomerIndex> customers;
  for (auto it = touched_.begin(); it != touched_.end() && customers.size() < most; ++it)
    customers.push_back(it->first);
  HANDSLAG_CHECK_STATUS(evaluate(customers, now));
  warn(now);
  HANDSLAG_CHECK_STATUS(publish());
  if (touched_.empty()) settled_at_ = now;
  return !touched_.empty();
}

Status Live::evaluate(std::span<const model::CustomerIndex> customers, Timestamp now) {
  if (customers.empty()) return {};
  std::vector<model::CustomerIndex> gathered;
  for (const model::CustomerIndex customer : customers) {
    if (customer != model::kOrganisation) gathered.push_back(customer);
  }
  const model::Columns& columns = columns_->gather(gathered);
  const auto program = compile(columns, now);
  promise::Evaluator evaluator(*program, columns);
  model::Verdicts verdicts;
  const auto look_at = [&](model::CustomerIndex customer, model::CustomerIndex local) {
    verdicts.instances.clear();
    verdicts.witnesses.clear();
    evaluator.customer(local, verdicts);
    compare(customer, verdicts, columns, now);
  };
  if (gathered.size() < customers.size()) look_at(model::kOrganisation, model::kOrganisation);
  for (std::size_t i = 0; i < gathered.size(); ++i)
    look_at(gathered[i], static_cast<model::CustomerIndex>(i + 1));
  for (const model::CustomerIndex customer : customers) touched_.erase(customer);
  counts_.evaluations += customers.size();
  return {};
}

Change Live::change_of(const Told& told, model::CustomerIndex customer, Timestamp now) const {
  const promise::Version& version = promises_.versions()[told.version];
  Change change;
  change.at = now;
  change.promise = version.promise->id;
  change.title = version.promise->title;
  change.unit = version.promise->kept_by;
  change.version = version.number;
  change.customer = name(customer);
  change.activation_row = told.activation_row;
  change.due = told.due;
  return change;
}

void Live::compare(model::CustomerIndex customer, const model::Verdicts& verdicts,
                   const model::Columns& columns, Timestamp now) {
  std::vector<Told> after = told_of(verdicts.instances, verdicts.witnesses, columns,
                                    [this](model::EventIndex e) { return columns_->reference(e); });
  const Cause cause = touched_.at(customer);
  const ByActivation by_activation(verdicts.instances, columns);
  bool is_same = true;
  each_difference(told_.of(customer), after, [&](const Told* old, const Told* fresh) {
    is_same = false;
    const Instances same = fresh != nullptr ? by_activation.of(*fresh) : Instances();
    note_alike(old, fresh, same, columns);
    if (is_same_to_people(old, fresh)) return;
    Change& change = note_change(old, fresh, customer, cause, now);
    if (fresh == nullptr) return;
    note_time_taken(old, *fresh, same, columns);
    const model::EventIndex activation = same.front()->activation;
    change.activation_type = columns.types[columns.type[activation]].name;
    change.activation_time = columns.time[activation];
  });
  add_deadlines(customer, after);
  if (!is_same) told_.replace(customer, after);
}

void Live::note_alike(const Told* old, const Told* fresh, Instances same, const model::Columns& columns) {
  if (fresh == nullptr) {
    alike_times_.forget(*promises_.versions()[old->version].promise, old->activation_row);
    return;
  }
  const promise::Promise& promise = *promises_.versions()[fresh->version].promise;
  if (!is_worth_comparing(promise)) return;
  AlikeTimes::Noting noting(alike_times_, columns);
  for (const model::Instance* it : same) noting.note(promise, *it);
}

// What has just been fulfilled: how long it took.
void Live::note_time_taken(const Told* old, const Told& fresh, Instances same,
                           const model::Columns& columns) {
  const auto is_done = [](model::Verdict v) {
    return v == model::Verdict::Kept || v == model::Verdict::Late;
  };
  if (!is_done(fresh.verdict) || (old != nullptr && is_done(old->verdict))) return;
  const promise::Promise& promise = *promises_.versions()[fresh.version].promise;
  for (const model::Instance* it : same) {
    if (const auto taken = time_taken(promise, *it, columns.time[it->activation]))
      times_taken_.add(promise.id, *taken, product_of(columns, it->activation));
  }
}

void Live::add_deadlines(model::CustomerIndex customer, std::span<const Told> told) {
  for (const Told& it : told) {
    if (it.due == kNoTime) continue;
    if (it.verdict == model::Verdict::Overdue) deadlines_.add_overdue(it.version, it.due, customer);
    if (it.verdict != model::Verdict::Pending) continue;
    deadlines_.add_pending(it.version, it.due, customer);
    const auto& warn_before = promises_.versions()[it.version].promise->warn;
    if (!warn_before || warned_.contains({it.version, it.activation_row})) continue;
    deadlines_.add_warning(it.version, rules_of(it.version).earliest_within(it.due, *warn_before), customer);
  }
}

// Who is to be warned was taken out by touch_due; each instance is warned of once.
void Live::warn(Timestamp now) {
  for (const model::CustomerIndex taken : std::exchange(to_warn_, {})) {
    const model::CustomerIndex customer = who_->current(taken);
    for (const Told& told : told_.of(customer)) {
      const auto& before = promises_.versions()[told.version].promise->warn;
      if (!before || told.verdict != model::Verdict::Pending || told.due == kNoTime) continue;
      if (rules_of(told.version).earliest_within(told.due, *before) > last_horizons_[told.version].clock)
        continue;
      if (!warned_.emplace(told.version, told.activation_row).second) continue;
      Change change = change_of(told, customer, now);
      change.kind = Change::Kind::Warning;
      change.before = change.after = told.verdict;
      change.cause = Cause::Clock;
      found_.push_back(std::move(change));
    }
  }
}

// Revisions first: what contradicts an earlier report is on disk before anybody hears of it.
Status Live::publish() {
  HANDSLAG_CHECK_STATUS(add_revisions());
  counts_.changes += found_.size();
  feed_->add(std::exchange(found_, {}));
  return {};
}

Status Live::add_revisions() {
  std::vector<store::Revision> revisions;
  for (const store::Revision& revision : contradicted_) {
    const auto row = static_cast<std::uint32_t>(std::stoul(revision.activation_id));
    const auto reference = reference_of(row);
    // What was activated by an event that was taken out with its file names nothing any more.
    if (!reference.ok() && reference.error().code == ErrorCode::NotFound) continue;
    if (!reference.ok()) return reference.error();
    revisions.push_back(revision);
    revisions.back().activation_source = reference->source;
    revisions.back().activation_id = reference->id;
    if (was_written_before(revisions.back())) revisions.pop_back();
  }
  HANDSLAG_CHECK_STATUS(directory_.revisions().add(revisions));
  contradicted_.clear();
  return {};
}

Status Live::reload(Cause cause, Timestamp now) {
  HANDSLAG_CHECK_STATUS(commit(now));
  return load_and_compare(cause, now);
}

Status Live::load_and_compare(Cause cause, Timestamp now) {
  owes_keeping_ = true;
  std::vector<std::pair<std::string, std::uint32_t>> versions;
  for (const promise::Version& version : promises_.versions())
    versions.emplace_back(version.promise->id, version.number);
  std::vector<Told> before = told_.all();
  const auto warned = warned_;
  const Status loaded = load(now);
  is_spent_ = !loaded.ok();
  HANDSLAG_CHECK_STATUS(loaded);
  const std::vector<std::uint16_t> place = places_of(versions);
  for (Told& told : before) told.version = place[told.version];
  for (const auto& [version, row] : warned) {
    if (place[version] < promises_.versions().size()) warned_.emplace(place[version], row);
  }
  std::sort(before.begin(), before.end(), [](const Told& a, const Told& b) {
    return std::pair(a.version, a.activation_row) < std::pair(b.version, b.activation_row);
  });
  tell_differences(before, cause, now);
  return publish();
}

// Where versions of before stand now; behind all others, where they are there no more.
std::vector<std::uint16_t> Live::places_of(
    const std::vector<std::pair<std::string, std::uint32_t>>& versions) const {
  std::vector<std::uint16_t> places;
  const auto& current = promises_.versions();
  for (const auto& [id, number] : versions) {
    const auto same =
        std::find_if(current.begin(), current.end(), [&id = id, number = number](const promise::Version& it) {
          return it.promise->id == id && it.number == number;
        });
    places.push_back(static_cast<std::uint16_t>(same - current.begin()));
  }
  return places;
}

void Live::tell_differences(std::span<const Told> before, Cause cause, Timestamp now) {
  std::unordered_map<std::uint64_t, model::CustomerIndex> owner;
  const auto key = [](const Told& told) { return std::uint64_t{told.version} << 32U | told.activation_row; };
  std::vector<std::pair<std::optional<Told>, std::optional<Told>>> differences;
  each_difference(before, told_.all(), [&](const Told* old, const Told* fresh) {
    if (is_same_to_people(old, fresh)) return;
    if (old != nullptr && old->version >= promises_.versions().size()) return;
    differences.emplace_back(old ? std::optional(*old) : std::nullopt,
                             fresh ? std::optional(*fresh) : std::nullopt);
    if (fresh != nullptr) owner.emplace(key(*fresh), model::kOrganisation);
  });
  if (differences.empty()) return;
  each_told([&](model::CustomerIndex customer, std::span<const Told> told) {
    for (const Told& it : told) {
      if (const auto wanted = owner.find(key(it)); wanted != owner.end()) wanted->second = customer;
    }
  });
  for (const auto& [old, fresh] : differences) {
    const auto found = owner.find(key(fresh ? *fresh : *old));
    note_change(old ? &*old : nullptr, fresh ? &*fresh : nullptr,
                found == owner.end() ? model::kOrganisation : found->second, cause, now);
  }
}

// Keeps the change for the feed, and a revision where it contradicts what was told. The change may be
// completed until the next one.
Change& Live::note_change(const Told* old, const Told* fresh, model::CustomerIndex customer, Cause cause,
                          Timestamp now) {
  Change change = change_of(fresh != nullptr ? *fresh : *old, customer, now);
  change.cause = cause;
  if (old != nullptr) change.before = old->verdict;
  if (fresh != nullptr) change.after = fresh->verdict;
  if (old != nullptr && contradicts(*old, fresh)) {
    change.cause = contradiction_cause(cause);
    contradicted_.push_back({0,
                             now,
                             change.promise,
                             change.version,
                             change.customer,
                             {},
                             std::to_string(change.activation_row),
                             verdict_text(old),
                             verdict_text(fresh),
                             due_of(old),
                             due_of(fresh),
                             std::string(cause_name(change.cause))});
  }
  found_.push_back(std::move(change));
  return found_.back();
}

}  // namespace handslag::app
