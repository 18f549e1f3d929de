// SPDX-License-Identifier: Apache-2.0
#include "app/promises/registry.h"

#include <fmt/format.h>

#include <map>

#include "app/access/operator_notes.h"
#include "app/backtest/difference.h"
#include "app/evaluate/evaluation.h"
#include "app/language/json.h"
#include "app/language/words.h"
#include "app/promises/promise_set.h"
#include "app/promises/time_names.h"
#include "app/promises/version_json.h"
#include "app/user_name.h"
#include "io/runtime/disk.h"
#include "pure/promise/format.h"
#include "pure/promise/parse.h"

namespace handslag::app {
namespace {

std::string from_text(Timestamp from, const Terminal& terminal) {
  return from == kFirstTime ? std::string(terminal.say("the beginning", "början")) : format_rfc3339(from);
}

// The newest version of each promise, withdrawn or not.
Result<std::map<std::string, store::PromiseVersion>> latest_versions(store::DataDirectory& directory) {
  HANDSLAG_TRY(all, directory.promises().all());
  std::map<std::string, store::PromiseVersion> latest;
  for (store::PromiseVersion& version : all) latest.insert_or_assign(version.id, version);
  return latest;
}

// What to publish of a promise; nothing where its latest version says the same.
std::optional<store::PromiseVersion> draft_of(const promise::Promise& promise, promise::Language spelling,
                                              const std::map<std::string, store::PromiseVersion>& latest,
                                              const PublishOptions& options, const Session& session) {
  const Timestamp now = current_time(session);
  const auto known = latest.find(promise.id);
  store::PromiseVersion draft;
  draft.id = promise.id;
  draft.text = promise::format_promise(promise, spelling);
  // A first version applies from the beginning unless told otherwise, the next ones from now (P-15).
  draft.from = options.from.value_or(known != latest.end() ? now : kFirstTime);
  draft.published_at = now;
  draft.published_by = options.by.empty() ? user_name() : options.by;
  draft.why = options.why;
  const bool says_the_same = known != latest.end() && !known->second.withdrawn_at &&
                             known->second.text == draft.text && !options.from;
  if (!says_the_same) return draft;
  *session.terminal.notes << fmt::format(
      fmt::runtime(session.terminal.say("{}: version {} says the same already\n",
                                        "{}: version {} säger redan detsamma\n")),
      promise.id, known->second.version);
  return std::nullopt;
}

// Whose verdicts change, before anything is in force.
Status tell_difference(store::DataDirectory& directory, std::span<const PublicationDraft> drafts,
                       const Session& session) {
  if (drafts.empty()) return {};
  HANDSLAG_TRY(in_force, promises_in_force(directory));
  HANDSLAG_TRY(evaluation, evaluate(directory, before_and_after(in_force, drafts), {}, session));
  if (evaluation->loaded.columns.events() == 0) return {};
  for (const PublicationDraft& draft : drafts)
    print_difference(*evaluation, draft.promise.id, session.terminal);
  return {};
}

// Why: what was activated before a version begins stays judged by the one before, so most of history changes
// nothing.
Status tell_where_it_begins(const std::vector<PublicationDraft>& drafts, const PublishOptions& options,
                            const Terminal& terminal) {
  if (drafts.empty() || options.from) return {};
  *terminal.notes << terminal.say(
      "A new version judges what is activated from now on; --from TIME lets it judge from then, `handslag "
      "backtest` over all history.\n",
      "En ny version gäller det som utlöses från och med nu; --from TID låter den gälla från dess, `handslag "
      "backtest` över all historia.\n");
  return {};
}

std::string version_detail(const store::PromiseVersion& version) {
  return Json{{"version", version.version}}.dump();
}

std::string title_of(const std::string& text) {
  const promise::Parsed parsed = promise::parse(text);
  return parsed.promises.empty() ? "" : parsed.promises.front().title;
}

}  // namespace

Status check_promises(const Session& session, const std::vector<std::string>& paths) {
  HANDSLAG_TRY(calendars, calendars_of(session.data));
  HANDSLAG_TRY(set, read_promise_files(paths, *calendars, session.terminal));
  HANDSLAG_CHECK_STATUS(require_time_rules(set, *calendars));
  *session.terminal.out << fmt::format(
      fmt::runtime(session.terminal.say("{}, no errors.\n", "{}, inga fel.\n")),
      counted(set.ids().size(), kPromiseCount, session.terminal.language));
  return {};
}

Status format_promises(const Session& session, const std::vector<std::string>& paths, FormatMode mode) {
  HANDSLAG_TRY(files, find_promise_files(paths));
  std::vector<std::string> would_change;
  bool is_wrong = false;
  for (const PromiseFile& file : files) {
    const promise::Parsed parsed = promise::parse(file.text);
    auto formatted = promise::format_file(file.text);
    if (!formatted.ok()) {
      print_diagnostics(file, parsed.diagnostics, session.terminal);
      is_wrong = true;
      continue;
    }
    if (mode == FormatMode::Print) *session.terminal.out << *formatted;
    if (*formatted == file.text) continue;
    would_change.push_back(file.path);
    if (mode == FormatMode::Write)
      HANDSLAG_CHECK_STATUS(runtime::write_file_atomically(file.path, *formatted));
  }
  if (is_wrong)
    return invalid(std::string(session.terminal.say("mend the errors above and format again",
                                                    "rätta felen ovan och formatera igen")));
  if (mode == FormatMode::Compare && !would_change.empty()) {
    return invalid(fmt::format("not in the canonical layout: {}. handslag promise format --write mends them.",
                               fmt::join(would_change, ", ")));
  }
  return {};
}

Status publish_promises(const Session& session, const PublishOptions& options) {
  HANDSLAG_TRY(files, find_promise_files(options.paths));
  HANDSLAG_TRY(calendars, calendars_of(session.data));
  HANDSLAG_TRY(checked, read_promise_files(options.paths, *calendars, session.terminal));
  HANDSLAG_TRY(directory, store::DataDirectory::open(session.data, store::Mode::Create, "promise publish",
                                                     current_time(session)));
  HANDSLAG_CHECK_STATUS(require_time_rules(checked, *calendars));
  HANDSLAG_TRY(latest, latest_versions(directory));
  std::vector<store::PromiseVersion> drafts;
  std::vector<PublicationDraft> compared;
  for (const PromiseFile& file : files) {
    const promise::Parsed parsed = promise::parse(file.text);
    for (const promise::Promise& promise : parsed.promises) {
      auto draft = draft_of(promise, parsed.spelling, latest, options, session);
      if (!draft) continue;
      compared.push_back({promise, draft->from});
      drafts.push_back(std::move(*draft));
    }
  }
  HANDSLAG_CHECK_STATUS(tell_difference(directory, compared, session));
  if (options.is_trial) return tell_where_it_begins(compared, options, session.terminal);
  HANDSLAG_TRY(notes, OperatorNotes::open(directory, session));
  HANDSLAG_TRY(published, directory.promises().publish(drafts));
  for (const store::PromiseVersion& version : published) {
    HANDSLAG_CHECK_STATUS(
        notes.note(store::AuditVerb::PromisePublished, version.id, version.why, version_detail(version)));
    *session.terminal.out << fmt::format(
        fmt::runtime(
            session.terminal.say("{}: version {} in force from {}\n", "{}: version {} gäller från {}\n")),
        version.id, version.version, from_text(version.from, session.terminal));
  }
  return {};
}

void print_promises(const std::vector<store::PromiseVersion>& versions, Form form, const Terminal& terminal) {
  Json json = Json::array();
  bool has_any = false;
  int longest = 0;  // Why: an id cut short cannot be copied into the next command
  for (const store::PromiseVersion& version : versions) longest = std::max(longest, columns_of(version.id));
  for (std::size_t i = 0; i < versions.size(); ++i) {
    const bool is_newest = i + 1 == versions.size() || versions[i + 1].id != versions[i].id;
    if (!is_newest || versions[i].withdrawn_at) continue;
    has_any = true;
    if (form == Form::JsonText) {
      json.push_back(version_json(versions[i]));
    } else {
      *terminal.out << fmt::format("{} v{}  {}\n", left(versions[i].id, longest),
                                   left(std::to_string(versions[i].version), 3), title_of(versions[i].text));
    }
  }
  if (form == Form::JsonText) *terminal.out << json_text(json);
  if (!has_any && form == Form::Text) {
    *terminal.out << terminal.say("No promise is in force: handslag --data DIR promise publish PATH\n",
                                  "Inget löfte gäller: handslag --data KATALOG promise publish SÖKVÄG\n");
  }
}

Status list_promises(const Session& session, Form form) {
  HANDSLAG_TRY(directory, open_for_reading(session, "promise list"));
  HANDSLAG_TRY(versions, directory.promises().all());
  print_promises(versions, form, session.terminal);
  return {};
}

Status show_promise(const Session& session, const std::string& id) {
  HANDSLAG_TRY(directory, open_for_reading(session, "promise show"));
  HANDSLAG_TRY(versions, directory.promises().versions(id));
  const Terminal& terminal = session.terminal;
  for (const store::PromiseVersion& version : versions) {
    *terminal.out << painted(
        terminal, Paint::Quiet,
        fmt::format(fmt::runtime(terminal.say("# version {}, in force from {}, published {} by {}{}\n",
                                              "# version {}, gäller från {}, publicerad {} av {}{}\n")),
                    version.version, from_text(version.from, terminal), format_rfc3339(version.published_at),
                    version.published_by, version.why.empty() ? "" : ": " + version.why));
    if (version.withdrawn_at) {
      *terminal.out << painted(
          terminal, Paint::Quiet,
          fmt::format(fmt::runtime(terminal.say("# withdrawn {} by {}{}\n", "# återkallad {} av {}{}\n")),
                      format_rfc3339(*version.withdrawn_at), version.withdrawn_by,
                      version.withdrawn_why.empty() ? "" : ": " + version.withdrawn_why));
    }
    *terminal.out << version.text << '\n';
  }
  return {};
}

Status withdraw_promise(const Session& session, const std::string& id, const std::string& why) {
  const Timestamp now = current_time(session);
  HANDSLAG_TRY(directory,
               store::DataDirectory::open(session.data, store::Mode::Write, "promise withdraw", now));
  HANDSLAG_TRY(notes, OperatorNotes::open(directory, session));
  HANDSLAG_TRY(version, directory.promises().withdraw(id, now, user_name(), why));
  HANDSLAG_CHECK_STATUS(notes.note(store::AuditVerb::PromiseWithdrawn, id, why, version_detail(version)));
  *session.terminal.out << fmt::format(
      fmt::runtime(session.terminal.say("{}: version {} judges nothing activated from now on.\n",
                                        "{}: version {} gäller inget som utlöses från och med nu.\n")),
      id, version.version);
  return {};
}

}  // namespace handslag::app
