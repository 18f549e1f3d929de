// SPDX-License-Identifier: Apache-2.0
// A change being made. Internal to app/registers.
#pragma once

#include "app/registers/registers.h"

namespace handslag::app {

struct Registers::Draft {
  const Definition* definition = nullptr;
  Record before;  // without an id where the record is being made
  Record after;
  store::RegisterChange change;
  std::vector<Notice> notices;        // besides those that the definition tells
  std::vector<model::Event> events;   // likewise
  std::optional<std::uint32_t> told;  // what the clock had told of the due time; nothing: told_after()'s
};

/// What a body holds. Keys that are not known are faults.
struct Body {
  Json values = Json::object();
  std::string comment;
  std::string to;
};
Body read_body(const Json& body, bool has_values, bool has_to, Faults& faults);

/// The Error that says that there are faults.
Error refused(const Faults& faults);

/// Fills the columns of draft.after.row that follow from its values: title, owner, unit, search, unique key;
/// its customer and its links.
void derive_columns(const Definition& definition, Record& record);

/// The links that the record's values are.
std::vector<store::RegisterLink> links_of(const Definition& definition, const Record& record);

/// Field by field what was and is, and "@due".
Json differences(const Definition& definition, const Record& before, const Record& after);

/// Whom the definition tells of this change.
std::vector<Notice> notices_of(const Definition& definition, const Record& record,
                               const store::RegisterChange& change);

}  // namespace handslag::app
