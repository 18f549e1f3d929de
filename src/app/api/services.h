// SPDX-License-Identifier: Apache-2.0
// What routes work with, made once by serve. Everything outlives the server.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/access/access.h"
#include "app/api/beats.h"
#include "app/api/workers.h"
#include "app/intake/live_intake.h"
#include "app/watch/watch.h"
#include "io/runtime/clock.h"
#include "io/store/data_directory.h"

namespace handslag::app {

struct Hooks;
struct FrontDesk;
class Notices;
class RegisterDesk;
class Uploads;

struct Services {
  /// Its records, and what changes its log, are the watch's thread's alone. Any thread reads its path, and of
  /// its log what connects anew for each question: fetch, summary, days_of_agent, and what an evaluation
  /// loads.
  store::DataDirectory& directory;
  store::IntakeJournal& journal;
  Watch& watch;
  LiveIntake& intake;
  Access& access;
  Workers& workers;
  Beats& beats;
  const Hooks& hooks;
  RegisterDesk& registers;
  FrontDesk& front;
  const runtime::Clock& clock;
  /// Draining: /readyz says no.
  std::function<bool()> is_stopping;
  std::string version;
  std::uint64_t started = 0;   // tells one start of the program from another
  Workers* hashers = nullptr;  // for Where::Hasher; null: `workers`
  Notices* notices = nullptr;  // null in tests alone: /v1/state and /v1/due then tell of no notices
  Uploads* uploads = nullptr;  // null in tests of routes that take no files
  std::vector<std::string> embedded_by = {};  // origins whose pages may show ours in a frame
};

}  // namespace handslag::app
