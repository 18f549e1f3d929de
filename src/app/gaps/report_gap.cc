// SPDX-License-Identifier: Apache-2.0
#include "app/gaps/report_gap.h"

#include <fmt/format.h>

#include "app/gaps/gap_html.h"
#include "app/gaps/gap_json.h"
#include "app/gaps/gap_table.h"
#include "app/gaps/measure.h"
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

Status write_page(const GapReport& report, const Terminal& terminal) {
  HANDSLAG_CHECK_STATUS(runtime::write_file_atomically(report.options.html, gap_page(report, terminal)));
  *terminal.out << fmt::format(
      fmt::runtime(terminal.say("The report lies in {}\n", "Rapporten ligger i {}\n")), report.options.html);
  return {};
}

}  // namespace

Status report_gap(const Session& session, const GapOptions& options) {
  HANDSLAG_TRY(directory, open_for_reading(session, "gap"));
  HANDSLAG_TRY(promises, choose_promises(directory, options.promises, session.terminal));
  HANDSLAG_TRY(evaluation, evaluate(directory, std::move(promises), {options.by, {}}, session));
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
