// SPDX-License-Identifier: Apache-2.0
#include "app/intake/import_files.h"

#include <fmt/format.h>

#include <filesystem>

#include "app/evaluate/evaluation.h"
#include "app/intake/import_sinks.h"
#include "app/intake/read_ahead.h"
#include "app/intake/zones.h"
#include "app/language/numbers.h"
#include "app/language/swedish.h"
#include "app/language/words.h"
#include "io/format/read_events.h"
#include "io/runtime/digest.h"
#include "io/runtime/file.h"
#include "io/runtime/interrupt.h"

namespace handslag::app {
namespace {

constexpr std::size_t kMapBytes = 1 << 20;

/// What all files of one command share.
struct Intake {
  const Session& session;
  const ImportOptions& options;
  std::optional<format::Map> map;
  std::string map_digest;
  std::unique_ptr<calendar::Calendars> calendars;
};

SinkSetting sink_setting(const Intake& intake) {
  return {intake.session.terminal, intake.options.most_rejected, intake.map && intake.map->events.size() > 1};
}

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
    const std::string what = fmt::format("  {}: {}{}", terminal.say("note", "obs"),
                                         in_language(format::warning_text(warning.kind), terminal.language),
                                         warning.detail.empty() ? "" : " [" + warning.detail + "]");
    if (warning.first_line == 0) {
      *terminal.notes << what << '\n';
      continue;
    }
    *terminal.notes << fmt::format(
        "{} ({}, {})\n", what, count_text(warning.count, terminal.language),
        fmt::format(fmt::runtime(terminal.say("times, first at line {}", "gånger, först på rad {}")),
                    warning.first_line));
  }
}

