// SPDX-License-Identifier: Apache-2.0
// Records and definitions as JSON for those who may see them. Pure; any thread.
#pragma once

#include "app/registers/record.h"

namespace handslag::app {

/// Without links and moves. What the actor may not see is absent and named in "masked" or "sealed".
Json record_json(const Definition& definition, const Record& record, const Actor& actor, Timestamp now);
/// The moves that the actor may make from where the record stands.
Json moves_json(const Definition& definition, const store::RegisterRecord& row, const Actor& actor);
Json change_json(const Definition& definition, const store::RegisterRecord& row,
                 const store::RegisterChange& change, const Actor& actor);
Json definition_json(const Definition& definition);
/// The title, or nothing where the field that it comes from is masked.
Json title_json(const Definition& definition, const store::RegisterRecord& row, const Actor& actor);

/// Past due, and somebody owes the next step.
bool is_overdue(const Definition& definition, const store::RegisterRecord& row, Timestamp now);

}  // namespace handslag::app
