// SPDX-License-Identifier: Apache-2.0
#include "io/format/read_events.h"

#include "io/format/csv.h"
#include "io/format/json.h"
#include "io/format/parquet.h"
#include "io/format/xes.h"
#include "io/runtime/file.h"

namespace handslag::format {
namespace {

// Why: a separator and an encoding are found out from this much; a first å may come late.
constexpr std::size_t kHeadBytes = 1 << 20;

enum class Kind : std::uint8_t { Csv, Json, Xes, Parquet };

bool ends_with(std::string_view name, std::string_view ending) {
  if (name.ends_with(".gz")) name.remove_suffix(3);
  return name.ends_with(ending);
}

// By the map, else by the first bytes, which cannot be mistaken but for CSV's.
Result<Kind> find_kind(const ReadRequest& request, std::string_view head) {
  const std::string kind = request.map != nullptr ? request.map->format.kind : "";
  if (kind == "csv") return Kind::Csv;
  if (kind == "json") return Kind::Json;
  if (kind == "xes") return Kind::Xes;
  if (kind == "parquet" || head.starts_with("PAR1")) return Kind::Parquet;
  if (head.starts_with("PK\x03\x04") || head.starts_with("\xD0\xCF\x11\xE0")) {
    return invalid("looks like a spreadsheet or a zip file; save it as CSV (or unpack it) and import that");
  }
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  const std::size_t first = head.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return ends_with(request.path, ".xes") ? Kind::Xes : Kind::Csv;
  if (head[first] == '<') return Kind::Xes;
  const bool is_table = ends_with(request.path, ".csv") || ends_with(request.path, ".tsv");
  if ((head[first] == '{' || head[first] == '[') && !is_table) return Kind::Json;
  const bool is_json = ends_with(request.path, ".json") || ends_with(request.path, ".jsonl") ||
                       ends_with(request.path, ".ndjson");
  return is_json ? Kind::Json : Kind::Csv;
}

Status read_stream(Kind kind, runtime::Peeked peeked, const ReadRequest& request, ReadOutput& output) {
  const TableSetting setting{request.source, request.zone, request.zones, request.rows};
  switch (kind) {
    case Kind::Csv:
      output.summary().format = "csv";
      return read_csv(std::move(peeked), request.map, setting, request.limits, output);
    case Kind::Json:
      output.summary().format = "json";
      return read_json(*peeked.source, request.map, setting, request.limits, output);
    default:
      output.summary().format = "xes";
      return read_xes(std::move(peeked), request.map != nullptr ? *request.map : xes_map(), setting,
                      request.limits, output);
  }
}

Result<runtime::Peeked> inflate(runtime::Peeked peeked, const Limits& limits) {
  auto inflated = runtime::inflate_gzip(std::move(peeked.source), limits.inflate);
  HANDSLAG_TRY(inner, runtime::peek(std::move(inflated), kHeadBytes));
  if (!runtime::is_gzip(inner.head)) return inner;
  return invalid("is gzip inside gzip; unpack it once");
}

// `is_file`: request.path can be opened by others.
Status read_source(std::unique_ptr<runtime::ByteSource> source, bool is_file, const ReadRequest& request,
                   ReadOutput& output) {
  HANDSLAG_TRY(peeked, runtime::peek(reporting(std::move(source), output), kHeadBytes));
  if (runtime::is_gzip(peeked.head)) {
    HANDSLAG_TRY(inflated, inflate(std::move(peeked), request.limits));
    peeked = std::move(inflated);
    is_file = false;
  }
  HANDSLAG_TRY(kind, find_kind(request, peeked.head));
  if (kind != Kind::Parquet) return read_stream(kind, std::move(peeked), request, output);
  if (!is_file) return invalid("is Parquet inside gzip; unpack it");
  if (request.map == nullptr)
    return invalid("a Parquet file needs a map that says which columns make an event (--map)");
  output.summary().format = "parquet";
  return read_parquet(request.path, *request.map, {request.source, request.zone, request.zones, request.rows},
                      request.limits, output);
}

class NoEvents final : public EventSink {
 public:
  Status event(const model::Event& /*event*/) override { return {}; }
  Status reject(const RejectedRecord& /*rejected*/) override { return {}; }
  Status progress(std::uint64_t /*bytes_read*/) override { return {}; }
};

Result<ReadSummary> finish(Status status, const ReadRequest& request, ReadOutput& output) {
  if (status.ok()) return std::move(output.summary());
  if (is_stop(status.error())) {
    output.summary().is_whole = false;
    return std::move(output.summary());
  }
  Error error = std::move(status).error();
  return error.message.starts_with(request.path) ? std::move(error) : std::move(error).in(request.path);
}

}  // namespace

Result<ReadSummary> read_events(const ReadRequest& request, EventSink& sink) {
  ReadOutput output(sink);
  auto file = runtime::open_file(request.path);
  if (!file.ok()) return std::move(file).error();
  return finish(read_source(std::move(*file), true, request, output), request, output);
}

Result<ReadSummary> read_rows(ReadRequest request, RowSink& rows) {
  static const Map kPlain;
  if (request.map == nullptr) request.map = &kPlain;
  request.rows = &rows;
  NoEvents none;
  return read_events(request, none);
}

Result<ReadSummary> read_events_from(std::string_view bytes, const ReadRequest& request, EventSink& sink) {
  ReadOutput output(sink);
  return finish(read_source(runtime::bytes_source(bytes), false, request, output), request, output);
}

}  // namespace handslag::format
