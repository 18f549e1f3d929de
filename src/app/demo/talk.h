// SPDX-License-Identifier: Apache-2.0
// One talk between a customer and an agent in the demo, from its start to its end.
#pragma once

#include "app/demo/contacts.h"

namespace handslag::demo {

struct Talk {
  Source source = Source::CallCentre;
  const char* channel = "phone";
  const char* touchpoint = "phone";
  std::uint32_t contact = 0;  // the key "contact"
  std::uint32_t call = 0;     // the key "call"; 0: no call
};

/// What the talk came to: when it ended and whether she need not come back.
struct TalkEnd {
  Moment at;
  bool is_solved = false;
};

/// Tells the talk that begins at `start`.
TalkEnd hold_talk(World& world, Customer& customer, const Matter& matter, const Talk& talk, Moment start);

}  // namespace handslag::demo
