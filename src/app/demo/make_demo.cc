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

bool is_there(const std::string& folder) {
  std::error_code failure;
  return std::filesystem::exists(folder, failure);
}

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

Result<std::uint64_t> fill(const Session& session, const std::string& folder, const MakeDemoOptions& options,
                           std::string_view if_stopped) {
  HANDSLAG_TRY(directory,
               store::DataDirectory::open(folder, store::Mode::Create, "demo", current_time(session)));
  HANDSLAG_CHECK_STATUS(require_empty(directory, session));
  runtime::watch_interrupts();
  Progress progress(session.terminal, session.terminal.say("events made", "händelser gjorda"));
  HANDSLAG_TRY(
      events, fill_with_demo(directory.log(), options, [&progress, if_stopped](std::uint64_t made) -> Status {
        if (runtime::interrupted()) return unavailable(std::string(if_stopped));
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

Error in_the_way(const std::string& folder, const Session& session) {
  return Error{ErrorCode::Conflict,
               fmt::format(fmt::runtime(session.terminal.say(
                               "{} is in the way of the demo, and is none of ours; move it elsewhere",
                               "{} är i vägen för demot och är inte vår; flytta den")),
                           folder)};
}

// What an earlier try left. Opened first, so that one that is still at work keeps it, and what is not ours
// stays.
Status remove_unfinished(const std::string& folder, const Session& session) {
  if (!is_there(folder)) return {};
  auto opened = store::DataDirectory::open(folder, store::Mode::Create, "demo", current_time(session));
  if (!opened.ok() && opened.error().code == ErrorCode::Conflict) return opened.error();
  if (!opened.ok() && opened.error().code == ErrorCode::NotFound) return in_the_way(folder, session);
  opened = unavailable("closed");
  std::error_code failure;
  std::filesystem::remove_all(folder, failure);
  if (failure) return unavailable(folder + ": cannot be removed: " + failure.message());
  return {};
}

// Why beside it first: a folder of that name is a whole demo, whatever stopped an earlier try.
Result<std::uint64_t> fill_beside(const Session& session, const MakeDemoOptions& options) {
  const std::string unfinished = unfinished_name(session.data);
  HANDSLAG_CHECK_STATUS(remove_unfinished(unfinished, session));
  HANDSLAG_TRY(events, fill(session, unfinished, options,
                            "stopped; what was half made is thrown away at the next try"));
  std::error_code failure;
  std::filesystem::rename(unfinished, session.data, failure);
  if (failure) return unavailable(session.data + ": cannot be made: " + failure.message());
  return events;
}

// Into a folder that is there already, perhaps a disk of its own, which no other can be put in the place of.
Result<std::uint64_t> fill_in_place(const Session& session, const MakeDemoOptions& options) {
  return fill(session, session.data, options,
              "stopped with a part of the demo made; empty the data directory before the next try");
}

}  // namespace

Status make_demo(const Session& session, const MakeDemoOptions& options) {
  HANDSLAG_TRY(events,
               is_there(session.data) ? fill_in_place(session, options) : fill_beside(session, options));
  const Terminal& terminal = session.terminal;
  *terminal.out << fmt::format(fmt::runtime(terminal.say("{} events of {} customers lie in {}.\n",
                                                         "{} händelser av {} kunder ligger i {}.\n")),
                               count_text(events, terminal.language),
                               count_text(options.customers, terminal.language), session.data);
  return {};
}

}  // namespace handslag::app
