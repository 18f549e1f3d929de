// SPDX-License-Identifier: Apache-2.0
// The register engine: makes, changes, moves, comments and shows records of any register, by its definition.
// The one way in and out: a route or a command is a few lines on top of it.
//
//   HANDSLAG_TRY(definitions, read_definitions(data_directory));
//   HANDSLAG_TRY(registers, Registers::create(definitions, directory.registers(), calendars, clock, {}));
//   Faults faults;
//   auto made = registers.create_record(actor, "case", R"({"values": {"what": "…"}})"_json, faults);
//   if (!made.ok()) …   // made.error() by its code, faults beside it
//
// What every function here answers:
//   Invalid    the body is wrong: a Fault each (in `faults`, which is emptied first), with a JSON Pointer and
//   a remedy NotFound   no such register or record, or the actor may not read it Forbidden  the actor may
//   read it but not do this Conflict   the record has another version (a Fault at "/version"), its state has
//   no such move, something
//              is waited for (a Fault each), or another record says the same already
//   Limit      past a stated limit
// and Unavailable, Corrupt or Internal of the store.
//
// One thread. A change is durable, with its history and its events, before its function returns.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/registers/definitions.h"
#include "app/registers/record.h"
#include "app/registers/values.h"
#include "io/runtime/clock.h"
#include "io/store/register_records.h"
#include "pure/model/time_rules.h"

namespace handslag::app {

/// Somebody is to hear of a change.
struct Notice {
  std::string occasion;  // "created", "comment", "overdue", "escalated", or the state that it came into
  std::string person;    // who, where that is known
  std::string word;      // else the role: "leader", of `unit`
  std::string unit;
  friend bool operator==(const Notice&, const Notice&) = default;
};

struct Changed {
  std::string id;
  std::uint32_t version = 0;
  Json record;                       // as show() gives it to the actor; null after the clock's changes
  std::vector<model::Event> events;  // they lie in the outbox too (unsent)
  std::vector<Notice> notices;       // whom; the unit's recipients hear of them through store::RegisterNotice
};

struct PendingEvent {
  std::uint64_t number = 0;
  model::Event event;
};

struct ListQuery {
  store::RegisterFilter filter;  // `text` as it was typed; an empty register_id: all registers
  bool overdue = false;          // past due, and somebody still owes the next step
  std::string for_unit;          // that waits for the answer (Definition::waiting); of one register alone
  std::uint64_t limit = 50;      // at most kMaxListed
};
inline constexpr std::uint64_t kMaxListed = 200;
inline constexpr std::int64_t kUndoMinutes = 15;  // a change can be taken back for so long

class Registers {
 public:
  /// Keeps `definitions`, `rules` and `clock`, which must outlive it. Invalid: a definition names a calendar
  /// or zone that is not there.
  static Result<Registers> create(const Definitions& definitions, store::RegisterRecords records,
                                  const model::TimeRulesSource& rules, const runtime::Clock& clock,
                                  Surroundings surroundings);

  /// {"values": {…}, "comment": "…"}
  Result<Changed> create_record(const Actor& actor, const std::string& register_id, const Json& body,
                                Faults& faults);
  /// Whether create_record would make it now; nothing is made.
  Status check_record(const Actor& actor, const std::string& register_id, const Json& body, Faults& faults);
  /// {"values": {…}, "comment": "…"}: the fields named change, null empties one. A body that changes nothing
  /// is no change. `expected`: the version that was read (If-Match); without one, whatever it is.
  Result<Changed> change(const Actor& actor, const std::string& id, std::optional<std::uint32_t> expected,
                         const Json& body, Faults& faults);
  /// {"to": "answered", "values": {…}, "comment": "…"}
  Result<Changed> move(const Actor& actor, const std::string& id, std::optional<std::uint32_t> expected,
                       const Json& body, Faults& faults);
  /// {"comment": "…"}: the record is as it was before its last change, which must be a change of fields or a
  /// move, by this actor, at most kUndoMinutes old, and must not have shown what was sealed; else Forbidden
  /// or Conflict. The events of that change are withdrawn. Whoever was told of it is told nothing more.
  Result<Changed> undo(const Actor& actor, const std::string& id, std::optional<std::uint32_t> expected,
                       const Json& body, Faults& faults);
  /// Moves the records `ids` to `to`: all of them or none.
  Status move_all(const Actor& actor, const std::vector<std::string>& ids, const std::string& to,
                  Faults& faults);
  /// Moves the records `ids` to `to` and makes one of `register_id` in their place: all of it or nothing.
  /// `body` as of create_record, whose answer it gives.
  Result<Changed> replace(const Actor& actor, const std::vector<std::string>& ids, const std::string& to,
                          const std::string& register_id, const Json& body, Faults& faults);
  /// {"comment": "…"}
  Result<Changed> comment(const Actor& actor, const std::string& id, std::optional<std::uint32_t> expected,
                          const Json& body, Faults& faults);

