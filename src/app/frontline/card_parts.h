// SPDX-License-Identifier: Apache-2.0
// The parts of the card that have a file of their own. Internal to app/frontline. Pure.
#pragma once

#include "app/frontline/card.h"
#include "app/frontline/matters.h"

namespace handslag::app {

std::vector<CardMatter> chains_of(const Reading& reading, const Matters& found);
std::optional<Timestamp> last_contact(const Reading& reading);
/// One instance in words, without its standing, `failed` and whether it is still owed.
CardPromise promise_of(const CardInput& input, const Reading& reading, const model::Instance& instance);
/// owed, watched, broken and the two counts.
void add_promises(const CardInput& input, const Reading& reading, Card& card);
/// A text, day or instant as it is written; empty for anything else.
std::string binding_text(const model::Cell& cell, const Reading& reading);

}  // namespace handslag::app
