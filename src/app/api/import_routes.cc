// SPDX-License-Identifier: Apache-2.0
// A file in one request: POST /v1/imports. Read like an import, by a map that lies on the server, and taken
// in like live events, so that a 2xx says that they are on disk. Ids are those of an import, so a file that
// is sent again, or was imported before, counts once.
#include <fmt/format.h>

#include <algorithm>

#include "app/access/audit_entry.h"
#include "app/api/hooks.h"
#include "app/api/routes.h"
#include "app/api/services.h"
#include "io/format/read_events.h"
#include "io/http/rate_limit.h"
#include "io/runtime/digest.h"
#include "io/runtime/file.h"
#include "io/store/event_log.h"

namespace handslag::app {
namespace {

constexpr http::BodyLimits kFileLimits{16 << 20, 64 << 20};
constexpr std::uint64_t kInflatedBytes = 64 << 20;  // of a file that is gzip itself
constexpr std::size_t kMostEvents = 200'000;
constexpr std::size_t kImportedAtOnce = 5'000;
constexpr std::size_t kImportMapBytes = 1 << 20;
constexpr double kMostRejected = 0.1;  // as `import` has it
constexpr std::size_t kTold = 100;

struct Upload {
  std::string name, source;
  bool is_source_fixed = false;
  std::optional<format::Map> map;
  store::ImportHeader header;  // for ids
};

class Collector final : public format::EventSink {
 public:
  explicit Collector(const Upload& upload) : upload_(upload) {}

  Status event(const model::Event& event) override {
    if (events.size() == kMostEvents)
      return over_limit(
          fmt::format("more than {} events in one request; handslag import --server sends a file of any size",
                      kMostEvents));
    if (upload_.is_source_fixed && event.source != upload_.source)
      return reject({0, event.record, "source", "this key does not speak for the source", {}});
    model::Event& kept = events.emplace_back(event);
    if (kept.id.empty()) kept.id = store::derived_id(upload_.header, event.record, event.part);
    if (!kept.known) kept.known = kept.time;
    return {};
  }
  Status reject(const format::RejectedRecord& rejected) override {
    ++rejected_count;
    if (rejects.size() < kMostEvents) rejects.push_back(rejected);
    return {};
  }
  Status progress(std::uint64_t) override { return {}; }

  std::vector<model::Event> events;
  std::vector<format::RejectedRecord> rejects;
  std::uint64_t rejected_count = 0;

