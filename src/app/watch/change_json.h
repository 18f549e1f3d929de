// SPDX-License-Identifier: Apache-2.0
// A change as it leaves the house, on the stream and in webhooks. No identifier of the customer stands in it.
#pragma once

#include "app/language/json.h"
#include "app/watch/changes.h"

namespace handslag::app {

/// "verdict" or "warning".
std::string_view kind_name(Change::Kind kind);

Json change_json(const Change& change);

}  // namespace handslag::app
