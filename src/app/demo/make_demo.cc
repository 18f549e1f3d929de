// SPDX-License-Identifier: Apache-2.0
#include "app/demo/make_demo.h"

#include <fmt/format.h>

#include "app/demo/load_demo.h"
#include "app/evaluate/evaluation.h"
#include "app/intake/progress.h"
#include "app/language/numbers.h"
#include "io/runtime/interrupt.h"

namespace handslag::app {
namespace {

// The demo goes into a directory of its own, so that nobody mixes it with real customers.
Status require_empty(store::DataDirectory& directory, const Session& session) {
  HANDSLAG_TRY(imports, directory.log().imports());
  if (imports.empty()) return {};
  return Error{ErrorCode::Conflict,
               fmt::format(fmt::runtime(session.terminal.say(
                               "{} holds events already; give the demo a folder of its own with --data DIR",
                               "{} innehåller redan händelser; ge demot en egen katalog med --data KATALOG")),
                           session.data)};
}

}  // namespace

Status make_demo(const Session& session, const MakeDemoOptions& options) {
  HANDSLAG_TRY(directory,
               store::DataDirectory::open(session.data, store::Mode::Create, "demo", current_time(session)));
  HANDSLAG_CHECK_STATUS(require_empty(directory, session));
  runtime::watch_interrupts();
  Progress progress(session.terminal, session.terminal.say("events made", "händelser gjorda"));
  HANDSLAG_TRY(events, fill_with_demo(directory.log(), options, [&progress](std::uint64_t made) -> Status {
                 if (runtime::interrupted())
                   return unavailable("stopped; the demo is incomplete. Delete the folder and start again.");
                 progress.show(made);
                 return {};
               }));
  progress.done();
  const Terminal& terminal = session.terminal;
  *terminal.out << fmt::format(fmt::runtime(terminal.say("{} events of {} customers lie in {}.\n",
                                                         "{} händelser av {} kunder ligger i {}.\n")),
                               count_text(events, terminal.language),
                               count_text(options.customers, terminal.language), session.data);
  return {};
}

}  // namespace handslag::app
