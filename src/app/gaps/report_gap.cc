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

void say_what_is_missing(const GapReport& report, const Terminal& terminal) {
  if (report.evaluation->loaded.columns.events() == 0) {
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

Status write_page(const GapReport& report, const Terminal& terminal) {
  HANDSLAG_CHECK_STATUS(write_where_it_points(report.options.html, gap_page(report, terminal)));
  *terminal.out << fmt::format(
      fmt::runtime(terminal.say("The report lies in {}\n", "Rapporten ligger i {}\n")), report.options.html);
  return {};
}

// A misspelt name must not look like an answer.
Status require_known_names(store::DataDirectory& directory, const Evaluation& evaluation,
                           const GapOptions& options) {
  if (evaluation.loaded.columns.events() == 0) return {};
  for (const std::string& name : options.by) {
    if (name == kByUnit || evaluation.loaded.columns.names.contains(name)) continue;
    HANDSLAG_TRY(summary, directory.log().summary());
    std::vector<std::string_view> known{"unit", "channel", "touchpoint", "agent", "source", "type"};
    known.insert(known.end(), summary.keys.begin(), summary.keys.end());
    known.insert(known.end(), summary.attributes.begin(), summary.attributes.end());
    const auto near = nearest_word(name, known);
    return invalid(fmt::format("--by {}: no event carries \"{}\"; {}", name, name,
                               near ? fmt::format("did you mean \"{}\"?", *near)
                                    : fmt::format("there are {}", fmt::join(known, ", "))));
  }
  return {};
}

}  // namespace

Status report_gap(const Session& session, const GapOptions& options) {
  if (options.from && options.to && *options.to <= *options.from)
    return invalid("--from must stand before --to");
  HANDSLAG_TRY(directory, open_for_reading(session, "gap"));
  HANDSLAG_TRY(promises, choose_promises(directory, options.promises, session.terminal));
  HANDSLAG_TRY(evaluation, evaluate(directory, std::move(promises), {options.by, {}}, session));
  HANDSLAG_CHECK_STATUS(require_known_names(directory, *evaluation, options));
  const GapReport report = measure(*evaluation, options);
  if (!options.html.empty()) HANDSLAG_CHECK_STATUS(write_page(report, session.terminal));
  if (options.json) {
    *session.terminal.out << json_text(gap_json(report));
  } else if (options.html.empty()) {
    print_gap_table(report, session.terminal);
  }
  say_what_is_missing(report, session.terminal);
  return {};
}

}  // namespace handslag::app
