// SPDX-License-Identifier: Apache-2.0
#include "app/intake/import_files.h"

#include <fmt/format.h>

#include <filesystem>

#include "app/evaluate/evaluation.h"
#include "app/intake/progress.h"
#include "app/intake/read_ahead.h"
#include "app/language/json.h"
#include "app/language/numbers.h"
#include "io/format/read_events.h"
#include "io/runtime/digest.h"
#include "io/runtime/file.h"
#include "io/runtime/interrupt.h"

namespace handslag::app {
namespace {

constexpr std::uint64_t kRecordsBeforeShareCounts = 1'000;  // one wrong row of the first ten says little
constexpr std::size_t kShownInDryRun = 5;
constexpr std::size_t kMapBytes = 1 << 20;

/// What all files of one command share.
struct Intake {
  const Session& session;
  const ImportOptions& options;
  std::optional<format::Map> map;
  std::string map_digest;
  std::unique_ptr<calendar::Calendars> calendars;
};

// The zones of pure/calendar as readers of files know them.
class Zones final : public model::LocalTimesSource {
 public:
  explicit Zones(const calendar::Calendars& calendars) : calendars_(calendars) {}
  const model::LocalTimes* find(std::string_view zone) const override {
    const auto found = calendars_.zone(zone);
    return found.ok() ? *found : nullptr;
  }

 private:
  const calendar::Calendars& calendars_;
};

// "line 3 [when]: the time …"; records of formats without lines by their number.
std::string describe(const format::RejectedRecord& rejected) {
  const std::string place =
      rejected.line > 0 ? fmt::format("line {}", rejected.line) : fmt::format("record {}", rejected.record);
  const std::string column = rejected.column.empty() ? "" : " [" + rejected.column + "]";
  return place + column + ": " + rejected.reason;
}

// Counts what comes, shows how far it is, and stops where too much of a file cannot be used or somebody says
// stop.
class CountingSink : public format::EventSink {
 public:
  CountingSink(const Intake& intake, std::uint64_t file_bytes)
      : intake_(intake),
        file_bytes_(file_bytes),
        progress_(intake.session.terminal, intake.session.terminal.say("events", "händelser")) {}

  Status progress(std::uint64_t bytes_read) override {
    if (runtime::interrupted()) {
      return unavailable(std::string(intake_.session.terminal.say(
          "stopped; nothing of this file was stored. Import it again when you like.",
          "avbrutet; inget av filen lagrades. Importera den igen när du vill.")));
    }
    progress_.show(events_, bytes_read, file_bytes_);
    return {};
  }

  Status reject(const format::RejectedRecord& rejected) override {
    ++rejected_;
    if (first_rejected_.empty()) first_rejected_ = describe(rejected);
    return require_usable(events_ + rejected_ >= kRecordsBeforeShareCounts);
  }

  /// Too many rejected? Asked while reading once there are enough records to say, and at the end.
  Status require_usable(bool is_time_to_say) const {
    const double share =
        static_cast<double>(rejected_) / static_cast<double>(std::max<std::uint64_t>(1, events_ + rejected_));
    if (!is_time_to_say || intake_.options.dry_run || share <= intake_.options.most_rejected) return {};
    return invalid(fmt::format(
        "{} of {} records cannot be used, more than --most-rejected {}; nothing of the file was stored. "
        "The first: {}. --dry-run shows more.",
        rejected_, events_ + rejected_, intake_.options.most_rejected, first_rejected_));
  }

  void done() { progress_.done(); }
  std::uint64_t rejected() const { return rejected_; }

 protected:
  const Intake& intake_;
  std::uint64_t events_ = 0, rejected_ = 0;

 private:
  std::uint64_t file_bytes_;
  Progress progress_;
  std::string first_rejected_;
};

class StoringSink final : public CountingSink {
 public:
  StoringSink(const Intake& intake, std::uint64_t file_bytes, store::ImportWriter& writer)
      : CountingSink(intake, file_bytes), writer_(writer) {}

  Status event(const model::Event& event) override { return event_on_line(event, 0); }
  Status event_on_line(const model::Event& event, std::uint64_t line) override {
    HANDSLAG_TRY(added, writer_.add(event));
    if (added == store::Added::Added || added == store::Added::Duplicate) {
      ++events_;
      return {};
    }
    format::RejectedRecord rejected;
    rejected.record = event.record;
    rejected.line = line;
    rejected.column = "id";
    rejected.reason = writer_.refusal();
    rejected.raw = event.id;
    return reject(rejected);
  }

