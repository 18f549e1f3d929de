// SPDX-License-Identifier: Apache-2.0
// A file that somebody makes a map for in the browser: sent once, looked at, tried, imported; and what came
// in by files, with the way back out.
#include <fmt/format.h>

#include <charconv>
#include <memory>

#include "app/access/audit_entry.h"
#include "app/api/hooks.h"
#include "app/api/looks.h"
#include "app/api/routes.h"
#include "app/api/services.h"
#include "app/intake/import_whole.h"
#include "app/intake/imports.h"
#include "app/intake/look_at_file.h"
#include "app/intake/uploads.h"
#include "io/format/time_reader.h"
#include "io/runtime/digest.h"

namespace handslag::app {
namespace {

constexpr http::BodyLimits kUploadLimits{32 << 20, 64 << 20};
constexpr std::uint64_t kInflatedUpload = 256 << 20;  // of a file that is gzip itself
constexpr std::size_t kUploadMapBytes = 256 << 10;
constexpr std::size_t kMostNameBytes = 200;

// Keys are bound to a source and send files with POST /v1/imports.
Status require_person(const Call& call) {
  if (call.caller.kind == Caller::Kind::Person) return {};
  return Error{ErrorCode::Forbidden,
               "this is for people in a browser; a key sends files to POST /v1/imports"};
}

Result<std::shared_ptr<const Upload>> upload_of(const Call& call) {
  HANDSLAG_CHECK_STATUS(require_person(call));
  return call.services->uploads->find(call.path[0], call.caller.id, call.now);
}

// Errors of readers begin with the path, which is ours; people know the file by its name.
Error in_their_words(Error error, const Upload& upload) {
  for (std::size_t at; (at = error.message.find(upload.path)) != std::string::npos;)
    error.message.replace(at, upload.path.size(), upload.name);
  return error;
}

Result<http::Response> send_upload(Call& call) {
  HANDSLAG_CHECK_STATUS(require_person(call));
  const std::string name(call.parameter("name"));
  if (name.empty() || name.size() > kMostNameBytes)
    return invalid("\"name\" must be the file's name, of at most 200 bytes");
  if (call.request.body.empty()) return invalid("the file is empty");
  HANDSLAG_TRY(upload, call.services->uploads->keep(call.caller.id, name, call.request.body, call.now));
  format::ReadRequest request;
  request.path = upload->path;
  request.limits.inflate.inflated_bytes = kInflatedUpload;
  auto look = look_at_file(request);
  if (!look.ok()) {
    call.services->uploads->drop(upload->id, call.caller.id);
    return in_their_words(std::move(look).error(), *upload);
  }
  Json json{{"upload", upload->id}, {"name", name}, {"bytes", call.request.body.size()}};
  json.update(*look);
  return json_response(json, 201);
}

// How the file is to be read. Address-bound: the request points at the map.
struct FileReading {
  std::optional<format::Map> map;
  std::string map_digest;
  format::ReadRequest request;
};

Result<std::unique_ptr<FileReading>> reading_of(const Call& call, const Upload& upload, const Json& body) {
  auto reading = std::make_unique<FileReading>();
  HANDSLAG_TRY(text, text_member(body, "map"));
  if (text.size() > kUploadMapBytes) return over_limit("the map is longer than 256 KiB");
  if (!text.empty()) {
    auto map = format::parse_map(text, "map.toml");
    if (!map.ok()) return std::move(map).error().at("/map");
    reading->map = std::move(*map);
    reading->map_digest = runtime::digest_of_text(text);
    reading->request.map = &*reading->map;
  }
  HANDSLAG_TRY(source, text_member(body, "source"));
  HANDSLAG_TRY(zone, text_member(body, "zone"));
  if (source.size() > kMostNameBytes) return invalid("\"source\" is longer than 200 bytes").at("/source");
  auto known = format::choose_zone(zone, call.services->hooks.zones);
  if (!known.ok()) return std::move(known).error().at("/zone");
  if (source.empty() && reading->map) source = reading->map->source;
  if (source.empty()) source = upload.name.substr(0, upload.name.find('.'));
  reading->request.path = upload.path;
  reading->request.source = std::move(source);
  reading->request.zone = std::move(zone);
  reading->request.zones = call.services->hooks.zones;
  reading->request.limits.inflate.inflated_bytes = kInflatedUpload;
  return reading;
}

Result<http::Response> try_upload(Call& call) {
  HANDSLAG_TRY(upload, upload_of(call));
  HANDSLAG_TRY(body, json_body(call.request));
  HANDSLAG_TRY(reading, reading_of(call, *upload, body));
  auto tried = try_file(reading->request, language_of(call), may(call.caller, Permission::MendRejects));
  if (!tried.ok()) return in_their_words(std::move(tried).error(), *upload);
  return json_response(*tried);
}

Result<store::ImportHeader> header_of(const Call& call, const Upload& upload, const FileReading& reading,
                                      const Json& body) {
  store::ImportHeader header;
  header.file_name = upload.name;
  HANDSLAG_TRY(digest, runtime::digest_of_file(upload.path));
  header.digest = digest;
  header.map_digest = reading.map_digest;
  header.source = reading.request.source;
  header.started = header.now = call.now;
  HANDSLAG_TRY(complete_through, time_member(body, "complete_through"));
  HANDSLAG_TRY(history_start, time_member(body, "history_start"));
  header.complete_through = complete_through;
  header.history_start = history_start;
  return header;
}

struct Stored {
  Result<store::ImportRecord> record = unavailable("the live system stands still; the log says why");
  std::string customer;  // our own name of one who is in the file
};

// Between two pieces of the live system's work, which then loads what has come.
Stored store_file(const Call& call, const store::ImportHeader& header, const WholeFile& file,
                  ImportSteps& steps) {
  Stored stored;
  call.services->watch.ask_and_wait([&](Live* live, Timestamp now) {
    if (live == nullptr) return;
    if (Status committed = live->commit(now); !committed.ok()) {
      stored.record = std::move(committed).error();
      return;
    }
    stored.record = import_whole_file(call.services->directory.log(), header, file, steps);
    steps.step = ImportSteps::Step::Judging;
    const Status loaded = live->reload(Cause::Late, now);
    if (!loaded.ok() || !stored.record.ok() || file.example.value.empty()) return;
    const auto found = live->find(file.example, 1);
    if (!found.empty()) stored.customer = live->name(found.front());
  });
  return stored;
}

// However an import ends, no step of it is told of afterwards.
class WhileImporting {
 public:
  explicit WhileImporting(ImportSteps& steps) : steps_(steps) {}
  ~WhileImporting() { steps_.step = ImportSteps::Step::None; }
  WhileImporting(const WhileImporting&) = delete;
  WhileImporting& operator=(const WhileImporting&) = delete;

