// SPDX-License-Identifier: Apache-2.0
// What verdicts rest on besides events and the clock: the promises in force with their versions, ranks of
// types, shared identifiers, calendars. As a text it is kept with what was told, so that what was told can be
// worked out again after they have changed.
#pragma once

#include <string>

#include "app/promises/promise_set.h"
#include "app/settings/settings.h"
#include "io/store/data_directory.h"

namespace handslag::app {

struct Premises {
  PromiseSet promises;
  Settings settings;
  std::string text;  // the same for the same; units' names are not in it
};

/// As the directory has them now. Errors: of the store; of settings that cannot be read.
Result<Premises> current_premises(store::DataDirectory& directory);
/// As a text says. Corrupt where it is none, or names a version that is not there any more.
Result<Premises> earlier_premises(store::DataDirectory& directory, const std::string& text);

}  // namespace handslag::app
