// SPDX-License-Identifier: Apache-2.0
// Taking back the last change of a record: as it was before, with a line of history of its own.
#include <fmt/format.h>

#include <algorithm>

#include "app/registers/draft.h"
#include "app/registers/register_events.h"
#include "app/registers/registers.h"
#include "app/registers/timing.h"
#include "base/text.h"

namespace handslag::app {
namespace {

// Whether the change showed somebody what was sealed: that cannot be unseen.
bool unseals(const Definition& definition, const store::RegisterChange& change) {
  const auto shows = [](const Field& field, const std::string& state) {
    return std::find(field.shown_in.begin(), field.shown_in.end(), state) != field.shown_in.end();
  };
  return std::any_of(definition.fields.begin(), definition.fields.end(), [&](const Field& field) {
    return shows(field, change.to_state) && !shows(field, change.from_state);
  });
}

Status check_undoable(const Definition& definition, const Actor& actor, const store::RegisterChange& last,
                      Timestamp now) {
  const auto refuse = [&](ErrorCode code, std::string_view why) -> Status {
    return Error{code, fmt::format("the last change of {} cannot be undone: {}", last.record, why)};
  };
  if (actor.id.empty() || last.by != actor.id)
    return refuse(ErrorCode::Forbidden, "only who made it may; change the record on by its own ways");
  if (last.action != "moved" && last.action != "changed")
    return refuse(ErrorCode::Conflict,
                  fmt::format("it is \"{}\", which takes nothing back; change the record on by its own ways",
                              last.action));
  if (now.us - last.at.us > kUndoMinutes * kMicrosPerMinute)
    return refuse(ErrorCode::Conflict,
                  fmt::format("{} minutes have passed; change the record on by its own ways", kUndoMinutes));
  if (unseals(definition, last)) return refuse(ErrorCode::Conflict, "what was sealed has been seen");
  return {};
}

// Field by field what was, as differences() noted it.
Status put_back(const store::RegisterChange& last, Record& record) {
  const Json details = Json::parse(last.details, nullptr, false);
  if (!details.is_array())
    return Error{ErrorCode::Corrupt, fmt::format("the history of {} is damaged; restore the data directory "
                                                 "from a backup",
                                                 last.record)};
  for (const Json& it : details) {
    const std::string field = it.value("field", "");
    const Json was = it.value("from", Json());
    if (field == "@due")
      record.row.due = was.is_string() ? parse_rfc3339(was.get<std::string>()) : std::nullopt;
    else if (was.is_null())
      record.values.erase(field);
    else
      record.values[field] = was;
  }
  record.row.state = last.from_state;
  return {};
}

}  // namespace

Result<Changed> Registers::undo(const Actor& actor, const std::string& id,
                                std::optional<std::uint32_t> expected, const Json& body, Faults& faults) {
  HANDSLAG_TRY(draft, begin(actor, id, expected, faults));
  const Definition& definition = *draft.definition;
  const Body read = read_body(body, false, false, faults);
  if (definition.always_comment && trimmed(read.comment).empty())
    faults.push_back({"/comment", "say why, in a comment"});
  if (!faults.empty()) return refused(faults);
  HANDSLAG_TRY(history, records_.history(id, 0, 1));
  HANDSLAG_CHECK(!history.empty(), "every record has the line of its making");
  const store::RegisterChange& last = history.front();
  HANDSLAG_CHECK_STATUS(check_undoable(definition, actor, last, draft.change.at));
  HANDSLAG_CHECK_STATUS(put_back(last, draft.after));
  // Why: the clock would tell of a time that it has told of before the change.
  if (draft.after.row.due != draft.before.row.due)
    draft.told = told_of_due_by(definition, draft.after.row, last.at, rules_of(definition));
  if (last.from_state != last.to_state) draft.after.row.state_since = draft.change.at;
  draft.change.action = "undone";
  draft.change.version = last.version + 1;
  draft.change.to_state = draft.after.row.state;
  draft.change.comment = read.comment;
  draft.events = voiding_events(events_of(definition, draft.before, last), draft.change);
  return commit_for(actor, std::span(&draft, 1));
}

}  // namespace handslag::app
