// SPDX-License-Identifier: Apache-2.0
#include "io/format/hook.h"

#include <algorithm>

#include "base/text.h"
#include "base/url_encoding.h"
#include "io/format/json_body.h"
#include "io/format/json_table.h"
#include "io/runtime/secrets.h"

namespace handslag::format {
namespace {

// Why more than an event may have attributes: the map takes few of them.
constexpr std::size_t kColumns = 4096;

// Keeps what one row gives, whole or not at all.
class RowSink final : public EventSink {
 public:
  RowSink(const WireSetting& setting, const WireLimits& limits, std::string id_stem, WireEvents& into)
      : setting_(setting), limits_(limits), id_stem_(std::move(id_stem)), into_(into) {}

  void start_row() {
    row_begins_ = into_.events.size();
    fault_ = {};
  }
  /// False, with the fault, where the row is no good.
  bool finish_row(Fault& fault) {
    if (fault_.reason.empty()) return true;
    into_.events.resize(row_begins_);
    fault = std::move(fault_);
    return false;
  }

  Status event(const model::Event& event) override {
    if (into_.events.size() >= limits_.events) {
      return over_limit("the request gives more than " + std::to_string(limits_.events) +
                        " events; send fewer records in one");
    }
    model::Event& kept = into_.events.emplace_back(event);
    if (kept.id.empty())
      kept.id = id_stem_ + ":" + std::to_string(event.record) + "." + std::to_string(event.part);
    Fault fault;
    if (!complete_event(kept, setting_, limits_, fault) && fault_.reason.empty())
      fault_ = {"", "event " + std::to_string(event.part) + fault.column + ": " + fault.reason};
    return {};
  }
  Status reject(const RejectedRecord& rejected) override {
    fault_ = {rejected.column, rejected.reason};
    return {};
  }
  Status progress(std::uint64_t) override { return {}; }

 private:
  const WireSetting& setting_;
  const WireLimits& limits_;
  std::string id_stem_;
  WireEvents& into_;
  std::size_t row_begins_ = 0;
  Fault fault_;
};

// A column of the map that stands in no body.
struct RequestColumn {
  std::uint32_t column = 0;
  TableCell cell;
};

// "items.0.sku" as "/items/0/sku".
std::string pointer_of_column(std::string_view column) {
  std::string pointer;
  if (column.empty()) return pointer;
  for (std::string_view step : split(column, '.')) pointer += pointer_step(step);
  return pointer;
}

class HookReader {
 public:
  HookReader(const WireRequest& request, const WireSetting& setting, const WireLimits& limits,
             std::string id_stem)
      : request_(request),
        limits_(limits),
        received_(setting.received),
        sink_(setting, limits, std::move(id_stem), read_),
        output_(sink_) {}

  Status start(const Map& map, const WireSetting& setting) {
    Limits of_table = limits_.of_record();
    of_table.columns = kColumns;
    HANDSLAG_TRY(table, Table::create(map, {setting.source, "", setting.zones}, of_table, output_));
    table_ = std::move(table);
    rows_.emplace(*table_, of_table);
    if (auto query = parse_form(request_.query); query.ok()) query_ = std::move(*query);
    for (const std::string& name : std::vector<std::string>(table_->used_columns())) {
      HANDSLAG_CHECK_STATUS(add_request_column(name));
    }
    return {};
  }

  Status read_json(std::string_view body) {
    const auto use = [this](simdjson::dom::element json, RecordPlace place, Fault& fault) {
      const bool is_read = rows_->read(json, fault) && give(rows_->cells(), place, fault);
      if (!is_read) fault.column = pointer_of_column(fault.column);
      return is_read;
    };
    HANDSLAG_CHECK_STATUS(read_json_body(body, limits_, use, read_));
    return std::move(failure_);
  }