 private:
  const Upload& upload_;
};

bool is_map_name(std::string_view name) {
  return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

Status read_map(const Call& call, Upload& upload) {
  const std::string name(call.parameter("map"));
  if (name.empty()) return {};
  if (!is_map_name(name)) return invalid("\"map\" is a name of small letters, digits, - and _");
  const std::string path = fmt::format("{}/settings/maps/{}.toml", call.services->directory.path(), name);
  auto text = runtime::read_small_file(path, kImportMapBytes);
  if (!text.ok() && text.error().code == ErrorCode::NotFound)
    return not_found(fmt::format("there is no map \"{0}\"; put it at settings/maps/{0}.toml", name));
  if (!text.ok()) return text.error();
  HANDSLAG_TRY(map, format::parse_map(*text, name + ".toml"));
  upload.map = std::move(map);
  upload.header.map_digest = runtime::digest_of_text(*text);
  return {};
}

Result<Upload> read_upload(const Call& call) {
  Upload upload;
  upload.name = std::string(call.parameter("name").empty() ? "upload" : call.parameter("name"));
  if (upload.name.size() > 200) return invalid("\"name\" is longer than 200 bytes");
  HANDSLAG_CHECK_STATUS(read_map(call, upload));
  upload.header.digest = runtime::digest_of_text(call.request.body);
  upload.is_source_fixed = call.caller.kind == Caller::Kind::Key;
  upload.source = upload.is_source_fixed ? call.caller.source : std::string(call.parameter("source"));
  if (upload.source.empty() && upload.map) upload.source = upload.map->source;
  if (upload.source.empty()) upload.source = upload.name.substr(0, upload.name.find('.'));
  return upload;
}

Result<format::ReadSummary> read_into(Collector& collector, const Call& call, const Upload& upload) {
  format::ReadRequest request;
  request.path = upload.name;
  request.map = upload.map ? &*upload.map : nullptr;
  request.source = upload.source;
  request.zone = std::string(call.parameter("zone"));
  request.zones = call.services->hooks.zones;
  request.limits.inflate.inflated_bytes = kInflatedBytes;
  return format::read_events_from(call.request.body, request, collector);
}

http::Response refusal(const Error& error, const Call& call, std::size_t accepted) {
  const bool is_limit = error.code == ErrorCode::Limit;
  http::Response response = http::problem_response(
      {is_limit ? 429U : 503U,
       is_limit ? "Too much at once" : "Not stored",
       fmt::format("{}. {} events were taken before; send the same file again, they count once.",
                   error.message, accepted),
       is_limit ? "/problems/limit" : "/problems/unavailable",
       {}});
  if (!is_limit) response.reason = error.message;
  const std::int64_t wait_s = is_limit ? call.services->intake.seconds_to_wait() : 10;
  if (is_limit)
    http::add_rate_limit(response, {"intake", call.services->journal.limits().queued_bytes, "content-bytes"},
                         wait_s);
  else
    response.headers.push_back({"Retry-After", std::to_string(wait_s)});
  return response;
}

Json told(const std::vector<format::RejectedRecord>& rejects) {
  Json list = Json::array();
  for (const format::RejectedRecord& it : rejects) {
    if (list.size() == kTold) break;
    Json entry{{"record", it.record}, {"column", it.column}, {"detail", it.reason}};
    if (it.line > 0) entry["line"] = it.line;
    list.push_back(std::move(entry));
  }
  return list;
}

http::Response too_many_rejected(const Collector& collected) {
  http::Problem problem{422,
                        "Too much of the file cannot be used",
                        "Nothing of it was taken. Is it the right map?",
                        "/problems/events",
                        {}};
  for (const format::RejectedRecord& it : collected.rejects) {
    if (problem.parts.size() == kTold) break;
    problem.parts.push_back(
        {fmt::format("/{}{}{}", it.record, it.column.empty() ? "" : "/", it.column), it.reason});
  }
  return http::problem_response(problem);
}

Result<http::Response> take_file(Call& call) {
  HANDSLAG_TRY(upload, read_upload(call));
  Collector collected(upload);
  HANDSLAG_TRY(summary, read_into(collected, call, upload));
  const double all = static_cast<double>(collected.events.size() + collected.rejected_count);
  if (static_cast<double>(collected.rejected_count) > kMostRejected * all)
    return too_many_rejected(collected);
  Json answer{{"name", upload.name},
              {"format", summary.format},
              {"accepted", collected.events.size()},
              {"rejected", collected.rejected_count},
              {"without_event", summary.unused},
              {"errors", told(collected.rejects)},
              {"position", call.services->journal.state().last_position}};
  HANDSLAG_CHECK_STATUS(call.services->access.trail->note(
      entry_by(call.caller, store::AuditVerb::FileImported, upload.source,
               Json{{"events", collected.events.size()}, {"rejected", collected.rejected_count}}.dump())));
  std::size_t accepted = 0;
  for (format::WireEvents batch; accepted < collected.events.size() || !collected.rejects.empty();
       batch = {}) {
    batch.file = upload.header.digest;
    const auto first = collected.events.begin() + static_cast<std::ptrdiff_t>(accepted);
    const std::size_t count = std::min(kImportedAtOnce, collected.events.size() - accepted);
    batch.events.assign(std::make_move_iterator(first),
                        std::make_move_iterator(first + static_cast<std::ptrdiff_t>(count)));
    const std::size_t rejects = std::min(kImportedAtOnce, collected.rejects.size());
    batch.rejected.assign(collected.rejects.end() - static_cast<std::ptrdiff_t>(rejects),
                          collected.rejects.end());
    collected.rejects.resize(collected.rejects.size() - rejects);
    auto receipt = call.services->intake.accept_and_wait("import", upload.source, std::move(batch),
                                                         call.request.received);
    if (!receipt.ok()) return refusal(receipt.error(), call, accepted);
    accepted += count;
    answer["position"] = receipt->position;
  }
  return json_response(answer);
}

}  // namespace

void add_import_routes(std::vector<Route>& routes) {
  add_file(routes, "/v1/imports", Permission::ImportFiles, take_file,
           "A file of events, read by a map that lies on the server", kFileLimits);
}

}  // namespace handslag::app
