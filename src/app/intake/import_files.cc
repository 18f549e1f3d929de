// SPDX-License-Identifier: Apache-2.0
#include "app/intake/import_files.h"

#include <fmt/format.h>

#include <filesystem>

#include "app/access/operator_notes.h"
#include "app/evaluate/evaluation.h"
#include "app/intake/import_setting.h"
#include "app/intake/import_sinks.h"
#include "app/intake/read_ahead.h"
#include "app/intake/zones.h"
#include "app/language/json.h"
#include "app/language/numbers.h"
#include "app/language/swedish.h"
#include "app/language/words.h"
#include "io/format/read_events.h"
#include "io/runtime/digest.h"
#include "io/runtime/file.h"
#include "io/runtime/interrupt.h"

namespace handslag::app {
namespace {

SinkSetting sink_setting(const ImportSetting& intake) {
  return {intake.session.terminal, intake.options.most_rejected, intake.map && intake.map->events.size() > 1};
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
Result<format::ReadSummary> read_into(format::EventSink& sink, const ImportSetting& intake,
                                      const std::string& path, const Zones& zones, std::uint64_t bytes) {
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

Status import_one(store::DataDirectory& directory, OperatorNotes& notes, const ImportSetting& intake,
                  const std::string& path) {
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
  HANDSLAG_CHECK_STATUS(notes.note(store::AuditVerb::FileImported, header.source, {},
                                   Json{{"import", record.number}, {"events", record.events}}.dump()));
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

Status try_one(const ImportSetting& intake, const std::string& path, store::ImportRehearsal& rehearsal) {
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
          "{}: {}; {} would give {} ({} of them there already), {} would be rejected, {} without an event. "
          "Nothing was stored.\n",
          "{}: {}; {} skulle ge {} ({} av dem finns redan), {} skulle förkastas, {} utan händelse. "
          "Inget lagrades.\n")),
      path, summary.format, counted(summary.records, kRecords, terminal.language),
      counted(sink.events(), kEvents, terminal.language), count_text(sink.duplicates(), terminal.language),
      count_text(sink.rejected(), terminal.language), count_text(summary.unused, terminal.language));
  print_warnings(summary, terminal);
  return {};
}

// Beside the log where there is one that can be read; else beside an empty one.
Status try_all(const ImportSetting& intake) {
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
                              << in_language(opened.error().message, session.terminal.language) << '\n';
    }
  }
  HANDSLAG_TRY(rehearsal, store::ImportRehearsal::create(directory ? &directory->log() : nullptr));
  for (const std::string& file : intake.options.files)
    HANDSLAG_CHECK_STATUS(try_one(intake, file, *rehearsal));
  return {};
}

}  // namespace

Status import_files(const Session& session, const ImportOptions& options) {
  HANDSLAG_TRY(intake, read_import_setting(session, options));
  if (options.dry_run) return try_all(intake);
  HANDSLAG_TRY(directory,
               store::DataDirectory::open(session.data, store::Mode::Create, "import", current_time({})));
  HANDSLAG_TRY(notes, OperatorNotes::open(directory, session));
  runtime::watch_interrupts();
  for (std::size_t i = 0; i < options.files.size(); ++i) {
    Status done = import_one(directory, notes, intake, options.files[i]);
    if (done.ok()) continue;
    if (i + 1 < options.files.size()) {
      *session.terminal.notes << fmt::format(
          fmt::runtime(session.terminal.say("{} after {} not tried.\n", "{} efter {} prövades inte.\n")),
          counted(options.files.size() - i - 1, kFiles, session.terminal.language), options.files[i]);
    }
    return done;
  }
  return {};
}

}  // namespace handslag::app
