// SPDX-License-Identifier: Apache-2.0
#include "app/intake/import_sinks.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/language/json.h"
#include "app/language/numbers.h"
#include "app/language/swedish.h"
#include "app/language/words.h"
#include "io/runtime/interrupt.h"
#include "io/store/content_hash.h"

namespace handslag::app {
namespace {

constexpr std::uint64_t kRecordsBeforeShareCounts = 1'000;  // one wrong row of the first ten says little
constexpr std::size_t kShownInDryRun = 5;

// "line 3 [when]: the time …"; records of formats without lines by their number.
std::string describe(const format::RejectedRecord& rejected, const Terminal& terminal) {
  const std::string place = rejected.line > 0
                                ? fmt::format("{} {}", terminal.say("line", "rad"), rejected.line)
                                : fmt::format("{} {}", terminal.say("record", "post"), rejected.record);
  const std::string column = rejected.column.empty() ? "" : " [" + rejected.column + "]";
  return place + column + ": " + in_language(rejected.reason, terminal.language);
}

bool is_refused(store::Added added) {
  return added == store::Added::Conflict || added == store::Added::Refused;
}

// Of one record's events, the first that says something else under an id of an earlier one.
const model::Event* find_conflict(std::span<const model::Event> events) {
  for (std::size_t i = 1; i < events.size(); ++i) {
    for (std::size_t earlier = 0; earlier < i && !events[i].id.empty(); ++earlier) {
      const bool is_same_id =
          events[i].id == events[earlier].id && events[i].source == events[earlier].source;
      if (is_same_id && store::content_hash(events[i]) != store::content_hash(events[earlier]))
        return &events[i];
    }
  }
  return nullptr;
}

}  // namespace

CountingSink::CountingSink(const SinkSetting& setting, std::uint64_t file_bytes)
    : setting_(setting),
      file_bytes_(file_bytes),
      progress_(setting.terminal, setting.terminal.say("events", "händelser")) {}

Status CountingSink::progress(std::uint64_t bytes_read) {
  if (runtime::interrupted()) {
    return unavailable(std::string(
        setting_.terminal.say("stopped; nothing of this file was stored. Import it again when you like.",
                              "avbrutet; inget av filen lagrades. Importera den igen när du vill.")));
  }
  progress_.show(events_, bytes_read, file_bytes_);
  return {};
}

Status CountingSink::reject(const format::RejectedRecord& rejected) {
  ++rejected_;
  if (first_rejected_.empty()) first_rejected_ = describe(rejected, setting_.terminal);
  return require_usable(events_ + rejected_ >= kRecordsBeforeShareCounts);
}

Status CountingSink::require_usable(bool is_time_to_say) const {
  const double share =
      static_cast<double>(rejected_) / static_cast<double>(std::max<std::uint64_t>(1, events_ + rejected_));
  if (!is_time_to_say || share <= setting_.most_rejected) return {};
  const Terminal& terminal = setting_.terminal;
  const bool has_end = first_rejected_.ends_with('.') || first_rejected_.ends_with('?');
  return invalid(fmt::format(
      fmt::runtime(
          terminal.say("{} of {} cannot be used, more than --most-rejected {}; nothing of the file was "
                       "stored. The first: {}{} --dry-run shows more.",
                       "{} av {} går inte att använda, mer än --most-rejected {}; inget av filen "
                       "lagrades. Den första: {}{} --dry-run visar fler.")),
      count_text(rejected_, terminal.language), counted(events_ + rejected_, kRecords, terminal.language),
      setting_.most_rejected, first_rejected_, has_end ? "" : "."));
}

Status CountingSink::event_on_line(const model::Event& event, std::uint64_t line) {
  if (!setting_.has_several) return take({&event, 1}, line);
  if (record_.is_next_record(event)) HANDSLAG_CHECK_STATUS(take_record());
  record_.add(event, line);
  return {};
}

Status CountingSink::take_record() {
  Status taken = take(record_.events(), record_.line());
  record_.clear();
  return taken;
}

Status CountingSink::take(std::span<const model::Event> events, std::uint64_t line) {
  if (const model::Event* conflict = find_conflict(events))
    return refuse(*conflict, line, store::conflict_text(*conflict));
  for (const model::Event& event : events) {
    if (events.size() == 1) break;
    HANDSLAG_TRY(what, check(event));
    if (is_refused(what)) return refuse(event, line, refusal());
  }
  for (const model::Event& event : events) {
    HANDSLAG_TRY(what, add(event));
    if (is_refused(what)) return refuse(event, line, refusal());
    ++events_;
  }
  return {};
}

Status CountingSink::refuse(const model::Event& event, std::uint64_t line, const std::string& reason) {
  format::RejectedRecord rejected;
  rejected.record = event.record;
  rejected.line = line;
  rejected.column = "id";
  rejected.reason = reason;
  rejected.raw = event.id;
  return reject(rejected);
}

Status StoringSink::reject(const format::RejectedRecord& rejected) {
  HANDSLAG_CHECK_STATUS(
      writer_.reject({rejected.line, rejected.record, rejected.column, rejected.reason, rejected.raw}));
  return CountingSink::reject(rejected);
}

Status DryRunSink::reject(const format::RejectedRecord& rejected) {
  if (this->rejected() < kShownInDryRun) {
    *setting_.terminal.out << setting_.terminal.say("rejected, ", "förkastad, ")
                           << describe(rejected, setting_.terminal) << '\n';
  }
  return CountingSink::reject(rejected);
}

Result<store::Added> DryRunSink::add(const model::Event& event) {
  HANDSLAG_TRY(added, rehearsal_.add(event));
  duplicates_ += added == store::Added::Duplicate ? 1 : 0;
  if (added == store::Added::Added && shown_++ < kShownInDryRun) {
    *setting_.terminal.out << event_json(event).dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
  }
  return added;
}

}  // namespace handslag::app
