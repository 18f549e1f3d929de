// SPDX-License-Identifier: Apache-2.0
// What routes work with, made once by serve. Everything outlives the server.
#pragma once

#include <functional>
#include <string>

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
  /// To be touched on the watch's thread alone, but for its log's fetch.
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
  Notices* notices = nullptr;  // null only in tests of routes that ask nothing of it
  Uploads* uploads = nullptr;  // the same
};

}  // namespace handslag::app
