// SPDX-License-Identifier: Apache-2.0
#include "io/store/audit_records.h"

#include <algorithm>
#include <array>
#include <utility>

#include "io/runtime/secrets.h"
#include "io/store/sqlite_database.h"

namespace handslag::store {
namespace {

constexpr std::pair<AuditVerb, const char*> kVerbs[] = {
    {AuditVerb::TrailBroken, "trail.broken"},
    {AuditVerb::FirstTokenMade, "first_token.made"},
    {AuditVerb::SignedIn, "person.signed_in"},
    {AuditVerb::SignInFailed, "sign_in.failed"},
    {AuditVerb::SignedOut, "person.signed_out"},
    {AuditVerb::PersonAdded, "person.added"},
    {AuditVerb::PersonDisabled, "person.disabled"},
    {AuditVerb::PersonEnabled, "person.enabled"},
    {AuditVerb::RolesSet, "person.roles_set"},
    {AuditVerb::ProtectedSet, "person.protected_set"},
    {AuditVerb::PasswordChanged, "person.password_changed"},
    {AuditVerb::KeyAdded, "key.added"},
    {AuditVerb::KeyRevoked, "key.revoked"},
    {AuditVerb::Denied, "denied"},
    {AuditVerb::CardRead, "card.read"},
    {AuditVerb::CustomerSearched, "customer.searched"},
    {AuditVerb::IdentifierUnmasked, "identifier.unmasked"},
    {AuditVerb::ProtectedOpened, "protected.opened"},
    {AuditVerb::TimelineRead, "timeline.read"},
    {AuditVerb::CauseRead, "cause.read"},
    {AuditVerb::ResultsRead, "results.read"},
    {AuditVerb::CommitmentMade, "commitment.made"},
    {AuditVerb::CommitmentChanged, "commitment.changed"},
    {AuditVerb::MatterCorrected, "matter.corrected"},
    {AuditVerb::PromisePublished, "promise.published"},
    {AuditVerb::PromiseWithdrawn, "promise.withdrawn"},
    {AuditVerb::RejectsRead, "rejects.read"},
    {AuditVerb::RejectMended, "reject.mended"},
    {AuditVerb::FileImported, "file.imported"},
    {AuditVerb::ImportRemoved, "import.removed"},
    {AuditVerb::SourceChanged, "source.changed"},
    {AuditVerb::HookChanged, "hook.changed"},
    {AuditVerb::SettingsChanged, "settings.changed"},
    {AuditVerb::AuditRead, "audit.read"},
};
static_assert(std::size(kVerbs) == kAuditVerbs);

constexpr const char* kAuditColumns =
    "SELECT number, at_us, who_kind, who, what, whom, why, details, previous_hash, hash FROM audit_trail";

AuditLine read_line(const SqliteStatement& row) {
  AuditLine line;
  line.number = static_cast<std::uint64_t>(row.integer(0));
  line.at = row.time(1);
  line.who_kind = row.text(2);
  line.who = row.text(3);
  line.what = row.text(4);
  line.whom = row.text(5);
  line.why = row.text(6);
  line.details = row.text(7);
  line.previous_hash = row.text(8);
  line.hash = row.text(9);
  return line;
}

void add_field(std::string& bytes, std::string_view field) {
  bytes += std::to_string(field.size());
  bytes += ':';
  bytes += field;
}

// Why the numbers go in as text: so that the bytes are the same on every machine, and can be made by hand.
std::string canonical(const AuditLine& line) {
  std::string bytes = "handslag audit 1\n";
  add_field(bytes, std::to_string(line.number));
  add_field(bytes, std::to_string(line.at.us));
  for (const std::string* field :
       {&line.who_kind, &line.who, &line.what, &line.whom, &line.why, &line.details, &line.previous_hash}) {
    add_field(bytes, *field);
  }
  return bytes;
}

// The conditions of a query, with what is to be bound to them.
struct Conditions {
  std::string sql = " WHERE 1";
  std::vector<std::string> texts;
  std::vector<std::int64_t> numbers;  // bound after the texts

