// SPDX-License-Identifier: Apache-2.0
#include "app/demo/make_demo.h"

#include <fmt/format.h>

#include <filesystem>

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

Result<std::uint64_t> fill(const Session& session, const std::string& folder,
                           const MakeDemoOptions& options) {
  HANDSLAG_TRY(directory,
               store::DataDirectory::open(folder, store::Mode::Create, "demo", current_time(session)));
  HANDSLAG_CHECK_STATUS(require_empty(directory, session));
  runtime::watch_interrupts();
  Progress progress(session.terminal, session.terminal.say("events made", "händelser gjorda"));
  HANDSLAG_TRY(events, fill_with_demo(directory.log(), options, [&progress](std::uint64_t made) -> Status {
                 if (runtime::interrupted())
                   return unavailable("stopped; what was half made is thrown away at the next try");
                 progress.show(made);
                 return {};
               }));
  progress.done();
  return events;
}

// "mine.partial" for "mine" and "mine/".
std::string unfinished_name(const std::string& data) {
  std::filesystem::path folder(data);
  if (!folder.has_filename()) folder = folder.parent_path();
  return folder.string() + ".partial";
}

// What an earlier try left. Opened first, so that one that is still at work keeps it.
Status remove_unfinished(const std::string& folder, const Session& session) {
  std::error_code failure;
  if (!std::filesystem::exists(folder, failure)) return {};
  if (!std::filesystem::exists(folder + "/events.duckdb", failure) &&
      !std::filesystem::is_empty(folder, failure)) {
    return Error{ErrorCode::Conflict,
                 fmt::format(fmt::runtime(session.terminal.say(
                                 "{} is in the way of the demo, and is none of ours; move it elsewhere",
                                 "{} är i vägen för demot och är inte vår; flytta den")),
                             folder)};
  }
  auto opened = store::DataDirectory::open(folder, store::Mode::Create, "demo", current_time(session));
  if (!opened.ok() && opened.error().code == ErrorCode::Conflict) return opened.error();
  opened = unavailable("closed");
  std::filesystem::remove_all(folder, failure);
  if (failure) return unavailable(folder + ": cannot be removed: " + failure.message());
  return {};
}

// Why beside it first: a folder of that name is a whole demo, whatever stopped an earlier try.
Result<std::uint64_t> fill_beside(const Session& session, const MakeDemoOptions& options) {
  const std::string unfinished = unfinished_name(session.data);
  HANDSLAG_CHECK_STATUS(remove_unfinished(unfinished, session));
  HANDSLAG_TRY(events, fill(session, unfinished, options));
  std::error_code failure;
  std::filesystem::rename(unfinished, session.data, failure);
  if (failure) return unavailable(session.data + ": cannot be made: " + failure.message());
  return events;
}

bool is_new(const std::string& folder) {
  std::error_code failure;
  return !std::filesystem::exists(folder, failure) || std::filesystem::is_empty(folder, failure);
}

}  // namespace

Status make_demo(const Session& session, const MakeDemoOptions& options) {
  HANDSLAG_TRY(events,
               is_new(session.data) ? fill_beside(session, options) : fill(session, session.data, options));
  const Terminal& terminal = session.terminal;
  *terminal.out << fmt::format(fmt::runtime(terminal.say("{} events of {} customers lie in {}.\n",
                                                         "{} händelser av {} kunder ligger i {}.\n")),
                               count_text(events, terminal.language),
                               count_text(options.customers, terminal.language), session.data);
  return {};
}

}  // namespace handslag::app
