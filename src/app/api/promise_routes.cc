// SPDX-License-Identifier: Apache-2.0
// Promises over the API: list, read, check, back-test, publish, withdraw; and what became of them: gap,
// instances, revisions. Gap and instances come from what the live system has told; what a draft would change,
// in a back-test or a publication, is evaluated the batch way on a worker, over a log that holds all that was
// accepted.
#include <fmt/format.h>

#include <algorithm>

#include "app/api/gap_question.h"
#include "app/api/instances_question.h"
#include "app/api/looks.h"
#include "app/api/routes.h"
#include "app/api/services.h"
#include "app/api/whole_log.h"
#include "app/backtest/backtest.h"
#include "app/backtest/difference.h"
#include "app/explain/explain.h"
#include "app/gaps/gap_json.h"
#include "app/gaps/measure.h"
#include "app/promises/time_names.h"
#include "app/promises/version_json.h"
#include "app/settings/settings.h"
#include "pure/promise/format.h"
#include "pure/promise/parse.h"

namespace handslag::app {
namespace {

constexpr http::BodyLimits kTextLimits{2 << 20, 4 << 20};

std::vector<std::string> parameters(const Call& call, std::string_view name) {
  std::vector<std::string> values;
  for (const http::Parameter& it : call.request.query)
    if (it.name == name && !it.value.empty()) values.push_back(it.value);
  return values;
}

Result<http::Response> gap(Call& call) {
  GapOptions options;
  HANDSLAG_TRY(from, time_parameter(call, "from"));
  HANDSLAG_TRY(to, time_parameter(call, "to"));
  HANDSLAG_TRY(each, period_asked(call.parameter("each")));
  options.from = from;
  options.to = to;
  options.each = each;
  options.by = parameters(call, "by");
  options.json = true;
  http::Response response;
  HANDSLAG_CHECK_STATUS(with_gap(*call.services, options, call.parameter("promise"), UnknownNames::Show,
                                 [&](const GapReport& report) {
                                   response = json_response(gap_json(report));
                                   return Status();
                                 }));
  return response;
}

Result<http::Response> instances(Call& call) {
  ExplainOptions options;
  options.promise = call.path[0];
  options.customer = std::string(call.parameter("customer"));
  if (const std::string_view verdict = call.parameter("verdict"); !verdict.empty()) {
    options.verdict = model::verdict_from_name(verdict);
    if (!options.verdict)
      return invalid("\"verdict\" must be pending, overdue, kept, late, broken, void or unknown");
  }
  HANDSLAG_TRY(limit, number_parameter(call, "limit", 50, 1, 1000));
  options.limit = limit;
  const auto unknown = [&](const PromiseSet&) { return no_such_promise(options.promise); };
  Json list;
  HANDSLAG_TRY(refusal, with_instances(call, options, options.limit, unknown,
                                       [&](const ExplainedInstances& explained) -> Status {
                                         HANDSLAG_TRY(json,
                                                      explain_json(call.services->directory.log(), explained,
                                                                   options, language_of(call)));
                                         list = std::move(json);
                                         return {};
                                       }));
  if (refusal) return std::move(*refusal);
  return json_response({{"instances", std::move(list)}});
}

// ---- texts

Json diagnostics_json(const promise::Parsed& parsed, std::string_view text, Language language) {
  Json list = Json::array();
  for (const promise::Diagnostic& it : parsed.diagnostics) {
    const promise::LineColumn from = promise::place_of(text, it.span.from);
    const promise::LineColumn to = promise::place_of(text, it.span.from + it.span.size);
    list.push_back({{"severity", it.severity == promise::Severity::Error ? "error" : "warning"},
                    {"code", promise::diagnostic_name(it.code)},
                    {"message", promise::message(it, language)},
                    {"suggestion", it.suggestion.empty() ? Json() : Json(it.suggestion)},
                    {"from", {{"line", from.line}, {"column", from.column}}},
                    {"to", {{"line", to.line}, {"column", to.column}}}});
  }
  return list;
}

Result<std::string> promise_text(const Json& body) {
  if (!body.contains("text") || !body["text"].is_string())
    return invalid("\"text\" must be the promise's text").at("/text");
  return body["text"].get<std::string>();
}

Result<http::Response> check(Call& call) {
  HANDSLAG_TRY(body, json_body(call.request));
  HANDSLAG_TRY(text, promise_text(body));
  HANDSLAG_TRY(calendars, calendars_of(call.services->directory.path()));
  const promise::TimeNames names = time_names(*calendars);
  const promise::Parsed parsed = promise::parse(text, &names);
  Json json{{"ok", parsed.ok()}, {"diagnostics", diagnostics_json(parsed, text, language_of(call))}};
  if (parsed.ok()) {
    Json promises = Json::array();
    for (const promise::Promise& it : parsed.promises)
      promises.push_back(
          {{"id", it.id}, {"title", it.title}, {"text", promise::format_promise(it, parsed.spelling)}});
    json["promises"] = std::move(promises);
  }
  return json_response(json);
}

// The one promise of a body's "text". Invalid with the first error in words.
Result<promise::Promise> draft_of(const Json& body, promise::Language& spelling) {
  HANDSLAG_TRY(text, promise_text(body));
  promise::Parsed parsed = promise::parse(text);
  for (const promise::Diagnostic& it : parsed.diagnostics) {
    if (it.severity != promise::Severity::Error) continue;
    const promise::LineColumn at = promise::place_of(text, it.span.from);
    return invalid(fmt::format("line {}, column {}: {}; POST /v1/promises/check tells all", at.line,
                               at.column, promise::message(it, promise::Language::English)))
        .at("/text");
  }
  if (parsed.promises.size() != 1) return invalid("\"text\" must hold one promise").at("/text");
  spelling = parsed.spelling;
  return std::move(parsed.promises.front());
}

Result<http::Response> back_test(Call& call) {
  HANDSLAG_TRY(body, json_body(call.request));
  promise::Language spelling{};
  HANDSLAG_TRY(draft, draft_of(body, spelling));
  HANDSLAG_TRY(named, text_member(body, "against"));
  const std::string against = named.empty() ? draft.id : named;
  const Basis basis = basis_of(*call.services);
  HANDSLAG_CHECK_STATUS(basis.status);
  const bool is_new = !chosen_promises(basis, against).ok();
  if (is_new) {
    PromiseSet alone;
    alone.add(draft, 1, kFirstTime, kEndOfTime);
    HANDSLAG_TRY(evaluation, evaluate_now(*call.services, std::move(alone), basis, {}));
    const GapReport report = measure(judged_by(*evaluation), {});
    return json_response({{"draft", draft.id}, {"against", nullptr}, {"gap", gap_json(report)}});
  }
  HANDSLAG_TRY(set, draft_beside(basis.promises, draft, against));
  HANDSLAG_TRY(evaluation, evaluate_now(*call.services, std::move(set), basis, {}));
  return json_response(backtest_json(*evaluation, 100));
}

// ---- what a text may name

Json names_json(const std::vector<std::string>& names) {
  constexpr std::size_t kMostNames = 2'000;
  Json list = Json::array();
  for (std::size_t i = 0; i < names.size() && i < kMostNames; ++i) list.push_back(names[i]);
  return list;
}

Result<http::Response> vocabulary(Call& call) {
  const Basis basis = basis_of(*call.services);
  HANDSLAG_CHECK_STATUS(basis.status);
  HANDSLAG_TRY(summary, call.services->directory.log().summary());
  HANDSLAG_TRY(settings, read_settings(call.services->directory.path()));
  HANDSLAG_TRY(calendars, calendar::Calendars::create(settings.calendars));
  std::vector<std::string> types, names;
  for (const store::TypeSummary& it : summary.types) types.push_back(it.type);
  for (const std::string_view it : calendars->names()) names.emplace_back(it);
  std::vector<std::string> units;
  for (const auto& [id, unit] : settings.units) units.push_back(id);
  return json_response({{"types", names_json(types)},
                        {"keys", names_json(summary.keys)},
                        {"attributes", names_json(summary.attributes)},
                        {"units", names_json(units)},
                        {"calendars", names_json(names)}});
}

// ---- what is in force (on the watch's thread: it owns the records)

Json claims_json(const promise::Promise& promise) {
  Json list = Json::array();
  for (const promise::Claim& it : promise.claims)
    list.push_back({{"wording", it.wording}, {"at", it.at.empty() ? Json() : Json(it.at)}});
  return list;
}

Result<http::Response> promises_in_list(Call& call) {
  const PromiseSet& set = call.live->promises();
  Json list = Json::array();
  for (std::uint32_t id = 0; id < set.ids().size(); ++id) {
    const promise::Promise& newest = set.newest(id);
    const promise::Version* latest = nullptr;
    for (const promise::Version& version : set.versions())
      if (version.promise->id == newest.id) latest = &version;
    list.push_back({{"id", newest.id},
                    {"title", newest.title},
                    {"version", latest->number},
                    {"unit", newest.kept_by.empty() ? Json() : Json(newest.kept_by)},
                    {"weight", newest.weight},
                    {"claims", claims_json(newest)},
                    {"in_force", latest->to == kEndOfTime}});
  }
  return json_response({{"promises", std::move(list)}});
}

std::string etag_of(const std::vector<store::PromiseVersion>& versions) {
  const auto& last = versions.back();
  return fmt::format("\"{}{}\"", last.version, last.withdrawn_at ? "w" : "");
}

Result<http::Response> promise_with_versions(Call& call) {
  HANDSLAG_TRY(versions, call.services->directory.promises().versions(call.path[0]));
  Json list = Json::array();
  for (const auto& version : versions) list.push_back(version_json(version));
  http::Response response = json_response({{"id", call.path[0]}, {"versions", std::move(list)}});
  response.headers.push_back({"ETag", etag_of(versions)});
  return response;
}

// What the caller read is still what is there.
Status require_match(const Call& call, const std::vector<store::PromiseVersion>& versions) {
  const std::string* wanted = call.request.header("if-match");
  if (wanted == nullptr || *wanted == "*" || (!versions.empty() && *wanted == etag_of(versions))) return {};
  return {
      Error{ErrorCode::Conflict,
            "somebody has published or withdrawn since you read it; read it again (If-Match does not fit)"}};
}

// Whoever publishes for a unit changes that unit's promises alone.
Status may_change(const Call& call, const PromiseSet& in_force, const std::string& id) {
  for (const promise::Version& it : in_force.versions()) {
    if (it.promise->id == id && !may(call.caller, Permission::PublishPromises, it.promise->kept_by))
      return Error{ErrorCode::Forbidden,
                   "you may not change promises that \"" + it.promise->kept_by + "\" keeps"};
  }
  return {};
}

Error says_no_why() {
  return invalid("\"why\" must say why, for those who ask later").at("/why");
}

// What a body asks to be put in force; its version is as if nothing of that id were known.
struct Publication {
  PublicationDraft draft;
  store::PromiseVersion version;
  bool is_trial = false, has_from = false;
};

Result<Publication> publication_of(const Call& call) {
  HANDSLAG_TRY(body, json_body(call.request));
  promise::Language spelling{};
  HANDSLAG_TRY(promise, draft_of(body, spelling));
  if (!may(call.caller, Permission::PublishPromises, promise.kept_by))
    return Error{ErrorCode::Forbidden, "you may not publish promises that \"" + promise.kept_by + "\" keeps"};
  Publication publication;
  HANDSLAG_TRY(is_trial, flag_member(body, "dry_run"));
  HANDSLAG_TRY(why, text_member(body, "why"));
  HANDSLAG_TRY(from, time_member(body, "from"));
  publication.is_trial = is_trial.value_or(false);
  if (why.empty() && !publication.is_trial) return says_no_why();
  store::PromiseVersion& version = publication.version;
  version.why = std::move(why);
  version.id = promise.id;
  version.text = promise::format_promise(promise, spelling);
  version.from = from.value_or(kFirstTime);
  publication.has_from = from.has_value();
  version.published_by = call.caller.login.empty() ? call.caller.name : call.caller.login;
  publication.draft.promise = std::move(promise);
  return publication;
}

// Its versions so far, and that the caller has read them; on the watch's thread. Sets what depends on them.
Result<std::vector<store::PromiseVersion>> known_versions(const Call& call, Timestamp now,
                                                          Publication& publication) {
  auto known = call.services->directory.promises().versions(publication.version.id);
  if (!known.ok() && known.error().code != ErrorCode::NotFound) return known.error();
  std::vector<store::PromiseVersion> versions;
  if (known.ok()) versions = std::move(known).value();
  HANDSLAG_CHECK_STATUS(require_match(call, versions));
  if (!versions.empty() && !publication.has_from) publication.version.from = now;
  publication.version.published_at = now;
  publication.draft.from = publication.version.from;
  return versions;
}

Result<http::Response> put_in_force(const Call& call, Live& live, Timestamp now, Publication& publication,
                                    const Json& difference) {
  HANDSLAG_TRY(known, known_versions(call, now, publication));
  HANDSLAG_CHECK_STATUS(may_change(call, live.promises(), publication.version.id));
  HANDSLAG_CHECK_STATUS(call.services->access.trail->note(
      entry_by(call.caller, store::AuditVerb::PromisePublished, publication.version.id)));
  HANDSLAG_TRY(published, call.services->directory.promises().publish(publication.version));
  const std::uint64_t before = live.feed().last();
  HANDSLAG_CHECK_STATUS(live.reload(Cause::Definition, now));
  Json json = version_json(published);
  json["changes"] = live.feed().last() - before;
  json["difference"] = difference;
  return json_response(json, 201);
}

// A question to the live system, waited for on a worker.
Result<http::Response> on_watch(const Call& call,
                                const std::function<Result<http::Response>(Live&, Timestamp)>& answer) {
  Result<http::Response> answered = unavailable("the live system stands still; the log says why");
  call.services->watch.ask_and_wait([&](Live* live, Timestamp now) {
    if (live != nullptr) answered = answer(*live, now);
  });
  return answered;
}

// The difference first, on this worker; only then, and only where it is asked for, is anything in force.
Result<http::Response> publish(Call& call) {
  HANDSLAG_TRY(publication, publication_of(call));
  const Basis basis = basis_of(*call.services);
  HANDSLAG_CHECK_STATUS(basis.status);
  const std::string id = publication.version.id;
  HANDSLAG_CHECK_STATUS(may_change(call, basis.promises, id));
  HANDSLAG_TRY(read, on_watch(call, [&](Live&, Timestamp now) -> Result<http::Response> {
                 HANDSLAG_TRY(versions, known_versions(call, now, publication));
                 http::Response tagged = json_response({{"dry_run", true}});
                 if (!versions.empty()) tagged.headers.push_back({"ETag", etag_of(versions)});
                 return tagged;
               }));
  HANDSLAG_TRY(
      evaluation,
      evaluate_now(*call.services, before_and_after(basis.promises, {&publication.draft, 1}), basis, {}));
  HANDSLAG_CHECK_STATUS(require_time_rules(evaluation->promises, *evaluation->calendars));
  const Json difference = difference_json(*evaluation, id);
  evaluation.reset();
  if (publication.is_trial) {
    read.body = Json{{"dry_run", true}, {"difference", difference}}.dump();
    return read;
  }
  return on_watch(call, [&](Live& live, Timestamp now) {
    return put_in_force(call, live, now, publication, difference);
  });
}

Result<http::Response> withdraw(Call& call) {
  HANDSLAG_TRY(body, json_body(call.request));
  HANDSLAG_TRY(why, text_member(body, "why"));
  if (why.empty()) return says_no_why();
  auto& directory = call.services->directory;
  HANDSLAG_TRY(versions, directory.promises().versions(call.path[0]));
  HANDSLAG_CHECK_STATUS(may_change(call, call.live->promises(), call.path[0]));
  HANDSLAG_CHECK_STATUS(require_match(call, versions));
  HANDSLAG_CHECK_STATUS(call.services->access.trail->note(
      entry_by(call.caller, store::AuditVerb::PromiseWithdrawn, call.path[0])));
  HANDSLAG_TRY(withdrawn, directory.promises().withdraw(call.path[0], call.now, call.caller.login, why));
  HANDSLAG_CHECK_STATUS(call.live->reload(Cause::Definition, call.now));
  return json_response(version_json(withdrawn));
}

Result<http::Response> revisions(Call& call) {
  HANDSLAG_TRY(before, number_parameter(call, "before", 1ULL << 53U, 1, 1ULL << 53U));
  HANDSLAG_TRY(limit, number_parameter(call, "limit", 50, 1, 500));
  HANDSLAG_TRY(found,
               call.services->directory.revisions().list(
                   std::string(call.parameter("promise")), std::string(call.parameter("activation_source")),
                   std::string(call.parameter("activation_id")), before, limit));
  Json list = Json::array();
  for (const store::Revision& it : found) {
    list.push_back({{"number", it.number},
                    {"at", time_json(it.at)},
                    {"promise", it.promise},
                    {"version", it.version},
                    {"customer", it.customer},
                    {"activation", {{"source", it.activation_source}, {"id", it.activation_id}}},
                    {"before", it.old_verdict},
                    {"after", it.new_verdict},
                    {"due_before", time_json(it.old_due)},
                    {"due_after", time_json(it.new_due)},
                    {"cause", it.cause}});
  }
  return json_response({{"revisions", std::move(list)},
                        {"next_before", found.size() == limit ? Json(found.back().number) : Json()}});
}

}  // namespace

void add_promise_routes(std::vector<Route>& routes) {
  using http::Method;
  add(routes, Method::Get, "/v1/gap", Permission::ReadGap, Where::Worker, gap,
      "Promised, delivered, and the gap between");
  add(routes, Method::Get, "/v1/promises", Permission::ReadPromises, Where::Watch, promises_in_list,
      "Promises in force");
  add(routes, Method::Post, "/v1/promises", Permission::PublishPromises, Where::Worker, publish,
      "Whose verdicts a new version changes (dry_run); publish it, with the reason", kTextLimits);
  add(routes, Method::Post, "/v1/promises/check", Permission::DraftPromises, Where::Worker, check,
      "What is wrong with a text, with places for an editor", kTextLimits);
  add(routes, Method::Post, "/v1/promises/backtest", Permission::DraftPromises, Where::Worker, back_test,
      "A draft over all history beside what is in force", kTextLimits);
  add(routes, Method::Get, "/v1/promises/{id}", Permission::ReadPromises, Where::Watch, promise_with_versions,
      "All versions of a promise");
  add(routes, Method::Post, "/v1/promises/{id}/withdraw", Permission::PublishPromises, Where::Watch, withdraw,
      "It judges nothing from now on");
  add(routes, Method::Get, "/v1/promises/{id}/instances", Permission::ReadGap, Where::Worker, instances,
      "Its instances, each with its witnesses and a sentence why");
  add(routes, Method::Get, "/v1/vocabulary", Permission::DraftPromises, Where::Worker, vocabulary,
      "What a promise may name here: types, keys, attributes, units, calendars");
  add(routes, Method::Get, "/v1/revisions", Permission::ReadGap, Where::Watch, revisions,
      "Verdicts that were told and then contradicted, with the cause");
}

}  // namespace handslag::app
