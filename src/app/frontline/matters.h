// SPDX-License-Identifier: Apache-2.0
// One customer's contacts by matter: as the sources say, as somebody decided (events matter.corrected), else
// derived (pure/matter/derive.h) from what she has open, the reason, the words and nearness.
//
// Her things are what keys tell apart: order, invoice, outage, commitment, case, each begun by the first
// event of its family (order.*) and closed by one that says so (order.delivered). Contacts are
// contact.started, and what she tries herself (selfservice.started). Words are the attribute `words`.
//
// Pure; linear in her events, and the derivation: of the newest kMostDerived contacts; older ones without a
// matter have each one of their own.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/frontline/reading.h"
#include "pure/matter/derive.h"

namespace handslag::app {

inline constexpr std::size_t kMostDerived = 200;

struct Matters {
  std::vector<matter::Thing> things;
  std::vector<matter::Contact> contacts;  // by time
  std::vector<model::EventIndex> events;  // of each contact; ascending
  matter::Derived derived;

  const matter::Matter& matter_of(std::size_t contact) const {
    return derived.matters[derived.of[contact].matter];
  }
  /// By the key `contact`; the newest where there are several.
  std::optional<std::size_t> find(std::string_view contact) const;
  /// Of the contact that this event began.
  std::optional<std::size_t> place_of(model::EventIndex event) const;
  /// Whether the event is about the thing of that contact's matter.
  bool is_about(std::size_t contact, model::EventIndex e, const Reading& reading) const;
};

Matters matters_of(const Reading& reading, const matter::Lessons& lessons);

/// The event that says where a contact belongs, and the one that takes it back.
inline constexpr std::string_view kMatterCorrected = "matter.corrected";
inline constexpr std::string_view kMatterRestored = "matter.restored";

}  // namespace handslag::app