  Status read_form() {
    HANDSLAG_TRY(fields, parse_form(request_.body));
    if (fields.empty()) return invalid("the form has no field; send its fields, or JSON");
    const std::string_view only = fields.size() == 1 ? trimmed(fields[0].value) : std::string_view();
    if (only.starts_with('{') || only.starts_with('[')) return read_json(only);
    std::vector<TableCell> cells(table_->columns());
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const auto is_same = [&](const FormField& other) { return other.name == fields[i].name; };
      const auto before =
          std::count_if(fields.begin(), fields.begin() + static_cast<std::ptrdiff_t>(i), is_same);
      const std::string name = fields[i].name + (before == 0 ? "" : "." + std::to_string(before));
      HANDSLAG_TRY(column, table_->column(name));
      if (column >= cells.size()) cells.resize(column + 1U);
      cells[column] = TableCell::of_text(fields[i].value);
    }
    Fault fault;
    if (!give(cells, {1, 0}, fault)) {
      fault.column = pointer_of_column(fault.column);
      reject(read_, {1, 0}, std::move(fault), request_.body);
    }
    return std::move(failure_);
  }

  WireEvents& read() { return read_; }

 private:
  Status add_request_column(const std::string& name) {
    TableCell cell;
    if (name == "request:received") {
      cell = TableCell::of(TableCell::Kind::Instant, received_.us);
    } else if (name.starts_with("header:")) {
      const auto value = request_.header(lower_case(std::string_view(name).substr(7)));
      if (value && is_utf8(*value)) cell = TableCell::of_text(*value);
    } else if (name.starts_with("query:")) {
      for (const FormField& field : query_) {
        if (field.name == std::string_view(name).substr(6)) cell = TableCell::of_text(field.value);
      }
    } else {
      return {};
    }
    HANDSLAG_TRY(column, table_->column(name));
    request_columns_.push_back({column, cell});
    return {};
  }

  // The row and what the request says besides: a body cannot say it in its place.
  bool give(std::vector<TableCell>& cells, RecordPlace place, Fault& fault) {
    for (const RequestColumn& added : request_columns_) {
      if (added.column >= cells.size()) cells.resize(added.column + 1U);
      cells[added.column] = added.cell;
    }
    sink_.start_row();
    // Why a text for what is raw: the caller puts down the record as it came, so none is to be made up.
    if (Status given = table_->row(place, cells, "-"); !given.ok()) {
      failure_ = std::move(given);
      fault = {"", failure_.error().message};
      return false;
    }
    return sink_.finish_row(fault);
  }

  const WireRequest& request_;
  const WireLimits& limits_;
  Timestamp received_;
  WireEvents read_;
  RowSink sink_;
  ReadOutput output_;
  std::unique_ptr<Table> table_;
  std::optional<JsonTable> rows_;
  std::vector<FormField> query_;
  std::vector<RequestColumn> request_columns_;
  Status failure_;
};

std::string id_stem_of(const Hook& hook, const WireRequest& request) {
  constexpr std::size_t kMostBytes = 256;
  constexpr std::size_t kDigestDigits = 32;
  const std::string_view delivery =
      hook.delivery_header.empty() ? std::string_view() : request.header(hook.delivery_header).value_or("");
  const bool is_usable = !delivery.empty() && delivery.size() <= kMostBytes && is_utf8(delivery);
  return is_usable ? std::string(delivery) : runtime::sha256(request.body).substr(0, kDigestDigits);
}

bool is_json_body(std::string_view body) {
  if (body.starts_with("\xEF\xBB\xBF")) body.remove_prefix(3);
  const std::string_view text = trimmed(body);
  return text.starts_with('{') || text.starts_with('[');
}

}  // namespace

Result<WireEvents> read_hook(const Hook& hook, const WireRequest& request, const WireSetting& setting,
                             const WireLimits& limits) {
  HookReader reader(request, setting, limits, id_stem_of(hook, request));
  HANDSLAG_CHECK_STATUS(reader.start(hook.map, setting));
  const std::string type = lower_case(trimmed(request.header("content-type").value_or("")));
  const bool is_form = type.starts_with("application/x-www-form-urlencoded");
  if (is_form && !is_json_body(request.body)) {
    HANDSLAG_CHECK_STATUS(reader.read_form());
  } else {
    HANDSLAG_CHECK_STATUS(reader.read_json(request.body));
  }
  return std::move(reader.read());
}

}  // namespace handslag::format
