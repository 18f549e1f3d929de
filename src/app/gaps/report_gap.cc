// SPDX-License-Identifier: Apache-2.0
#include "app/gaps/report_gap.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>

#include "app/gaps/gap_html.h"
#include "app/gaps/gap_json.h"
#include "app/gaps/gap_table.h"
#include "app/gaps/measure.h"
#include "base/text.h"
#include "io/runtime/disk.h"

namespace handslag::app {
namespace {

constexpr std::pair<std::string_view, promise::Period> kPeriods[] = {{"day", promise::Period::Day},
                                                                     {"week", promise::Period::Week},
                                                                     {"month", promise::Period::Month},
                                                                     {"quarter", promise::Period::Quarter},
                                                                     {"year", promise::Period::Year}};

// Regular files are replaced as a whole, also behind a link; a device or pipe is written to, never replaced.
Status write_where_it_points(const std::string& path, const std::string& text) {
  std::error_code failure;
  const auto real = std::filesystem::weakly_canonical(path, failure);
  if (!std::filesystem::exists(path, failure) || std::filesystem::is_regular_file(path, failure)) {
    return runtime::write_file_atomically(real.empty() ? path : real.string(), text);
  }
  std::ofstream stream(path, std::ios::binary);
  if (!(stream << text << std::flush)) return unavailable(path + ": cannot be written; name a file");
  return {};
}

}  // namespace

std::optional<promise::Period> period_named(std::string_view name) {
  for (const auto& [known, period] : kPeriods)
    if (known == name) return period;
  return std::nullopt;
}

std::string_view period_name(promise::Period period) {
  for (const auto& [name, known] : kPeriods)
    if (known == period) return name;
  return {};
}

void note_missing(const GapReport& report, const Terminal& terminal) {
  if (!report.has_events) {
    *terminal.notes << terminal.say(
        "\nThere are no events yet. Next: handslag --data DIR import FILE…, or handslag demo --data DIR\n",
        "\nDet finns inga händelser än. Nästa steg: handslag --data KATALOG import FIL…, eller handslag demo "
        "--data KATALOG\n");
    return;
  }
  const bool has_instance =
      std::any_of(report.promises.begin(), report.promises.end(),
                  [](const PromiseGap& line) { return line.numbers.total.instances > 0; });
  if (has_instance) return;
  *terminal.notes << terminal.say(
      "\nNo event put any of these promises in force. `handslag --data DIR doctor` and `timeline` show what "
      "event types there are.\n",
      "\nIngen händelse har utlöst något av löftena. `handslag --data KATALOG doctor` och `timeline` visar "
      "vilka händelsetyper som finns.\n");
}

Status write_gap_page(const std::string& page, const std::string& path, const Terminal& terminal) {
  HANDSLAG_CHECK_STATUS(write_where_it_points(path, page));
  *terminal.out << fmt::format(
      fmt::runtime(terminal.say("The report lies in {}\n", "Rapporten ligger i {}\n")), path);
  return {};
}

Status require_known_names(store::EventLog& log, const model::Columns& columns, const GapOptions& options) {
  if (columns.events() == 0) return {};
  for (const std::string& name : options.by) {
    if (name == kByUnit || columns.names.contains(name)) continue;
    HANDSLAG_TRY(summary, log.summary());
    std::vector<std::string_view> known{"unit", "source", "type"};
    for (const std::string_view field : {"channel", "touchpoint"})
      if (field != name) known.push_back(field);
    known.insert(known.end(), summary.keys.begin(), summary.keys.end());
    known.insert(known.end(), summary.attributes.begin(), summary.attributes.end());
    const bool is_field = name == "channel" || name == "touchpoint";
    const auto near = is_field ? std::nullopt : nearest_word(name, known);
    return invalid(fmt::format("--by {}: no event carries \"{}\"; {}", name, name,
                               near ? fmt::format("did you mean \"{}\"?", *near)
                                    : fmt::format("there are {}", fmt::join(known, ", "))));
  }
  return {};
}

void print_gap(const GapReport& report, const Terminal& terminal) {
  if (report.options.json) {
    *terminal.out << json_text(gap_json(report));
  } else if (report.options.html.empty()) {
    print_gap_table(report, terminal);
  }
  note_missing(report, terminal);
}

Status report_gap(const Session& session, const GapOptions& options) {
  if (options.from && options.to && *options.to <= *options.from)
    return invalid("--from must stand before --to");
  HANDSLAG_CHECK_STATUS(require_cuts(options.by));
  HANDSLAG_TRY(directory, open_for_reading(session, "gap"));
  HANDSLAG_TRY(promises, choose_promises(directory, options.promises, session.terminal));
  HANDSLAG_TRY(evaluation, evaluate(directory, std::move(promises), {options.by, {}}, session));
  HANDSLAG_CHECK_STATUS(require_known_names(directory.log(), evaluation->loaded.columns, options));
  const GapReport report = measure(judged_by(*evaluation), options);
  if (!options.html.empty())
    HANDSLAG_CHECK_STATUS(write_gap_page(gap_page(report, session.terminal), options.html, session.terminal));
  print_gap(report, session.terminal);
  return {};
}

}  // namespace handslag::app
