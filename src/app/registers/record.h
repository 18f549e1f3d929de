// SPDX-License-Identifier: Apache-2.0
// A record as the engine works with it, who is asking, and what is wrong with what was sent. Plain values.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "app/language/json.h"
#include "app/registers/definition.h"
#include "io/store/register_records.h"
#include "pure/model/event.h"

namespace handslag::app {

/// Who asks. `may(word, unit)`: does this person have the word for the unit ("" for records without one)?
/// Words are those of the definitions' `who` (roles), and "personal": may see personal values unmasked. The
/// engine itself knows "anyone", "creator" (of the record) and "holder" (whom its owner field names) and
/// never asks about them.
struct Actor {
  std::string id, name;
  std::function<bool(const std::string& word, const std::string& unit)> may;
  /// Ids of records whose personal values are masked for this person all the same.
  std::set<std::string, std::less<>> kept_from = {};
};

/// The program itself: may everything.
Actor system_actor();

/// One fault in what was sent.
struct Fault {
  std::string pointer;  // JSON Pointer into the body: "/values/due"; "/version": the record has another one
  std::string detail;   // what is wrong there, and what would be right
};
using Faults = std::vector<Fault>;

struct Record {
  store::RegisterRecord row;
  Json values = Json::object();  // by field; empty fields are not there
  std::vector<model::Identifier> customer;
  std::vector<store::RegisterLink> links;
};

/// Nothing of it is a field of the definition: those are in `values`.
enum class Sight : std::uint8_t { Open, Masked, Sealed };
/// How much of a field this actor sees in this record.
Sight sight_of(const Field& field, const store::RegisterRecord& row, const Actor& actor);

/// Whether one of the words applies to the actor and this record.
bool allows(const std::vector<std::string>& words, const Actor& actor, const store::RegisterRecord& row);

/// Whether the actor may read the record: by a word of `read` for its unit, or for the unit that waits for
/// its answer.
bool may_read(const Definition& definition, const Actor& actor, const store::RegisterRecord& row);

/// Whether the actor sees who made a record, who holds it and who did what: by it, what one person achieves
/// could be counted.
bool sees_people(const Definition& definition, const Actor& actor, const store::RegisterRecord& row);

/// Whether all conditions hold.
bool holds(const std::vector<Condition>& conditions, const Json& values);

}  // namespace handslag::app
