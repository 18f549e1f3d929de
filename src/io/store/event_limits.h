// SPDX-License-Identifier: Apache-2.0
// What the event log refuses of a single event, whatever it holds already: for the writer, and for those who
// want to know before. Each says why, for a person; nothing where all is well.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pure/model/event.h"

namespace handslag::store {

using LimitFault = std::optional<std::string>;

/// All but its texts and identifiers.
LimitFault shape_fault(const model::Event& event);
LimitFault text_fault(std::string_view text);
LimitFault identifier_fault(const model::Identifier& identifier);
LimitFault value_fault(const model::Attribute& attribute);

/// All of them. Cost: a pass over the event's bytes.
LimitFault limits_fault(const model::Event& event);

}  // namespace handslag::store