void print_stored(const std::string& path, const store::ImportRecord& record, double seconds,
                  const Terminal& terminal) {
  const Language language = terminal.language;
  const auto noun = [&](std::uint64_t count, const Noun& of) { return counted(count, of, language); };
  *terminal.out << fmt::format(
      fmt::runtime(terminal.say("{}: {} in, {} already there, {} rejected ({}), import {}\n",
                                "{}: {} in, {} fanns redan, {} förkastade ({}), import {}\n")),
      path, noun(record.events, kEvents), count_text(record.duplicates, language),
      noun(record.rejected, kRecords), duration_text(seconds, language), record.number);
  if (record.future_events > 0) {
    *terminal.notes << fmt::format(
        fmt::runtime(
            terminal.say("  note: {} dated in the future; they move no horizon. Are their dates right?\n",
                         "  obs: {} daterade i framtiden; de flyttar ingen horisont. Stämmer datumen?\n")),
        noun(record.future_events, kEvents));
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

// A file that brought nothing and says anew how far its source has come is another import: P-5. All empty
// files are alike.
Result<std::optional<store::ImportRecord>> find_earlier(store::DataDirectory& directory, std::uint64_t bytes,
                                                        store::ImportHeader& header) {
  if (bytes > 0 || !header.complete_through) {
    HANDSLAG_TRY(earlier, directory.log().find_import(header));
    const bool brought_nothing =
        earlier && earlier->events == 0 && earlier->duplicates == 0 && earlier->rejected == 0;
    if (!brought_nothing || !header.complete_through) return earlier;
  }
  header.digest = runtime::digest_of_text(
      fmt::format("{}\n{}\n{}", header.digest, header.source, format_rfc3339(*header.complete_through)));
  return directory.log().find_import(header);
}

// An empty file has no header; with --complete-through it says that nothing happened.
Result<format::ReadSummary> read_into(format::EventSink& sink, const Intake& intake, const std::string& path,
                                      const Zones& zones, std::uint64_t bytes) {
  if (bytes == 0 && intake.options.complete_through) return format::ReadSummary{};
  return read_ahead(request_for(intake, path, zones), sink);
}

// Why: a misspelt source would look as if its horizon had moved.
Status tell_of_unknown_source(store::DataDirectory& directory, const store::ImportRecord& record,
                              const Terminal& terminal) {
  if (record.events > 0 || record.duplicates > 0 || !record.header.complete_through) return {};
  HANDSLAG_TRY(summary, directory.log().summary());
  const bool is_known =
      std::any_of(summary.sources.begin(), summary.sources.end(),
                  [&](const store::SourceSummary& one) { return one.source == record.header.source; });
  if (is_known) return {};
  *terminal.notes << fmt::format(
      fmt::runtime(
          terminal.say("  note: the file has no events and no source \"{}\" has sent any, so no "
                       "horizon moves; name it with --source\n",
                       "  obs: filen har inga händelser och ingen källa \"{}\" har sänt några, så ingen "
                       "horisont flyttas; ange den med --source\n")),
      record.header.source);
  return {};
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
  HANDSLAG_TRY(earlier, find_earlier(directory, bytes, header));
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
  StoringSink sink(sink_setting(intake), bytes, *writer);
  HANDSLAG_TRY(summary, read_into(sink, intake, path, zones, bytes));
  HANDSLAG_CHECK_STATUS(sink.finish());
  if (Status usable = sink.require_usable(true); !usable.ok()) return std::move(usable).error().in(path);
  HANDSLAG_TRY(record, writer->commit(current_time({})));
  sink.done();
  print_stored(path, record, static_cast<double>(record.finished.us - header.started.us) / 1e6, terminal);
  if (summary.unused > 0) {
    *terminal.notes << fmt::format(
        fmt::runtime(terminal.say("  note: {} without an event (no time, or left out by the map)\n",
                                  "  obs: {} utan händelse (ingen tid, eller utelämnade av kartan)\n")),
        counted(summary.unused, kRecords, terminal.language));
  }
  print_warnings(summary, terminal);
  return tell_of_unknown_source(directory, record, terminal);
}

Status try_one(const Intake& intake, const std::string& path, store::ImportRehearsal& rehearsal) {
  HANDSLAG_CHECK_STATUS(require_regular(path));
  const Zones zones(*intake.calendars);
  const Terminal& terminal = intake.session.terminal;
  HANDSLAG_TRY(bytes, runtime::file_size_bytes(path));
  DryRunSink sink(sink_setting(intake), bytes, rehearsal);
  HANDSLAG_TRY(summary, format::read_events(request_for(intake, path, zones), sink));
  HANDSLAG_CHECK_STATUS(sink.finish());
  sink.done();
  *terminal.out << fmt::format(
      fmt::runtime(terminal.say(
          "{}: {}; {} records would give {} events ({} of them there already), {} would be rejected, {} give "
          "none. Nothing was stored.\n",
          "{}: {}; {} poster skulle ge {} händelser ({} av dem finns redan), {} skulle förkastas, {} ger "
          "inga. "
          "Inget lagrades.\n")),
      path, summary.format, count_text(summary.records, terminal.language),
      count_text(sink.events(), terminal.language), count_text(sink.duplicates(), terminal.language),
      count_text(sink.rejected(), terminal.language), count_text(summary.unused, terminal.language));
  print_warnings(summary, terminal);
  return {};
}

// Beside the log where there is one that can be read; else beside an empty one.
Status try_all(const Intake& intake) {
  const Session& session = intake.session;
  std::error_code failure;
  std::optional<store::DataDirectory> directory;
  if (!session.data.empty() && std::filesystem::exists(session.data, failure)) {
    auto opened = open_for_reading(session, "import --dry-run");
    if (opened.ok()) {
      directory = std::move(opened).value();
    } else {
      *session.terminal.notes << session.terminal.say("  note: ids are not compared with what is there: ",
                                                      "  obs: id:n jämförs inte med det som finns: ")
                              << opened.error().message << '\n';
    }
  }
  HANDSLAG_TRY(rehearsal, store::ImportRehearsal::create(directory ? &directory->log() : nullptr));
  for (const std::string& file : intake.options.files)
    HANDSLAG_CHECK_STATUS(try_one(intake, file, *rehearsal));
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
  if (options.history_start && options.complete_through && *options.history_start > *options.complete_through)
    return invalid("--history-start must not stand after --complete-through");
  Intake intake{session, options, std::nullopt, {}, nullptr};
  HANDSLAG_CHECK_STATUS(read_map_into(intake));
  HANDSLAG_TRY(settings, settings_for(session));
  HANDSLAG_TRY(calendars, calendar::Calendars::create(settings.calendars));
  intake.calendars = std::move(calendars);
  if (!options.zone.empty()) {
    const auto zone = intake.calendars->zone(options.zone);
    if (!zone.ok()) return zone.error();
  }
  if (options.dry_run) return try_all(intake);
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