  Status reject(const format::RejectedRecord& rejected) override {
    HANDSLAG_CHECK_STATUS(
        writer_.reject({rejected.line, rejected.record, rejected.column, rejected.reason, rejected.raw}));
    return CountingSink::reject(rejected);
  }

 private:
  store::ImportWriter& writer_;
};

class DryRunSink final : public CountingSink {
 public:
  using CountingSink::CountingSink;

  Status event(const model::Event& event) override {
    if (events_++ < kShownInDryRun)
      *intake_.session.terminal.out << event_json(event).dump(2, ' ', false, Json::error_handler_t::replace)
                                    << '\n';
    return {};
  }

  Status reject(const format::RejectedRecord& rejected) override {
    if (rejected_ < kShownInDryRun) {
      *intake_.session.terminal.out << intake_.session.terminal.say("rejected, ", "förkastad, ")
                                    << describe(rejected) << '\n';
    }
    return CountingSink::reject(rejected);
  }
};

std::string source_of(const Intake& intake, const std::string& path) {
  if (!intake.options.source.empty()) return intake.options.source;
  if (intake.map && !intake.map->source.empty()) return intake.map->source;
  const std::string name = std::filesystem::path(path).filename().string();
  return name.substr(0, name.find('.'));
}

format::ReadRequest request_for(const Intake& intake, const std::string& path,
                                const model::LocalTimesSource& zones) {
  format::ReadRequest request;
  request.path = path;
  request.map = intake.map ? &*intake.map : nullptr;
  request.source = source_of(intake, path);
  request.zone = intake.options.zone;
  request.zones = &zones;
  return request;
}

void print_warnings(const format::ReadSummary& summary, const Terminal& terminal) {
  for (const format::Warning& warning : summary.warnings) {
    const std::string what =
        fmt::format("  {}: {}{}", terminal.say("note", "obs"), format::warning_text(warning.kind),
                    warning.detail.empty() ? "" : " [" + warning.detail + "]");
    if (warning.first_line == 0) {
      *terminal.notes << what << '\n';
      continue;
    }
    *terminal.notes << fmt::format(
        "{} ({} {})\n", what, count_text(warning.count, terminal.language),
        fmt::format(fmt::runtime(terminal.say("times, first at line {}", "gånger, först på rad {}")),
                    warning.first_line));
  }
}

void print_stored(const std::string& path, const store::ImportRecord& record, double seconds,
                  const Terminal& terminal) {
  const Language language = terminal.language;
  *terminal.out << fmt::format(
      fmt::runtime(
          terminal.say("{}: {} events in, {} already there, {} records rejected ({}), import {}\n",
                       "{}: {} händelser in, {} fanns redan, {} poster förkastade ({}), import {}\n")),
      path, count_text(record.events, language), count_text(record.duplicates, language),
      count_text(record.rejected, language), duration_text(seconds, language), record.number);
  if (record.future_events > 0) {
    *terminal.notes << fmt::format(
        fmt::runtime(terminal.say(
            "  note: {} events are dated in the future; they move no horizon. Are their dates right?\n",
            "  obs: {} händelser är daterade i framtiden; de flyttar ingen horisont. Stämmer datumen?\n")),
        count_text(record.future_events, language));
  }
  if (record.rejected > 0) {
    *terminal.notes << fmt::format(
        fmt::runtime(terminal.say("  handslag rejects --import {} shows why.\n",
                                  "  handslag rejects --import {} visar varför.\n")),
        record.number);
  }
}

// Why: a pipe cannot be read twice, and a file is, for its digest.
Status require_regular(const std::string& path) {
  std::error_code failure;
  if (!std::filesystem::exists(path, failure) || std::filesystem::is_regular_file(path, failure)) return {};
  return invalid(path + ": is no regular file. Write what it gives to a file and import that.");
}

Status import_one(store::DataDirectory& directory, const Intake& intake, const std::string& path) {
  HANDSLAG_CHECK_STATUS(require_regular(path));
  const Zones zones(*intake.calendars);
  const Terminal& terminal = intake.session.terminal;
  HANDSLAG_TRY(bytes, runtime::file_size_bytes(path));
  HANDSLAG_TRY(digest, runtime::digest_of_file(path));
  store::ImportHeader header;
  header.file_name = path;
  header.digest = digest;
  header.map_digest = intake.map_digest;
  header.source = source_of(intake, path);
  header.started = current_time({});
  header.now = current_time(intake.session);
  header.history_start = intake.options.history_start;
  header.complete_through = intake.options.complete_through;
  HANDSLAG_TRY(earlier, directory.log().find_import(header));
  if (earlier) {
    *terminal.out << fmt::format(
        fmt::runtime(terminal.say("{}: in already, as import {}; nothing added\n",
                                  "{}: finns redan, som import {}; inget tillagt\n")),
        path, earlier->number);
    if (header.complete_through || header.history_start) {
      *terminal.notes << fmt::format(
          fmt::runtime(terminal.say("  note: what --complete-through and --history-start say is not taken; "
                                    "handslag imports remove {} first\n",
                                    "  obs: --complete-through och --history-start gäller inte; först "
                                    "handslag imports remove {}\n")),
          earlier->number);
    }
    return {};
  }
  HANDSLAG_TRY(writer, directory.log().begin_import(header));
  StoringSink sink(intake, bytes, *writer);
  HANDSLAG_TRY(summary, read_ahead(request_for(intake, path, zones), sink));
  if (Status usable = sink.require_usable(true); !usable.ok()) return std::move(usable).error().in(path);
  HANDSLAG_TRY(record, writer->commit(current_time({})));
  sink.done();
  print_stored(path, record, static_cast<double>(record.finished.us - header.started.us) / 1e6, terminal);
  if (summary.unused > 0) {
    *terminal.notes << fmt::format(
        fmt::runtime(
            terminal.say("  note: {} records give no event (no time, or left out by the map)\n",
                         "  obs: {} poster ger ingen händelse (ingen tid, eller utelämnade av kartan)\n")),
        count_text(summary.unused, terminal.language));
  }
  print_warnings(summary, terminal);
  return {};
}

Status try_one(const Intake& intake, const std::string& path) {
  HANDSLAG_CHECK_STATUS(require_regular(path));
  const Zones zones(*intake.calendars);
  const Terminal& terminal = intake.session.terminal;
  HANDSLAG_TRY(bytes, runtime::file_size_bytes(path));
  DryRunSink sink(intake, bytes);
  HANDSLAG_TRY(summary, format::read_events(request_for(intake, path, zones), sink));
  sink.done();
  *terminal.out << fmt::format(
      fmt::runtime(terminal.say(
          "{}: {}; {} records would give {} events, {} would be rejected, {} give none. Nothing was "
          "stored.\n",
          "{}: {}; {} poster skulle ge {} händelser, {} skulle förkastas, {} ger inga. Inget lagrades.\n")),
      path, summary.format, count_text(summary.records, terminal.language),
      count_text(summary.events, terminal.language), count_text(summary.rejected, terminal.language),
      count_text(summary.unused, terminal.language));
  print_warnings(summary, terminal);
  return {};
}

Result<Settings> settings_for(const Session& session) {
  std::error_code failure;
  if (session.data.empty() || !std::filesystem::exists(session.data, failure)) return Settings{};
  return read_settings(session.data);
}

Status read_map_into(Intake& intake) {
  if (intake.options.map.empty()) return {};
  HANDSLAG_TRY(text, runtime::read_small_file(intake.options.map, kMapBytes));
  HANDSLAG_TRY(map, format::parse_map(text, intake.options.map));
  intake.map = std::move(map);
  intake.map_digest = runtime::digest_of_text(text);
  return {};
}

}  // namespace

Status import_files(const Session& session, const ImportOptions& options) {
  Intake intake{session, options, std::nullopt, {}, nullptr};
  HANDSLAG_CHECK_STATUS(read_map_into(intake));
  HANDSLAG_TRY(settings, settings_for(session));
  HANDSLAG_TRY(calendars, calendar::Calendars::create(settings.calendars));
  intake.calendars = std::move(calendars);
  if (!options.zone.empty()) {
    const auto zone = intake.calendars->zone(options.zone);
    if (!zone.ok()) return zone.error();
  }
  if (options.dry_run) {
    for (const std::string& file : options.files) HANDSLAG_CHECK_STATUS(try_one(intake, file));
    return {};
  }
  HANDSLAG_TRY(directory,
               store::DataDirectory::open(session.data, store::Mode::Create, "import", current_time({})));
  runtime::watch_interrupts();
  for (std::size_t i = 0; i < options.files.size(); ++i) {
    Status done = import_one(directory, intake, options.files[i]);
    if (done.ok()) continue;
    if (i + 1 < options.files.size()) {
      *session.terminal.notes << fmt::format(
          fmt::runtime(session.terminal.say("{} file(s) after {} were not tried.\n",
                                            "{} fil(er) efter {} prövades inte.\n")),
          options.files.size() - i - 1, options.files[i]);
    }
    return done;
  }
  return {};
}

}  // namespace handslag::app
