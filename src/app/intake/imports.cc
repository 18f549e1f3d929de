// SPDX-License-Identifier: Apache-2.0
#include "app/intake/imports.h"

#include <fmt/format.h>

#include <limits>

#include "app/access/operator_notes.h"
#include "app/evaluate/evaluation.h"
#include "app/language/numbers.h"
#include "app/language/swedish.h"
#include "app/language/words.h"
#include "app/notices/outbox_follower.h"
#include "app/watch/watch.h"
#include "io/runtime/clock.h"

namespace handslag::app {
namespace {

std::string date_of(const std::optional<Timestamp>& time) {
  return time ? format_rfc3339(*time).substr(0, 10) : "–";
}

void print_imports(const std::vector<store::ImportRecord>& records, const Terminal& terminal) {
  std::ostream& out = *terminal.out;
  out << painted(
      terminal, Paint::Strong,
      fmt::format(
          "{} {} {} {} {} {}  {}\n", right("#", 4), left(terminal.say("came in (UTC)", "kom in (UTC)"), 20),
          right(terminal.say("events", "händelser"), 12), right(terminal.say("double", "dubbletter"), 10),
          right(terminal.say("rejected", "förkastade"), 10),
          left(terminal.say("from – to", "från – till"), 23), terminal.say("file", "fil")));
  for (const store::ImportRecord& record : records) {
    const std::string removed =
        record.removed ? std::string(terminal.say("  (taken out)", "  (uttagen)")) : "";
    const std::string line = fmt::format(
        "{} {} {} {} {} {}  {}{}\n", right(std::to_string(record.number), 4),
        left(format_rfc3339(record.finished), 20), right(count_text(record.events, terminal.language), 12),
        right(count_text(record.duplicates, terminal.language), 10),
        right(count_text(record.rejected, terminal.language), 10),
        left(date_of(record.first_event) + " – " + date_of(record.last_event), 23), record.header.file_name,
        removed);
    out << (record.removed ? painted(terminal, Paint::Quiet, line) : line);
  }
}

Json reject_json(const store::StoredReject& stored, const std::string& file) {
  return {{"import", stored.import},        {"file", file},
          {"line", stored.reject.line},     {"record", stored.reject.record},
          {"column", stored.reject.column}, {"reason", stored.reject.reason},
          {"raw", stored.reject.raw}};
}

std::string place_of(const store::Reject& reject) {
  return reject.line > 0 ? fmt::format("{}", reject.line) : fmt::format("#{}", reject.record);
}

void print_reject(const store::StoredReject& stored, const std::string& file, const Terminal& terminal) {
  const std::string column = stored.reject.column.empty() ? "" : " [" + stored.reject.column + "]";
  *terminal.out << fmt::format("{}:{}:{} {}\n", file, place_of(stored.reject), column,
                               in_language(stored.reject.reason, terminal.language))
                << painted(terminal, Paint::Quiet,
                           "    " + left(stored.reject.raw, std::max(40, terminal.width - 4)))
                << '\n';
}

void tell_what_stayed(const std::vector<store::StayedEvents>& stayed,
                      const std::vector<store::ImportRecord>& records, const Terminal& terminal) {
  for (const store::StayedEvents& events : stayed) {
    const store::ImportRecord& record = records.at(events.import - 1);
    *terminal.out << fmt::format(fmt::runtime(terminal.say("Kept: {} that import {} ({}) had too.\n",
                                                           "Kvar: {} som import {} ({}) också hade.\n")),
                                 counted(events.events, kEvents, terminal.language), record.number,
                                 record.header.file_name);
  }
}

}  // namespace

Json import_json(const store::ImportRecord& record) {
  return {{"number", record.number},
          {"file", record.header.file_name},
          {"source", record.header.source},
          {"started", time_json(record.header.started)},
          {"finished", time_json(record.finished)},
          {"events", record.events},
          {"duplicates", record.duplicates},
          {"rejected", record.rejected},
          {"future_events", record.future_events},
          {"first_event", time_json(record.first_event)},
          {"last_event", time_json(record.last_event)},
          {"removed", time_json(record.removed)}};
}

Status list_imports(const Session& session, Form form) {
  HANDSLAG_TRY(directory, open_for_reading(session, "imports"));
  HANDSLAG_TRY(records, directory.log().imports());
  if (form == Form::JsonText) {
    Json json = Json::array();
    for (const store::ImportRecord& record : records) json.push_back(import_json(record));
    *session.terminal.out << json_text(json);
    return {};
  }
  if (records.empty()) {
    *session.terminal.out << session.terminal.say(
        "Nothing has come in yet: handslag --data DIR import FILE…\n",
        "Inget har kommit in än: handslag --data KATALOG import FIL…\n");
    return {};
  }
  print_imports(records, session.terminal);
  return {};
}

namespace {

// On the live system's thread, when all is settled. Why kept before: what was told cannot be worked out once
// the events are gone.
Result<store::RemovedImport> remove_from(Live& live, store::EventLog& log, std::uint32_t number,
                                         Timestamp now) {
  HANDSLAG_CHECK_STATUS(live.commit(now));
  HANDSLAG_CHECK_STATUS(live.keep_told());
  HANDSLAG_TRY(removed, log.remove_import(number, now));
  HANDSLAG_CHECK_STATUS(live.reload(Cause::Correction, now));
  return removed;
}

// What a server has told here is held against what is left, by a live system that begins as the next server
// does, with what its intake still holds: revisions are written, and the next server sends on what changed.
Result<store::RemovedImport> remove_and_tell(store::DataDirectory& directory, std::uint32_t number,
                                             const Session& session) {
  WatchOptions options;
  options.live.fixed_now = session.now;
  options.live.feed = std::make_shared<ChangeFeed>();
  HANDSLAG_TRY(notices, directory.open_notices());
  HANDSLAG_TRY(follower, OutboxFollower::open(std::move(notices), *options.live.feed));
  HANDSLAG_TRY(has_told, follower->has_told());
  if (!has_told) return directory.log().remove_import(number, current_time(session));
  options.live.follower = follower.get();
  const runtime::WallClock wall;
  HANDSLAG_TRY(journal, directory.intake());
  HANDSLAG_TRY(watch, Watch::start(directory, *journal, wall, std::move(options)));
  Result<store::RemovedImport> removed = unavailable("the event log could not be read or written");
  Status kept = removed.error();
  watch->ask_settled_and_wait([&](Live* live, Timestamp now) {
    if (live != nullptr) removed = remove_from(*live, directory.log(), number, now);
  });
  if (!removed.ok()) return removed.error();
  watch->ask_settled_and_wait([&](Live* live, Timestamp) {
    if (live != nullptr) kept = live->keep_told();
  });
  HANDSLAG_CHECK_STATUS(kept);
  return removed;
}

}  // namespace

Status remove_import(const Session& session, std::uint32_t number) {
  HANDSLAG_TRY(directory, store::DataDirectory::open(session.data, store::Mode::Write, "imports remove",
                                                     current_time(session)));
  HANDSLAG_TRY(notes, OperatorNotes::open(directory, session));
  HANDSLAG_CHECK_STATUS(directory.log().removable_import(number));  // Why first: a load takes its time
  // Why before it is done: whatever ends it half-way, what was begun stands in the trail.
  HANDSLAG_CHECK_STATUS(notes.note(store::AuditVerb::ImportRemoved, std::to_string(number)));
  HANDSLAG_TRY(removed, remove_and_tell(directory, number, session));
  HANDSLAG_TRY(records, directory.log().imports());
  std::uint64_t taken = removed.record.events;
  for (const store::StayedEvents& stayed : removed.stayed) taken -= stayed.events;
  *session.terminal.out << fmt::format(fmt::runtime(session.terminal.say("Import {} ({}) is taken out: {}.\n",
                                                                         "Import {} ({}) är uttagen: {}.\n")),
                                       number, removed.record.header.file_name,
                                       counted(taken, kEvents, session.terminal.language));
  tell_what_stayed(removed.stayed, records, session.terminal);
  return {};
}

Status list_rejects(const Session& session, const RejectsOptions& options) {
  HANDSLAG_TRY(directory, open_for_reading(session, "rejects"));
  HANDSLAG_TRY(imports, directory.log().imports());
  const auto most =
      options.limit == 0 ? std::uint64_t{std::numeric_limits<std::int64_t>::max()} : options.limit;
  HANDSLAG_TRY(rejects, directory.rejects().list(options.import, 0, most));
  HANDSLAG_TRY(count, directory.rejects().count(options.import));
  const auto file_of = [&imports](std::uint32_t number) {
    for (const store::ImportRecord& record : imports) {
      if (record.number == number) return record.header.file_name;
    }
    return std::string("?");
  };
  const Terminal& terminal = session.terminal;
  Json json = Json::array();
  for (const store::StoredReject& stored : rejects) {
    if (options.json) {
      json.push_back(reject_json(stored, file_of(stored.import)));
    } else {
      print_reject(stored, file_of(stored.import), terminal);
    }
  }
  if (options.json) {
    *terminal.out << json_text(json);
    return {};
  }
  if (rejects.empty()) *terminal.out << terminal.say("No rejected records.\n", "Inga förkastade poster.\n");
  if (rejects.size() < count) {
    *terminal.notes << fmt::format(
        fmt::runtime(terminal.say("{} of {}; --limit 0 shows all.\n", "{} av {}; --limit 0 visar alla.\n")),
        rejects.size(), count);
  }
  return {};
}

}  // namespace handslag::app