  void text(const char* column, const std::string& value) {
    if (value.empty()) return;
    sql += std::string(" AND ") + column + " = ?";
    texts.push_back(value);
  }
  void number(const char* condition, std::int64_t value) {
    sql += std::string(" AND ") + condition + " ?";
    numbers.push_back(value);
  }
};

Conditions conditions_of(const AuditQuery& query) {
  Conditions conditions;
  conditions.text("who_kind", query.who_kind);
  conditions.text("who", query.who);
  conditions.text("what", query.what);
  conditions.text("whom", query.whom);
  const bool newest_first = query.order == AuditQuery::Order::NewestFirst;
  if (query.from) conditions.number("at_us >=", query.from->us);
  if (query.to) conditions.number("at_us <", query.to->us);
  if (query.beyond)
    conditions.number(newest_first ? "number <" : "number >", static_cast<std::int64_t>(*query.beyond));
  conditions.sql += newest_first ? " ORDER BY number DESC LIMIT ?" : " ORDER BY number LIMIT ?";
  conditions.numbers.push_back(
      static_cast<std::int64_t>(std::min<std::uint64_t>(query.limit, std::uint64_t{1} << 62U)));
  return conditions;
}

std::string line_name(std::uint64_t number) {
  return "line " + std::to_string(number);
}

// What is wrong with the line that follows `head`; nothing where it fits.
std::optional<AuditFault> fault_of(const AuditLine& line, const AuditHead& head) {
  const std::uint64_t expected = head.lines + 1;
  if (line.number != expected) {
    return AuditFault{expected, line_name(expected) + " is missing; the next is " + line_name(line.number)};
  }
  if (line.previous_hash != head.hash) {
    return AuditFault{expected, line_name(expected) + " does not follow the line before it"};
  }
  if (line.hash != audit_hash(line)) {
    return AuditFault{expected, line_name(expected) + " is not what was written"};
  }
  if (line.what == audit_verb_name(AuditVerb::TrailBroken)) {
    return AuditFault{expected, line_name(expected) + " tells that the trail was found cut or changed on " +
                                    format_rfc3339(line.at) + ": " + line.details};
  }
  return std::nullopt;
}

// Whether a walk that has come to `reached` passes the head that was noted elsewhere.
std::optional<AuditFault> fault_against(const AuditHead& noted, const AuditHead& reached) {
  if (noted.lines != reached.lines || noted.hash == reached.hash) return std::nullopt;
  return AuditFault{reached.lines, line_name(reached.lines) + " is not the one that was noted as the newest"};
}

AuditFault missing_tail(const AuditHead& noted, const AuditHead& reached) {
  return {reached.lines + 1, line_name(reached.lines + 1) + " to " + line_name(noted.lines) + " are missing"};
}

}  // namespace

const char* audit_who_name(AuditWho who) {
  constexpr const char* kNames[] = {"nobody", "person", "key", "operator", "system"};
  return kNames[static_cast<std::size_t>(who)];
}

const char* audit_verb_name(AuditVerb verb) {
  return kVerbs[static_cast<std::size_t>(verb)].second;
}

std::string audit_hash(const AuditLine& line) {
  return runtime::sha256(canonical(line));
}

Result<std::vector<AuditLine>> AuditRecords::list(const AuditQuery& query) {
  const Conditions conditions = conditions_of(query);
  HANDSLAG_TRY(rows, trail_.prepare((kAuditColumns + conditions.sql).c_str()));
  for (const std::string& text : conditions.texts) rows.bind(text);
  for (const std::int64_t number : conditions.numbers) rows.bind(number);
  std::vector<AuditLine> lines;
  while (true) {
    HANDSLAG_TRY(row, rows.step());
    if (!row) return lines;
    lines.push_back(read_line(rows));
  }
}

Result<AuditVerdict> AuditRecords::verify(const std::optional<AuditHead>& known) {
  std::vector<AuditHead> noted;
  HANDSLAG_TRY(own, noted_head());  // Why first: the trail may grow meanwhile, and never falls behind it
  noted.push_back(std::move(own));
  if (known) noted.push_back(*known);
  AuditVerdict verdict;
  HANDSLAG_TRY(rows, trail_.prepare((std::string(kAuditColumns) + " ORDER BY number").c_str()));
  while (true) {
    for (const AuditHead& head : noted) {
      verdict.fault = fault_against(head, verdict.head);
      if (verdict.fault) return verdict;
    }
    HANDSLAG_TRY(row, rows.step());
    if (!row) break;
    const AuditLine line = read_line(rows);
    verdict.fault = fault_of(line, verdict.head);
    if (verdict.fault) return verdict;
    verdict.head = {line.number, line.hash};
  }
  for (const AuditHead& head : noted) {
    if (head.lines > verdict.head.lines && !verdict.fault) verdict.fault = missing_tail(head, verdict.head);
  }
  return verdict;
}

Result<AuditHead> AuditRecords::newest() {
  HANDSLAG_TRY(row, trail_.prepare("SELECT number, hash FROM audit_trail ORDER BY number DESC LIMIT 1"));
  HANDSLAG_TRY(found, row.step());
  if (!found) return AuditHead();
  return AuditHead{static_cast<std::uint64_t>(row.integer(0)), row.text(1)};
}

Result<AuditHead> AuditRecords::noted_head() {
  HANDSLAG_TRY(row, records_.prepare("SELECT lines, hash FROM audit_head"));
  HANDSLAG_TRY(found, row.step());
  if (!found) return AuditHead();
  return AuditHead{static_cast<std::uint64_t>(row.integer(0)), row.text(1)};
}

Status AuditRecords::note_head(const AuditHead& head) {
  HANDSLAG_TRY(put, records_.prepare("INSERT INTO audit_head (one, lines, hash) VALUES (1, ?, ?) "
                                     "ON CONFLICT (one) DO UPDATE SET lines = excluded.lines, hash = "
                                     "excluded.hash"));
  return put.bind(static_cast<std::int64_t>(head.lines)).bind(head.hash).run();
}

Status AuditRecords::append(const std::vector<AuditLine>& lines) {
  HANDSLAG_TRY(transaction, SqliteTransaction::begin(trail_));
  HANDSLAG_TRY(insert,
               trail_.prepare("INSERT INTO audit_trail (number, at_us, who_kind, who, what, whom, why, "
                              "details, previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
  for (const AuditLine& line : lines) {
    insert.bind(static_cast<std::int64_t>(line.number)).bind(line.at).bind(line.who_kind).bind(line.who);
    insert.bind(line.what).bind(line.whom).bind(line.why).bind(line.details);
    insert.bind(line.previous_hash).bind(line.hash);
    HANDSLAG_CHECK_STATUS(insert.run());
  }
  return transaction.commit();
}

}  // namespace handslag::store
