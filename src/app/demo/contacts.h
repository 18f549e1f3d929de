// SPDX-License-Identifier: Apache-2.0
// The demo's contacts with the customer service: the voice menu, the queue, the talk, and how often she must
// come back.
#pragma once

#include <cstdint>

#include "app/demo/world.h"

namespace handslag::demo {

inline constexpr Moment kNever{1'000'000, 0};

/// What she is in touch about.
struct Matter {
  const char* reason = "";
  std::uint32_t number = 0;      // the key "matter"
  std::uint32_t order = 0;       // the order it is about; 0: none
  std::uint32_t commitment = 0;  // the commitment she claims; 0: none
  Moment settled = kNever;       // when it solves itself: the parcel comes
};

/// A matter of its own with the next number.
Matter new_matter(World& world, const char* reason);

/// Her contacts about the matter, the first soon after `first`, until it is solved or she gives up.
void take_up(World& world, Customer& customer, const Matter& matter, Moment first);

/// What a survey asks about: "contact" or "delivery", and what that was for.
struct Occasion {
  const char* about;
  const char* reason;
};

/// A survey after something that happened, sometimes, and sometimes an answer, some with words of her own.
void survey(World& world, Customer& customer, const Occasion& occasion, Moment after);

}  // namespace handslag::demo
