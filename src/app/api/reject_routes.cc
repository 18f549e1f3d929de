// SPDX-License-Identifier: Apache-2.0
// What came in and could not be used: seen, mended and sent again, or put aside; and rows of files. What was
// sent is shown to those alone who may mend it, and every such look stands in the audit trail.
#include <fmt/format.h>

#include <charconv>

#include "app/access/audit_entry.h"
#include "app/api/intake_refusal.h"
#include "app/api/looks.h"
#include "app/api/replay.h"
#include "app/api/routes.h"
#include "app/api/services.h"

namespace handslag::app {
namespace {

constexpr http::BodyLimits kMendedLimits{2 << 20, 8 << 20};
constexpr std::uint64_t kMostRejectsAtOnce = 500;

Json waiting_json(const store::StoredIntakeReject& it, bool shows_raw) {
  constexpr std::string_view kStates[] = {"waiting", "replayed", "dismissed"};
  Json json{{"number", it.number},
            {"received", time_json(it.received)},
            {"kind", it.reject.kind},
            {"source", it.reject.source},
            {"pointer", it.reject.place},
            {"reason", it.reject.reason},
            {"raw_cut", it.reject.is_raw_cut},
            {"state", kStates[static_cast<std::size_t>(it.state)]},
            {"settled_at", time_json(it.settled_at)},
            {"settled_by", it.settled_by},
            {"note", it.note}};
  if (shows_raw) json["raw"] = it.reject.raw;
  return json;
}

// Whether what was sent is shown; it may hold personal data, so that the look is noted. `whom` says which.
Result<bool> noted_if_raw_is_shown(const Call& call, std::size_t count, std::string whom) {
  if (!may(call.caller, Permission::MendRejects)) return false;
  if (count == 0) return true;
  HANDSLAG_CHECK_STATUS(
      note_look(call, store::AuditVerb::RejectsRead, std::move(whom), json_text({{"rejects", count}})));
  return true;
}

Result<store::RejectFilter> filter_of(const Call& call) {
  store::RejectFilter filter;
  const std::string_view state = call.parameter("state");
  if (state == "waiting")
    filter.state = store::RejectState::Waiting;
  else if (state == "replayed")
    filter.state = store::RejectState::Replayed;
  else if (state == "dismissed")
    filter.state = store::RejectState::Dismissed;
  else if (!state.empty())
    return invalid("\"state\" must be waiting, replayed or dismissed");
  if (!call.parameter("source").empty()) filter.source = std::string(call.parameter("source"));
  if (call.caller.kind == Caller::Kind::Key) filter.source = call.caller.source;
  return filter;
}

// A page ends early where its events are long.
bool has_full_page(const std::vector<store::StoredIntakeReject>& found, std::uint64_t limit) {
  std::size_t bytes = 0;
  for (const store::StoredIntakeReject& it : found) bytes += it.reject.raw.size();
  return found.size() == limit || bytes >= store::kRejectsReadBytes;
}

Result<http::Response> list_waiting(Call& call) {
  HANDSLAG_TRY(filter, filter_of(call));
  HANDSLAG_TRY(after, number_parameter(call, "after", 0, 0, 1ULL << 53U));
  HANDSLAG_TRY(limit, number_parameter(call, "limit", 50, 1, kMostRejectsAtOnce));
  HANDSLAG_TRY(found, call.services->journal.rejects(filter, after, static_cast<std::uint32_t>(limit)));
  const std::string which =
      found.empty() ? std::string() : fmt::format("{}-{}", found.front().number, found.back().number);
  HANDSLAG_TRY(shows_raw, noted_if_raw_is_shown(call, found.size(), which));
  Json list = Json::array();
  for (const auto& it : found) list.push_back(waiting_json(it, shows_raw));
  return json_response({{"rejects", std::move(list)},
                        {"next_after", has_full_page(found, limit) ? Json(found.back().number) : Json()}});
}

Result<std::uint64_t> number_in_path(const Call& call, std::string_view what) {
  std::uint64_t number = 0;
  const std::string& text = call.path[0];
  const auto [at, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || at != text.data() + text.size() || number > (1ULL << 53U))
    return not_found(fmt::format("there is no {} {}", what, text));
  return number;
}

Result<store::StoredIntakeReject> named_reject(const Call& call) {
  HANDSLAG_TRY(number, number_in_path(call, "reject"));
  HANDSLAG_TRY(found, call.services->journal.reject(number));
  if (call.caller.kind == Caller::Kind::Key && found.reject.source != call.caller.source)
    return not_found("there is no reject " + call.path[0]);
  return found;
}

Result<http::Response> show_waiting(Call& call) {
  HANDSLAG_TRY(found, named_reject(call));
  HANDSLAG_TRY(shows_raw, noted_if_raw_is_shown(call, 1, call.path[0]));
  return json_response(waiting_json(found, shows_raw));
}

// ---- settled

Result<store::StoredIntakeReject> waiting_reject(const Call& call) {
  HANDSLAG_TRY(found, named_reject(call));
  if (found.state != store::RejectState::Waiting)
    return Error{ErrorCode::Conflict, "this reject was settled already"};
  return found;
}

Status note_mended(const Call& call, const store::StoredIntakeReject& reject, const char* how) {
  return call.services->access.trail->note(
      entry_by(call.caller, store::AuditVerb::RejectMended, std::to_string(reject.number),
               json_text({{"how", how}, {"source", reject.reject.source}, {"kind", reject.reject.kind}})));
}

Result<http::Response> settle(Call& call, std::uint64_t number, store::RejectState how,
                              const std::string& note) {
  HANDSLAG_CHECK_STATUS(call.services->journal.settle(number, {how, call.caller.login, call.now, note}));
  HANDSLAG_TRY(found, call.services->journal.reject(number));
  return json_response(waiting_json(found, true));
}

Result<http::Response> dismiss_reject(Call& call) {
  std::string note;
  if (!call.request.body.empty()) {
    HANDSLAG_TRY(body, json_body(call.request));
    HANDSLAG_TRY(told, text_member(body, "note"));
    note = std::move(told);
  }
  HANDSLAG_TRY(found, waiting_reject(call));
  HANDSLAG_CHECK_STATUS(note_mended(call, found, "dismissed"));
  return settle(call, found.number, store::RejectState::Dismissed, note);
}

http::Response still_no_event(const format::WireEvents& read) {
  constexpr std::size_t kMostParts = 100;
  http::Problem problem{
      422, "Still not an event", "Nothing was taken; the reject waits on.", "/problems/events", {}};
  for (const format::RejectedRecord& it : read.rejected)
    if (problem.parts.size() < kMostParts) problem.parts.push_back({it.column, it.reason});
  return http::problem_response(problem);
}

Result<http::Response> replay_reject(Call& call) {
  const Services& services = *call.services;
  HANDSLAG_TRY(found, waiting_reject(call));
  format::WireEvents read = read_again(found, call.request, services.hooks);
  if (!read.rejected.empty()) return still_no_event(read);
  HANDSLAG_CHECK_STATUS(note_mended(call, found, "replayed"));
  const auto receipt =
      services.intake.accept_and_wait("replay", found.reject.source, std::move(read), call.request.received);
  if (!receipt.ok()) return intake_refusal(receipt.error(), services);
  return settle(call, found.number, store::RejectState::Replayed, {});
}

// ---- rows of files

// NotFound: also an import that is no file's, or another source's than the key's.
Result<store::ImportRecord> named_file(const Call& call) {
  HANDSLAG_TRY(number, number_in_path(call, "import"));
  HANDSLAG_TRY(imports, call.services->directory.log().imports());
  for (store::ImportRecord& it : imports) {
    if (it.number != number || it.header.is_live) continue;
    if (call.caller.kind == Caller::Kind::Key && it.header.source != call.caller.source) break;
    return std::move(it);
  }
  return not_found("there is no import " + call.path[0]);
}

Json row_json(const store::Reject& row, bool shows_raw) {
  Json json{{"line", row.line}, {"record", row.record}, {"column", row.column}, {"reason", row.reason}};
  if (shows_raw) json["raw"] = row.raw;
  return json;
}

// What could not be used of a file never changes, so that its rows are counted off.
Result<http::Response> list_rows(Call& call) {
  HANDSLAG_TRY(after, number_parameter(call, "after", 0, 0, 1ULL << 53U));
  HANDSLAG_TRY(limit, number_parameter(call, "limit", 50, 1, kMostRejectsAtOnce));
  HANDSLAG_TRY(file, named_file(call));
  HANDSLAG_TRY(rows, call.services->directory.rejects().list(file.number, after, limit + 1));
  const bool has_more = rows.size() > limit;
  if (has_more) rows.pop_back();
  HANDSLAG_TRY(shows_raw, noted_if_raw_is_shown(call, rows.size(), "import " + call.path[0]));
  Json list = Json::array();
  for (const store::StoredReject& it : rows) list.push_back(row_json(it.reject, shows_raw));
  return json_response({{"import", file.number},
                        {"file", file.header.file_name},
                        {"rejected", file.rejected},
                        {"rejects", std::move(list)},
                        {"next_after", has_more ? Json(after + rows.size()) : Json()}});
}

}  // namespace

void add_reject_routes(std::vector<Route>& routes) {
  using http::Method;
  add(routes, Method::Get, "/v1/rejects", Permission::ReadRejects, Where::Worker, list_waiting,
      "Events that could not be used, with their reason");
  add(routes, Method::Get, "/v1/rejects/{number}", Permission::ReadRejects, Where::Worker, show_waiting,
      "One of them");
  add_file(routes, "/v1/rejects/{number}/replay", Permission::MendRejects, replay_reject,
           "Send it again, mended in the body or as it is", kMendedLimits);
  add(routes, Method::Post, "/v1/rejects/{number}/dismiss", Permission::MendRejects, Where::Worker,
      dismiss_reject, "It is of no use");
  add(routes, Method::Get, "/v1/imports/{number}/rejects", Permission::ReadRejects, Where::Watch, list_rows,
      "Rows of a file that could not be used, with their reason");
}

}  // namespace handslag::app
