// SPDX-License-Identifier: Apache-2.0
#include "app/intake/look_at_file.h"

#include <map>
#include <unordered_set>
#include <vector>

#include "app/language/swedish.h"
#include "io/format/read_output.h"

namespace handslag::app {
namespace {

constexpr std::size_t kShownColumns = 200;
constexpr std::size_t kShownSamples = 6;
constexpr std::size_t kSampleBytes = 120;
constexpr std::size_t kShownEvents = 12;
constexpr std::size_t kShownRejects = 20;
constexpr std::size_t kShownTypes = 200;

std::string_view kind_name(format::TableCell::Kind kind) {
  using Kind = format::TableCell::Kind;
  switch (kind) {
    case Kind::Number:
      return "number";
    case Kind::Boolean:
      return "boolean";
    case Kind::Instant:
      return "instant";
    case Kind::Date:
      return "date";
    case Kind::LocalTime:
      return "local_time";
    default:
      return "text";
  }
}

struct ColumnLook {
  std::string_view kind;
  std::uint64_t filled = 0;
  std::unordered_set<std::string> distinct;
  std::vector<std::string> samples;
};

class Looker final : public format::RowSink {
 public:
  Status row(std::span<const std::string> columns, std::span<const format::TableCell> cells) override {
    if (records_ == kLookedAtRecords) return format::stop_reading();
    ++records_;
    for (std::size_t i = names_.size(); i < columns.size() && i < kShownColumns; ++i) {
      names_.push_back(columns[i]);
      looks_.emplace_back();
    }
    for (std::size_t i = 0; i < cells.size() && i < looks_.size(); ++i) see(cells[i], looks_[i]);
    return {};
  }

  Json json() const {
    Json list = Json::array();
    for (std::size_t i = 0; i < names_.size(); ++i) {
      list.push_back({{"name", names_[i]},
                      {"kind", looks_[i].kind.empty() ? "text" : looks_[i].kind},
                      {"filled", looks_[i].filled},
                      {"distinct", looks_[i].distinct.size()},
                      {"samples", looks_[i].samples}});
    }
    return list;
  }

 private:
  void see(const format::TableCell& cell, ColumnLook& look) {
    std::string_view text = format::text_of(cell, scratch_);
    if (cell.kind == format::TableCell::Kind::Missing || text.empty()) return;
    ++look.filled;
    if (look.kind.empty()) look.kind = kind_name(cell.kind);
    const auto [at, is_new] = look.distinct.emplace(format::cut_text(text, kSampleBytes));
    if (is_new && look.samples.size() < kShownSamples) look.samples.push_back(*at);
  }

  std::uint64_t records_ = 0;
  std::vector<std::string> names_;
  std::vector<ColumnLook> looks_;
  std::string scratch_;
};

class Trial final : public format::EventSink {
 public:
  Trial(Language language, bool shows_raw) : language_(language), shows_raw_(shows_raw) {}

  Status event(const model::Event& event) override {
    if (event.record > kTriedRecords) return format::stop_reading();
    if (first_.size() < kShownEvents) first_.push_back(event_json(event));
    if (types_.size() < kShownTypes || types_.contains(event.type)) ++types_[event.type];
    if (event.subject.empty()) ++without_customer_;
    if (!event.subject.empty())
      customers_.insert(event.subject.front().type + '\n' + event.subject.front().value);
    return {};
  }
  Status reject(const format::RejectedRecord& it) override {
    if (it.record > kTriedRecords) return format::stop_reading();
    if (rejects_.size() == kShownRejects) return {};
    Json entry{{"line", it.line},
               {"record", it.record},
               {"column", it.column},
               {"reason", in_language(it.reason, language_)}};
    if (shows_raw_) entry["raw"] = it.raw;
    rejects_.push_back(std::move(entry));
    return {};
  }
  Status progress(std::uint64_t /*bytes_read*/) override { return {}; }

  Json json(const format::ReadSummary& summary) {
    Json types = Json::array();
    for (const auto& [type, events] : types_) types.push_back({{"type", type}, {"events", events}});
    return {{"format", summary.format},
            {"records", summary.records},
            {"whole", summary.is_whole},
            {"events", summary.events},
            {"rejected", summary.rejected},
            {"without_event", summary.unused},
            {"customers", customers_.size()},
            {"without_customer", without_customer_},
            {"first_time", time_json(summary.first_time)},
            {"last_time", time_json(summary.last_time)},
            {"types", std::move(types)},
            {"first", std::move(first_)},
            {"rejects", std::move(rejects_)},
            {"warnings", warnings_json(summary, language_)}};
  }

 private:
  const Language language_;
  const bool shows_raw_;
  Json first_ = Json::array(), rejects_ = Json::array();
  std::map<std::string, std::uint64_t> types_;
  std::unordered_set<std::string> customers_;
  std::uint64_t without_customer_ = 0;
};

}  // namespace

Json warnings_json(const format::ReadSummary& summary, Language language) {
  Json list = Json::array();
  for (const format::Warning& it : summary.warnings) {
    list.push_back({{"text", in_language(format::warning_text(it.kind), language)},
                    {"count", it.count},
                    {"first_line", it.first_line},
                    {"detail", it.detail}});
  }
  return list;
}

Result<Json> look_at_file(const format::ReadRequest& request) {
  Looker looker;
  HANDSLAG_TRY(summary, format::read_rows(request, looker));
  return Json{{"format", summary.format},
              {"records", summary.is_whole ? summary.records - summary.rejected : kLookedAtRecords},
              {"whole", summary.is_whole},
              {"columns", looker.json()}};
}

Result<Json> try_file(const format::ReadRequest& request, Language language, bool shows_raw) {
  Trial trial(language, shows_raw);
  HANDSLAG_TRY(summary, format::read_events(request, trial));
  return trial.json(summary);
}

}  // namespace handslag::app