  /// The record with its links both ways and the moves that this actor may make now.
  Result<Json> show(const Actor& actor, const std::string& id);
  /// {"records": […], "next": cursor or null}; what the actor may not read is not there.
  Result<Json> list(const Actor& actor, const ListQuery& query);
  /// {"changes": […newest first…], "next": version or null}; `before` is that version, or 0.
  Result<Json> history(const Actor& actor, const std::string& id, std::uint32_t before, std::uint64_t limit);
  /// {"records": n, "overdue": n, "states": {…}, "units": {…}}, of what the actor may read.
  Result<Json> counts(const Actor& actor, const std::string& register_id);
  /// All definitions, or one, for pages that draw forms by them.
  Json definitions_json() const;
  Result<Json> definition_json(const std::string& register_id) const;

  /// Tells of what is past due or has been silent too long, a change each: at most `limit` of them. To be run
  /// when next_look() comes, and once at the start.
  Result<std::vector<Changed>> run_clock(std::uint64_t limit);
  /// Nothing where no record waits for anything.
  Result<std::optional<Timestamp>> next_look() { return records_.next_look(); }

  /// Events that no one has said to have sent on, oldest first. Those that cannot be read are passed over:
  /// they stay in the outbox, and damaged_events() counts them.
  Result<std::vector<PendingEvent>> unsent(std::uint64_t limit);
  /// They are durable elsewhere.
  Status sent(const std::vector<std::uint64_t>& numbers) { return records_.sent(numbers); }
  /// As the last unsent() found them.
  std::uint64_t damaged_events() const { return damaged_events_; }

 private:
  struct Draft;  // a change being made

  Registers(const Definitions& definitions, store::RegisterRecords records,
            const model::TimeRulesSource& rules, const runtime::Clock& clock, Surroundings surroundings)
      : definitions_(&definitions),
        records_(std::move(records)),
        rules_(&rules),
        clock_(&clock),
        surroundings_(std::move(surroundings)) {}

  const model::TimeRules& rules_of(const Definition& definition) const;
  Result<Record> load(store::RegisterRecord row) const;
  Result<Record> load_visible(const Actor& actor, const std::string& id, const Definition*& definition);
  Result<Draft> draft_of(const Actor& actor, const std::string& register_id, const Json& body,
                         Faults& faults);
  Result<std::vector<Draft>> moved_drafts(const Actor& actor, const std::vector<std::string>& ids,
                                          const std::string& to, Faults& faults);
  Result<Draft> numbered_draft(const Actor& actor, const std::string& register_id, const Json& body,
                               Faults& faults);
  Result<Draft> moved_draft(const Actor& actor, const std::string& id, std::optional<std::uint32_t> expected,
                            const Json& body, Faults& faults);
  Result<Draft> begin(const Actor& actor, const std::string& id, std::optional<std::uint32_t> expected,
                      Faults& faults);
  Status check_targets(const Actor& actor, const Draft& draft, Faults& faults);
  Result<const Move*> allowed_move(const Actor& actor, const Draft& draft, const std::string& to,
                                   Faults& faults) const;
  Status check_unique(const Draft& draft);
  Status check_waits(const Draft& draft, const WaitsFor& waits, Faults& faults);
  Result<Changed> prepare(Draft& draft, store::RegisterWrite& write) const;
  Result<Changed> commit(Draft& draft);
  Result<Changed> commit_for(const Actor& actor, std::span<Draft> drafts);
  Result<Json> links_json(const Actor& actor, const Record& record);
  Status step_clock(const store::RegisterRecord& row, std::vector<Changed>& told);
  Status leave_alone(const store::RegisterRecord& row);

  const Definitions* definitions_;
  store::RegisterRecords records_;
  const model::TimeRulesSource* rules_;
  const runtime::Clock* clock_;
  Surroundings surroundings_;
  std::uint64_t damaged_events_ = 0;
};

}  // namespace handslag::app
