// SPDX-License-Identifier: Apache-2.0
// How a file's events leave the log. Not for you: see EventLog::remove_import (event_log.h).
#pragma once

#include "io/store/duck_database.h"
#include "io/store/event_log.h"

namespace handslag::store {

/// Takes out what `import` alone brought, in one transaction; what others brought too becomes theirs, of the
/// earliest. REQUIRES: the import is there and was not taken out. Cost: reads two columns of all events, and
/// of their keys and attributes one.
Result<std::vector<StayedEvents>> remove_rows(DuckConnection& connection, std::uint32_t import,
                                              Timestamp now);

}  // namespace handslag::store
