// SPDX-License-Identifier: Apache-2.0
#include "app/access/audit_questions.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <map>

#include "app/evaluate/evaluation.h"
#include "app/language/json.h"

namespace handslag::app {
namespace {

using Logins = std::map<std::string, std::string>;  // by a person's number

Result<Logins> logins_of(store::DataDirectory& directory) {
  HANDSLAG_TRY(accounts, directory.open_accounts());
  HANDSLAG_TRY(people, accounts->people());
  Logins logins;
  for (const store::StoredPerson& person : people) logins[std::to_string(person.number)] = person.login;
  return logins;
}

Result<std::optional<store::AuditHead>> parse_head(const std::string& text) {
  if (text.empty()) return std::optional<store::AuditHead>();
  store::AuditHead head;
  const char* const end = text.data() + text.size();
  const auto [at, problem] = std::from_chars(text.data(), end, head.lines);
  if (problem != std::errc() || at == end || *at != ':' || end - at != 1 + 64) {
    return invalid("\"" + text +
                   "\" is no head; write what audit verify told: its number, a colon, 64 digits");
  }
  head.hash.assign(at + 1, end);
  return std::optional(head);
}

Status narrow_to(const std::string& who, const Logins& logins, store::AuditQuery& query) {
  if (who.empty()) return {};
  const std::size_t colon = who.find(':');
  if (colon != std::string::npos || who == "system") {
    query.who_kind = who.substr(0, colon);
    if (colon != std::string::npos) query.who = who.substr(colon + 1);
    return {};
  }
  const auto found =
      std::find_if(logins.begin(), logins.end(), [&](const auto& entry) { return entry.second == who; });
  if (found == logins.end()) {
    return not_found("nobody has the login \"" + who +
                     "\"; keys are asked for as key:4, others as operator:root");
  }
  query.who_kind = "person";
  query.who = found->first;
  return {};
}

// Why: what people typed must not steer the terminal of who reads it.
std::string harmless(std::string_view text) {
  std::string clean;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    clean += byte < 0x20 || byte == 0x7F ? ' ' : c;
  }
  return clean;
}

std::string who_text(const store::AuditLine& line, const Logins& logins) {
  const auto login = line.who_kind == "person" ? logins.find(line.who) : logins.end();
  if (login != logins.end()) return login->second;
  return line.who.empty() ? line.who_kind : line.who_kind + ":" + line.who;
}

void print_line(const store::AuditLine& line, const Logins& logins, const Terminal& terminal) {
  *terminal.out << fmt::format("{:>6}  {}  {}  {}  {}", line.number, left(format_rfc3339(line.at), 20),
                               left(harmless(who_text(line, logins)), 20), left(line.what, 24),
                               harmless(line.whom));
  if (!line.why.empty()) *terminal.out << "  (" << harmless(line.why) << ")";
  if (!line.details.empty()) *terminal.out << "  " << harmless(line.details);
  *terminal.out << '\n';
}

Json line_json(const store::AuditLine& line, const Logins& logins) {
  const auto login = line.who_kind == "person" ? logins.find(line.who) : logins.end();
  Json details = Json::parse(line.details, nullptr, false);
  if (details.is_discarded()) details = line.details.empty() ? Json() : Json(line.details);
  return {{"number", line.number},
          {"at", time_json(line.at)},
          {"who_kind", line.who_kind},
          {"who", line.who},
          {"login", login == logins.end() ? Json() : Json(login->second)},
          {"what", line.what},
          {"whom", line.whom},
          {"why", line.why},
          {"details", std::move(details)},
          {"hash", line.hash}};
}

}  // namespace

Status verify_audit(const Session& session, const std::string& known_head) {
  HANDSLAG_TRY(known, parse_head(known_head));
  HANDSLAG_TRY(directory, open_for_reading(session, "audit verify"));
  HANDSLAG_TRY(verdict, directory.audit().verify(known));
  const Terminal& terminal = session.terminal;
  if (verdict.fault) {
    return Error{ErrorCode::Corrupt,
                 "the audit trail does not fit: " + verdict.fault->reason +
                     ". Keep the data directory as it is, compare with a backup, and find "
                     "out who could write to it"};
  }
  *terminal.out << fmt::format(
      fmt::runtime(terminal.say("{} lines, every one as it was written.\nHead {}:{}\n",
                                "{} rader, alla som de skrevs.\nHuvud {}:{}\n")),
      verdict.head.lines, verdict.head.lines, verdict.head.hash);
  return {};
}

Status list_audit(const Session& session, const AuditListOptions& options) {
  HANDSLAG_TRY(directory, open_for_reading(session, "audit list"));
  HANDSLAG_TRY(logins, logins_of(directory));
  store::AuditQuery query;
  HANDSLAG_CHECK_STATUS(narrow_to(options.who, logins, query));
  query.whom = options.whom;
  query.what = options.what;
  query.from = options.from;
  query.to = options.to;
  query.order = store::AuditQuery::Order::NewestFirst;
  query.limit = options.limit == 0 ? std::numeric_limits<std::uint64_t>::max() : options.limit;
  HANDSLAG_TRY(lines, directory.audit().list(query));
  std::reverse(lines.begin(), lines.end());
  if (!options.json) {
    for (const store::AuditLine& line : lines) print_line(line, logins, session.terminal);
    return {};
  }
  Json list = Json::array();
  for (const store::AuditLine& line : lines) list.push_back(line_json(line, logins));
  *session.terminal.out << json_text(list);
  return {};
}

}  // namespace handslag::app