 private:
  ImportSteps& steps_;
};

Result<http::Response> import_upload(Call& call) {
  HANDSLAG_TRY(upload, upload_of(call));
  HANDSLAG_TRY(body, json_body(call.request));
  HANDSLAG_TRY(reading, reading_of(call, *upload, body));
  HANDSLAG_TRY(header, header_of(call, *upload, *reading, body));
  const WhileImporting while_importing(upload->steps);
  auto file = read_whole_file(reading->request, upload->steps);
  if (!file.ok()) return in_their_words(std::move(file).error(), *upload);
  HANDSLAG_CHECK_STATUS(call.services->access.trail->note(
      entry_by(call.caller, store::AuditVerb::FileImported, header.source)));
  const Stored stored = store_file(call, header, *file, upload->steps);
  if (!stored.record.ok()) return stored.record.error();
  call.services->uploads->drop(upload->id, call.caller.id);
  Json json = import_json(*stored.record);
  json["without_event"] = file->summary.unused;
  json["warnings"] = warnings_json(file->summary, language_of(call));
  json["customer"] = stored.customer.empty() ? Json() : Json(stored.customer);
  return json_response(json, 201);
}

Result<http::Response> show_upload(Call& call) {
  HANDSLAG_TRY(upload, upload_of(call));
  constexpr std::string_view kSteps[] = {"none", "reading", "storing", "judging"};
  const ImportSteps& steps = upload->steps;
  return json_response({{"upload", upload->id},
                        {"name", upload->name},
                        {"step", kSteps[static_cast<std::size_t>(steps.step.load())]},
                        {"read", steps.read.load()},
                        {"stored", steps.stored.load()}});
}

Result<http::Response> drop_upload(Call& call) {
  HANDSLAG_TRY(upload, upload_of(call));
  call.services->uploads->drop(upload->id, call.caller.id);
  return json_response({{"upload", upload->id}, {"dropped", true}});
}

// ---- what came in

Result<http::Response> list_files(Call& call) {
  HANDSLAG_CHECK_STATUS(require_person(call));
  HANDSLAG_TRY(all, call.services->directory.log().imports());
  Json list = Json::array();
  for (auto it = all.rbegin(); it != all.rend(); ++it) {
    constexpr std::size_t kMostImports = 500;
    if (it->header.is_live) continue;
    if (list.size() == kMostImports) break;
    list.push_back(import_json(*it));
  }
  return json_response({{"imports", std::move(list)}});
}

Result<http::Response> remove_file(Call& call) {
  HANDSLAG_CHECK_STATUS(require_person(call));
  std::uint32_t number = 0;
  const std::string& text = call.path[0];
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size())
    return not_found("there is no import " + text);
  HANDSLAG_CHECK_STATUS(
      call.services->access.trail->note(entry_by(call.caller, store::AuditVerb::ImportRemoved, text)));
  HANDSLAG_CHECK_STATUS(call.live->commit(call.now));
  HANDSLAG_TRY(out, call.services->directory.log().remove_import(number, call.now));
  HANDSLAG_CHECK_STATUS(call.live->reload(Cause::Correction, call.now));
  Json json = import_json(out.record);
  json["stayed"] = Json::array();
  for (const store::StayedEvents& events : out.stayed)
    json["stayed"].push_back({{"import", events.import}, {"events", events.events}});
  return json_response(json);
}

}  // namespace

void add_upload_routes(std::vector<Route>& routes) {
  using http::Method;
  constexpr Permission kNeeds = Permission::ImportFiles;
  add_file(routes, "/v1/uploads", kNeeds, send_upload, "A file to make a map for, with its columns",
           kUploadLimits);
  add(routes, Method::Post, "/v1/uploads/{upload}/try", kNeeds, Where::Worker, try_upload,
      "What a map would make of it; nothing is stored");
  add(routes, Method::Post, "/v1/uploads/{upload}/import", kNeeds, Where::Worker, import_upload,
      "Into the log, all of it or nothing");
  add(routes, Method::Get, "/v1/uploads/{upload}", kNeeds, Where::Server, show_upload,
      "How far its import is");
  add(routes, Method::Delete, "/v1/uploads/{upload}", kNeeds, Where::Worker, drop_upload,
      "The file goes at once, not in an hour");
  add(routes, Method::Get, "/v1/imports", kNeeds, Where::Watch, list_files, "What came in by files");
  add(routes, Method::Delete, "/v1/imports/{number}", kNeeds, Where::Watch, remove_file,
      "Takes a file's events back out");
}

}  // namespace handslag::app
