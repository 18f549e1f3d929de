// SPDX-License-Identifier: Apache-2.0
// `handslag timeline`: one customer's events in order, as known now or at an earlier instant.
#pragma once

#include <optional>
#include <string>

#include "app/session.h"

namespace handslag::app {

struct TimelineOptions {
  std::string customer;  // "c42" or "type:value"
  std::optional<Timestamp> as_known_at;
  bool json = false;
};

Status show_timeline(const Session& session, const TimelineOptions& options);

}  // namespace handslag::app
