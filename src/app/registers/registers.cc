// SPDX-License-Identifier: Apache-2.0
// Making and changing records. Reading them: registers_read.cc. The clock and the outbox: registers_clock.cc.
#include "app/registers/registers.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/registers/draft.h"
#include "app/registers/record_json.h"
#include "app/registers/register_events.h"
#include "app/registers/timing.h"
#include "base/text.h"

namespace handslag::app {
namespace {

bool contains(const std::vector<std::string>& list, const std::string& word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

Error forbidden(const std::string& what) {
  return {ErrorCode::Forbidden, what};
}
Error conflict(std::string what) {
  return {ErrorCode::Conflict, std::move(what)};
}

void start_values(const Definition& definition, const Actor& actor, Timestamp now,
                  const model::TimeRules& rules, Json& values) {
  for (const Field& field : definition.fields) {
    if (field.starts_as.empty() || values.contains(field.id)) continue;
    if (field.starts_as == "actor") {
      if (!actor.id.empty()) values[field.id] = actor.id;
    } else if (field.starts_as == "now") {
      values[field.id] =
          field.kind == FieldKind::Date ? format_date(rules.local_day(now)) : format_rfc3339(now);
    } else {
      values[field.id] = field.starts_as.substr(1);
    }
  }
}

// Why a value that one may not see may not be set either: it would be overwritten blindly.
std::string sight_refusal(const Field& field, const store::RegisterRecord& row, const Actor& actor) {
  switch (sight_of(field, row, actor)) {
    case Sight::Open:
      return {};
    case Sight::Masked:
      return "this is masked for you, so you cannot set it; ask somebody who sees it";
    case Sight::Sealed:
      return "this is sealed; only who made the record can set it now";
  }
  return {};
}

std::string change_refusal(const Definition& definition, const Field& field, const store::RegisterRecord& row,
                           const Actor& actor) {
  const State* state = definition.state(row.state);
  const bool is_final = state != nullptr && state->final;
  const bool may_be_set = field.set_in ? contains(*field.set_in, row.state) : !is_final;
  if (!may_be_set) {
    return fmt::format("this cannot be changed while the record is {}{}", row.state,
                       field.set_in ? "" : "; reopen it first, where there is a way");
  }
  return sight_refusal(field, row, actor);
}

// What a person does ends the silence. What was told of the due time stays told while that time stands.
std::uint32_t told_after(const Definition& definition, const store::RegisterRecord& before,
                         const store::RegisterRecord& after) {
  if (before.due != after.due) return 0;
  std::uint32_t kept = kToldPastDue;
  for (std::size_t i = 0; i < definition.escalations.size(); ++i) {
    if (definition.escalations[i].patience == Patience::PastDue) kept |= 1U << i;
  }
  return before.told & kept;
}

std::string moves_from(const Definition& definition, const std::string& state) {
  std::vector<std::string_view> to;
  for (const Move& move : definition.moves) {
    if (contains(move.from, state)) to.emplace_back(move.to);
  }
  return to.empty() ? "there is no way on from there"
                    : fmt::format("from there it can become {}", fmt::join(to, ", "));
}

}  // namespace

Result<Registers> Registers::create(const Definitions& definitions, store::RegisterRecords records,
                                    const model::TimeRulesSource& rules, const runtime::Clock& clock,
                                    Surroundings surroundings) {
  for (const Definition& it : definitions.all()) {
    if (rules.find(it.calendar, it.zone) != nullptr) continue;
    return invalid(
        fmt::format("register {}: there is no calendar \"{}\" or no zone \"{}\"; name one of "
                    "calendars.toml, and a zone such as Europe/Stockholm",
                    it.id, it.calendar, it.zone));
  }
  return Registers(definitions, std::move(records), rules, clock, std::move(surroundings));
}

const model::TimeRules& Registers::rules_of(const Definition& definition) const {
  const model::TimeRules* rules = rules_->find(definition.calendar, definition.zone);
  HANDSLAG_CHECK(rules != nullptr, "create() has looked it up");
  return *rules;
}

// Links must lead to records that the actor may know of.
Status Registers::check_targets(const Actor& actor, const Draft& draft, Faults& faults) {
  for (const store::RegisterLink& link : draft.after.links) {
    const auto& earlier = draft.before.links;
    if (std::find(earlier.begin(), earlier.end(), link) != earlier.end()) continue;
    Result<store::RegisterRecord> target = records_.find(link.to);
    if (!target.ok() && target.error().code != ErrorCode::NotFound) return std::move(target).error();
    const Definition* other = target.ok() ? definitions_->find(target->register_id) : nullptr;
    if (other != nullptr && may_read(*other, actor, *target)) continue;
    faults.push_back(
        {"/values/" + link.field, fmt::format("there is no record {}; name one that exists", link.to)});
  }
  return {};
}

Status Registers::check_unique(const Draft& draft) {
  const store::RegisterRecord& row = draft.after.row;
  HANDSLAG_TRY(other, records_.find_unique(row.register_id, row.unique_key));
  if (other.empty() || other == row.id) return {};
  return conflict(fmt::format("{} has the same {} already; change that one", other,
                              fmt::join(draft.definition->unique, ", ")));
}

Result<Registers::Draft> Registers::draft_of(const Actor& actor, const std::string& register_id,
                                             const Json& body, Faults& faults) {
  faults.clear();
  HANDSLAG_TRY(definition, definitions_->need(register_id));
  const Body read = read_body(body, true, false, faults);
  const Timestamp now = clock_->now();
  Draft draft;
  draft.definition = definition;
  store::RegisterRecord& row = draft.after.row;
  row.register_id = definition->id;
  row.state = definition->initial;
  row.creator = actor.id;
  row.created_at = row.state_since = row.heard_at = now;
  const auto refusal = [](const Field& field) -> std::string {
    return field.at_creation ? "" : "this is not given when the record is made; leave it out";
  };
  take_values(*definition, read.values, refusal, surroundings_, draft.after.values, faults);
  start_values(*definition, actor, now, rules_of(*definition), draft.after.values);
  derive_columns(*definition, draft.after);
  store::RegisterRecord asked = row;
  if (definition->to_any_unit) asked.unit.clear();  // of no unit: any grant of the word holds
  if (!allows(definition->create, actor, asked)) {
    return forbidden(fmt::format("you may not make records of {} here; ask a {}", definition->id,
                                 fmt::join(definition->create, " or a ")));
  }
  check_filled(*definition, {}, draft.after.values, faults);
  HANDSLAG_CHECK_STATUS(check_targets(actor, draft, faults));
  if (!faults.empty()) return refused(faults);
  row.due = due_on_entering(*definition, draft.after, now, rules_of(*definition));
  draft.change = {{}, 1, now, actor.id, actor.name, "created", {}, row.state, read.comment, {}};
  return draft;
}

Result<Registers::Draft> Registers::numbered_draft(const Actor& actor, const std::string& register_id,
                                                   const Json& body, Faults& faults) {
  HANDSLAG_TRY(draft, draft_of(actor, register_id, body, faults));
  HANDSLAG_TRY(number, records_.next_number());
  store::RegisterRecord& row = draft.after.row;
  row.number = number;
  row.id = draft.change.record = fmt::format("{}-{}", row.register_id, number);
  return draft;
}

Result<Changed> Registers::create_record(const Actor& actor, const std::string& register_id, const Json& body,
                                         Faults& faults) {
  HANDSLAG_TRY(draft, numbered_draft(actor, register_id, body, faults));
  return commit_for(actor, std::span(&draft, 1));
}

Result<Changed> Registers::replace(const Actor& actor, const std::vector<std::string>& ids,
                                   const std::string& to, const std::string& register_id, const Json& body,
                                   Faults& faults) {
  HANDSLAG_TRY(drafts, moved_drafts(actor, ids, to, faults));
  HANDSLAG_TRY(made, numbered_draft(actor, register_id, body, faults));
  drafts.push_back(std::move(made));
  return commit_for(actor, drafts);
}

Status Registers::check_record(const Actor& actor, const std::string& register_id, const Json& body,
                               Faults& faults) {
  HANDSLAG_TRY(draft, draft_of(actor, register_id, body, faults));
  (void)draft;  // that there is one is the answer
  return {};
}

Result<Registers::Draft> Registers::begin(const Actor& actor, const std::string& id,
                                          std::optional<std::uint32_t> expected, Faults& faults) {
  Draft draft;
  faults.clear();
  HANDSLAG_TRY(record, load_visible(actor, id, draft.definition));
  if (expected && *expected != record.row.version) {
    faults.push_back({"/version", fmt::format("it is version {} now", record.row.version)});
    return conflict(
        fmt::format("{} has been changed since version {} (it is version {}); read it again, then "
                    "change it",
                    id, *expected, record.row.version));
  }
  draft.before = record;
  draft.after = std::move(record);
  const store::RegisterRecord& row = draft.before.row;
  draft.after.row.heard_at = clock_->now();
  draft.change = {row.id, 0, draft.after.row.heard_at, actor.id, actor.name, {}, row.state, row.state,
                  {},     {}};
  return draft;
}

Result<Changed> Registers::change(const Actor& actor, const std::string& id,
                                  std::optional<std::uint32_t> expected, const Json& body, Faults& faults) {
  HANDSLAG_TRY(draft, begin(actor, id, expected, faults));
  const Definition& definition = *draft.definition;
  const store::RegisterRecord& row = draft.before.row;
  if (!allows(definition.change, actor, row)) {
    return forbidden(
        fmt::format("you may not change {}; its {} may", id, fmt::join(definition.change, ", ")));
  }
  const Body read = read_body(body, true, false, faults);
  const auto refusal = [&](const Field& field) { return change_refusal(definition, field, row, actor); };
  take_values(definition, read.values, refusal, surroundings_, draft.after.values, faults);
  check_filled(definition, {}, draft.after.values, faults);
  derive_columns(definition, draft.after);
  HANDSLAG_CHECK_STATUS(check_targets(actor, draft, faults));
  const bool is_same = draft.before.values == draft.after.values;
  if (!is_same && definition.always_comment && trimmed(read.comment).empty()) {
    faults.push_back({"/comment", "say why, in a comment"});
  }
  if (!faults.empty()) return refused(faults);
  if (is_same && read.comment.empty()) {
    HANDSLAG_TRY(shown, show(actor, id));
    return Changed{id, row.version, std::move(shown), {}, {}};
  }
  draft.after.row.due = due_on_change(definition, draft.before.values, draft.after, rules_of(definition));
  draft.change.action = is_same ? "commented" : "changed";
  draft.change.comment = read.comment;
  return commit_for(actor, std::span(&draft, 1));
}

Result<Changed> Registers::comment(const Actor& actor, const std::string& id,
                                   std::optional<std::uint32_t> expected, const Json& body, Faults& faults) {
  HANDSLAG_TRY(draft, begin(actor, id, expected, faults));
  if (!allows(draft.definition->comment, actor, draft.before.row)) {
    return forbidden(fmt::format("you may not comment on {}", id));
  }
  const Body read = read_body(body, false, false, faults);
  if (trimmed(read.comment).empty()) faults.push_back({"/comment", "write a comment"});
  if (!faults.empty()) return refused(faults);
  draft.change.action = "commented";
  draft.change.comment = read.comment;
  return commit_for(actor, std::span(&draft, 1));
}

Status Registers::check_waits(const Draft& draft, const WaitsFor& waits, Faults& faults) {
  HANDSLAG_TRY(links, records_.links_to(draft.before.row.id, 1'000));
  std::uint64_t found = 0;
  for (const store::RegisterLink& link : links) {
    if (link.field != waits.field) continue;
    HANDSLAG_TRY(other, records_.find(link.from));
    if (other.register_id != waits.register_id) continue;
    ++found;
    if (contains(waits.states, other.state)) continue;
    faults.push_back({"/to", fmt::format("waits for {}, which is {}", other.id, other.state)});
  }
  if (found < waits.at_least) {
    faults.push_back({"/to", fmt::format("waits for {} records of {}, there are {}", waits.at_least,
                                         waits.register_id, found)});
  }
  if (faults.empty()) return {};
  return conflict(fmt::format("{} cannot become {} yet: {}", draft.before.row.id, draft.after.row.state,
                              faults.front().detail));
}

// The state that a body asks for, as the definition allows it from where the record stands.
Result<const Move*> Registers::allowed_move(const Actor& actor, const Draft& draft, const std::string& to,
                                            Faults& faults) const {
  const store::RegisterRecord& row = draft.before.row;
  if (to.empty()) faults.push_back({"/to", "say which state it is to come into"});
  if (!faults.empty()) return refused(faults);
  const Move* move = draft.definition->move(row.state, to);
  if (move == nullptr) {
    faults.push_back({"/to", moves_from(*draft.definition, row.state)});
    return conflict(fmt::format("{} is {} and cannot become \"{}\"; {}", row.id, row.state, to.substr(0, 60),
                                faults.front().detail));
  }
  if (allows(move->who.empty() ? draft.definition->change : move->who, actor, row)) return move;
  return forbidden(fmt::format("you may not let {} become {}", row.id, move->to));
}

Result<Registers::Draft> Registers::moved_draft(const Actor& actor, const std::string& id,
                                                std::optional<std::uint32_t> expected, const Json& body,
                                                Faults& faults) {
  HANDSLAG_TRY(draft, begin(actor, id, expected, faults));
  const Definition& definition = *draft.definition;
  const Body read = read_body(body, true, true, faults);
  HANDSLAG_TRY(move, allowed_move(actor, draft, read.to, faults));
  const auto refusal = [&](const Field& field) -> std::string {
    if (!contains(move->needs, field.id) && !contains(move->asks, field.id)) {
      return fmt::format("this is not given on the way to {}; change the record first", move->to);
    }
    return sight_refusal(field, draft.before.row, actor);
  };
  Json& values = draft.after.values;
  take_values(definition, read.values, refusal, surroundings_, values, faults);
  if (move->takes && !actor.id.empty() && !read.values.contains(definition.owner)) {
    values[definition.owner] = actor.id;
  }
  check_filled(definition, move->needs, values, faults);
  if ((move->needs_comment || definition.always_comment) && trimmed(read.comment).empty()) {
    faults.push_back({"/comment", "say why, in a comment"});
  }
  draft.after.row.state = draft.change.to_state = move->to;
  draft.after.row.state_since = draft.change.at;
  derive_columns(definition, draft.after);
  HANDSLAG_CHECK_STATUS(check_targets(actor, draft, faults));
  if (!faults.empty()) return refused(faults);
  if (move->waits_for) HANDSLAG_CHECK_STATUS(check_waits(draft, *move->waits_for, faults));
  draft.after.row.due = due_on_entering(definition, draft.after, draft.change.at, rules_of(definition));
  draft.change.action = "moved";
  draft.change.comment = read.comment;
  return draft;
}

Result<Changed> Registers::move(const Actor& actor, const std::string& id,
                                std::optional<std::uint32_t> expected, const Json& body, Faults& faults) {
  HANDSLAG_TRY(draft, moved_draft(actor, id, expected, body, faults));
  return commit_for(actor, std::span(&draft, 1));
}

Result<std::vector<Registers::Draft>> Registers::moved_drafts(const Actor& actor,
                                                              const std::vector<std::string>& ids,
                                                              const std::string& to, Faults& faults) {
  std::vector<Draft> drafts;
  for (const std::string& id : ids) {
    HANDSLAG_TRY(moved, moved_draft(actor, id, {}, {{"to", to}}, faults));
    drafts.push_back(std::move(moved));
  }
  return drafts;
}

Status Registers::move_all(const Actor& actor, const std::vector<std::string>& ids, const std::string& to,
                           Faults& faults) {
  HANDSLAG_TRY(drafts, moved_drafts(actor, ids, to, faults));
  HANDSLAG_CHECK_STATUS(commit_for(actor, drafts));
  return {};
}

// All in one transaction; answers the last.
Result<Changed> Registers::commit_for(const Actor& actor, std::span<Draft> drafts) {
  std::vector<store::RegisterWrite> writes;
  Changed changed;
  for (Draft& draft : drafts) {
    draft.after.row.told =
        draft.told ? *draft.told : told_after(*draft.definition, draft.before.row, draft.after.row);
    HANDSLAG_CHECK_STATUS(check_unique(draft));
    HANDSLAG_TRY(prepared, prepare(draft, writes.emplace_back()));
    changed = std::move(prepared);
  }
  HANDSLAG_CHECK_STATUS(records_.write(writes));
  // Why not an error where it cannot be read: who hands a record over may lose sight of it by that.
  Result<Json> shown = show(actor, changed.id);
  if (shown.ok()) changed.record = std::move(*shown);
  return changed;
}

Result<Changed> Registers::commit(Draft& draft) {
  store::RegisterWrite write;
  HANDSLAG_TRY(changed, prepare(draft, write));
  HANDSLAG_CHECK_STATUS(records_.write(write));
  return changed;
}

// What is to be written of a draft, and what is told of it once it is.
Result<Changed> Registers::prepare(Draft& draft, store::RegisterWrite& write) const {
  const Definition& definition = *draft.definition;
  store::RegisterRecord& row = draft.after.row;
  derive_columns(definition, draft.after);
  if (row.values.size() > kMaxValuesBytes) {
    return over_limit(
        fmt::format("{} bytes of values are too many; at most {}", row.values.size(), kMaxValuesBytes));
  }
  row.version = draft.change.version = draft.before.row.version + 1;
  row.changed_at = draft.change.at;
  const auto step = next_step(definition, row, rules_of(definition));
  row.look_at = step ? std::optional(step->at) : std::nullopt;
  draft.change.details = differences(definition, draft.before, draft.after).dump();
  Changed changed{row.id, row.version, {}, events_of(definition, draft.after, draft.change), {}};
  changed.events.insert(changed.events.end(), draft.events.begin(), draft.events.end());
  write = {row, draft.after.customer, draft.after.links, draft.change, {}, {}};
  for (const model::Event& event : changed.events) write.events.push_back(stored_event(event));
  changed.notices = notices_of(definition, draft.after, draft.change);
  changed.notices.insert(changed.notices.end(), draft.notices.begin(), draft.notices.end());
  // What is told to single people alone (the answer, to who asked) is not the unit's affair.
  for (const Notice& notice : changed.notices) {
    const bool is_of_unit = !notice.word.empty() || notice.occasion == "escalated";
    if (is_of_unit && !contains(write.notices, notice.occasion)) write.notices.push_back(notice.occasion);
  }
  return changed;
}

}  // namespace handslag::app
