// SPDX-License-Identifier: Apache-2.0
// Reading records: one, lists, history, counts, definitions.
#include <fmt/format.h>

#include <algorithm>

#include "app/registers/draft.h"
#include "app/registers/record_json.h"
#include "app/registers/registers.h"

namespace handslag::app {
namespace {

constexpr std::uint64_t kMaxShownLinks = 500;
constexpr int kMaxRounds =
    50;  // of looking for records that the actor may read, before a page is given as it is

std::vector<std::string> owing_states(const Definition& definition) {
  std::vector<std::string> states;
  for (const State& state : definition.states) {
    if (state.owes) states.push_back(state.id);
  }
  return states;
}

// Whether a record belongs into this actor's list.
bool is_listed(const Definition* definition, const store::RegisterRecord& row, const Actor& actor,
               const ListQuery& query, Timestamp now) {
  if (definition == nullptr || !may_read(*definition, actor, row)) return false;
  if (query.overdue && !is_overdue(*definition, row, now)) return false;
  const bool asks_who_made = !query.filter.creator.empty() && query.filter.creator != actor.id;
  const bool asks_who_holds = !query.filter.owner.empty() && query.filter.owner != actor.id;
  if (asks_who_made && definition->hides_creator) return false;
  if ((asks_who_made || asks_who_holds) && !sees_people(*definition, actor, row)) return false;
  const bool asks_customer = !query.filter.customer.empty();
  if (!asks_customer || definition->customer.empty()) return true;
  const Field* field = definition->field(definition->customer);
  // A masked customer must not be found out by asking for each in turn.
  return field != nullptr && sight_of(*field, row, actor) == Sight::Open;
}

}  // namespace

Result<Record> Registers::load(store::RegisterRecord row) const {
  Record record;
  record.values = Json::parse(row.values, nullptr, false);
  if (!record.values.is_object()) {
    return Error{
        ErrorCode::Corrupt,
        fmt::format("the values of {} are damaged; restore the data directory from a backup", row.id)};
  }
  record.row = std::move(row);
  return record;
}

Result<Record> Registers::load_visible(const Actor& actor, const std::string& id,
                                       const Definition*& definition) {
  HANDSLAG_TRY(row, records_.find(id));
  definition = definitions_->find(row.register_id);
  // Why the same words as for one that is not there: whoever may not read it is not to learn that it is.
  if (definition == nullptr || !may_read(*definition, actor, row)) {
    return not_found("there is no record \"" + id.substr(0, 80) + "\"");
  }
  HANDSLAG_TRY(record, load(std::move(row)));
  record.links = links_of(*definition, record);
  return record;
}

Result<Json> Registers::links_json(const Actor& actor, const Record& record) {
  HANDSLAG_TRY(back, records_.links_to(record.row.id, kMaxShownLinks));
  Json json{{"links", Json::array()}, {"linked_from", Json::array()}};
  const auto add = [&](const char* name, const store::RegisterLink& link,
                       const std::string& other) -> Status {
    HANDSLAG_TRY(row, records_.find(other));
    const Definition* definition = definitions_->find(row.register_id);
    if (definition == nullptr || !may_read(*definition, actor, row)) return {};
    json[name].push_back({{"field", link.field},
                          {"id", row.id},
                          {"register", row.register_id},
                          {"state", row.state},
                          {"title", title_json(*definition, row, actor)},
                          {"due", time_json(row.due)}});
    return {};
  };
  for (const store::RegisterLink& link : record.links) HANDSLAG_CHECK_STATUS(add("links", link, link.to));
  for (const store::RegisterLink& link : back) HANDSLAG_CHECK_STATUS(add("linked_from", link, link.from));
  return json;
}

Result<Json> Registers::show(const Actor& actor, const std::string& id) {
  const Definition* definition = nullptr;
  HANDSLAG_TRY(record, load_visible(actor, id, definition));
  Json json = record_json(*definition, record, actor, clock_->now());
  HANDSLAG_TRY(links, links_json(actor, record));
  json.update(links);
  json["moves"] = moves_json(*definition, record.row, actor);
  json["may_change"] = allows(definition->change, actor, record.row);
  json["may_comment"] = allows(definition->comment, actor, record.row);
  return json;
}

Result<Json> Registers::list(const Actor& actor, const ListQuery& query) {
  store::RegisterFilter filter = query.filter;
  filter.text = folded(filter.text);
  const Timestamp now = clock_->now();
  if (!filter.register_id.empty()) {
    HANDSLAG_TRY(definition, definitions_->need(filter.register_id));
    if (!query.for_unit.empty()) {
      if (definition->waiting.empty())
        return Error{ErrorCode::Invalid,
                     fmt::format("no unit waits for records of {}; ask by \"unit\"", filter.register_id)};
      filter.field = definition->waiting;
      filter.field_value = query.for_unit;
    }
    if (query.overdue && filter.states.empty()) {
      filter.states = owing_states(*definition);
      if (filter.states.empty()) return Json{{"records", Json::array()}, {"next", nullptr}};
    }
  }
  if (query.overdue && (!filter.due_before || *filter.due_before > now)) filter.due_before = now;
  const std::uint64_t limit = std::clamp<std::uint64_t>(query.limit, 1, kMaxListed);
  Json records = Json::array();
  for (int round = 0; round < kMaxRounds && records.size() < limit; ++round) {
    HANDSLAG_TRY(page, records_.list(filter, limit - records.size()));
    for (store::RegisterRecord& row : page.records) {
      const Definition* definition = definitions_->find(row.register_id);
      if (!is_listed(definition, row, actor, query, now)) continue;
      HANDSLAG_TRY(record, load(std::move(row)));
      records.push_back(record_json(*definition, record, actor, now));
    }
    filter.cursor = page.cursor;
    if (page.cursor.empty()) break;
  }
  return Json{{"records", std::move(records)},
              {"next", filter.cursor.empty() ? Json() : Json(filter.cursor)}};
}

Result<Json> Registers::history(const Actor& actor, const std::string& id, std::uint32_t before,
                                std::uint64_t limit) {
  const Definition* definition = nullptr;
  HANDSLAG_TRY(record, load_visible(actor, id, definition));
  const std::uint64_t most = std::clamp<std::uint64_t>(limit, 1, kMaxListed);
  HANDSLAG_TRY(changes, records_.history(id, before, most));
  Json list = Json::array();
  for (const store::RegisterChange& change : changes) {
    list.push_back(change_json(*definition, record.row, change, actor));
  }
  const bool has_more = !changes.empty() && changes.back().version > 1;
  return Json{{"changes", std::move(list)}, {"next", has_more ? Json(changes.back().version) : Json()}};
}

Result<Json> Registers::counts(const Actor& actor, const std::string& register_id) {
  HANDSLAG_TRY(definition, definitions_->need(register_id));
  HANDSLAG_TRY(groups, records_.counts(register_id, actor.id, clock_->now()));
  std::uint64_t records = 0, overdue = 0;
  Json states = Json::object(), units = Json::object();
  for (const store::RegisterCount& group : groups) {
    store::RegisterRecord like;
    like.unit = group.unit;
    if (group.is_creator) like.creator = actor.id;
    if (group.is_owner) like.owner = actor.id;
    if (!allows(definition->read, actor, like)) continue;
    const State* state = definition->state(group.state);
    records += group.records;
    if (state != nullptr && state->owes) overdue += group.past_due;
    states[group.state] = states.value(group.state, std::uint64_t{0}) + group.records;
    if (!group.unit.empty()) units[group.unit] = units.value(group.unit, std::uint64_t{0}) + group.records;
  }
  return Json{
      {"records", records}, {"overdue", overdue}, {"states", std::move(states)}, {"units", std::move(units)}};
}

Json Registers::definitions_json() const {
  Json list = Json::array();
  for (const Definition& it : definitions_->all()) list.push_back(app::definition_json(it));
  return {{"registers", std::move(list)}};
}

Result<Json> Registers::definition_json(const std::string& register_id) const {
  HANDSLAG_TRY(definition, definitions_->need(register_id));
  return app::definition_json(*definition);
}

}  // namespace handslag::app
