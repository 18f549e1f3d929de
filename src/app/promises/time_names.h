// SPDX-License-Identifier: Apache-2.0
// The calendars and zones that promises may name here.
#pragma once

#include "base/result.h"
#include "pure/calendar/calendars.h"
#include "pure/promise/parse.h"

namespace handslag::app {

/// Refers to `calendars`, which must outlive it. Where the time zone database itself is missing no zone is
/// called unknown: that is the machine's fault, not the text's.
promise::TimeNames time_names(const calendar::Calendars& calendars);

/// The calendars of a data directory, `sweden` alone where it has none of its own. As read_settings.
Result<std::unique_ptr<calendar::Calendars>> calendars_of(const std::string& data_directory);

}  // namespace handslag::app
