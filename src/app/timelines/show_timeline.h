// SPDX-License-Identifier: Apache-2.0
// `handslag timeline`: one customer's events in order, as known now or at an earlier instant.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/session.h"
#include "app/settings/settings.h"
#include "io/store/load.h"

namespace handslag::app {

struct TimelineOptions {
  std::string customer;  // "c42" or "type:value"
  std::optional<Timestamp> as_known_at;
  bool json = false;
  Date today{};  // for identity numbers without a century
};

Status show_timeline(const Session& session, const TimelineOptions& options);

/// Whoever asks over the network sees less: may refuse a customer, and masks what is shown of her.
struct TimelineView {
  std::function<Status(const std::string& customer)> admit;  // "c42" or "organisation"
  std::function<void(model::Event& event)> mask;
  std::function<void(model::Identifier& identifier)> mask_identifier;
};

/// Loads the log as `how` says and prints, text or JSON as asked, to terminal.out. `view` null: everything.
Status print_timeline(store::EventLog& log, const Settings& settings, store::LoadOptions how,
                      const TimelineOptions& options, const TimelineView* view, const Terminal& terminal);

}  // namespace handslag::app
