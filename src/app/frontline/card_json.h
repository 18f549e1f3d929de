// SPDX-License-Identifier: Apache-2.0
// The card as JSON (contract/api.md). Pure.
#pragma once

#include "app/frontline/audience.h"
#include "app/frontline/card.h"

namespace handslag::app {

/// All of the card but who she is.
/// Who acts for her; name and number masked for who may not see identifiers.
Json ombud_json(const std::vector<CardOmbud>& ombud, const Audience& audience);
Json card_json(const Card& card, Language language);

/// "Usually 5 d 2 h, nine of ten within 8 d; this one has waited longer than 99 of 100." Nothing compared of
/// fewer than kLeastToCompare.
std::string standing_sentence(const Standing& standing, Language language);
inline constexpr std::size_t kLeastToCompare = 20;

}  // namespace handslag::app
