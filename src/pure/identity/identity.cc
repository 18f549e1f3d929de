// SPDX-License-Identifier: Apache-2.0
#include "pure/identity/identity.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <map>

namespace handslag::identity {
namespace {

// Numbers identifiers and subjects as a log would, in the order of the events.
class Numbering {
 public:
  SubjectNumber number(const model::Event& event) {
    if (event.subject.empty()) return 0;
    std::vector<model::Identifier> members = event.subject;
    std::sort(members.begin(), members.end());
    members.erase(std::unique(members.begin(), members.end()), members.end());
    std::vector<IdentifierNumber> numbers;
    for (const model::Identifier& member : members) numbers.push_back(number_of(member));
    const auto [entry, added] =
        subjects_.try_emplace(numbers, static_cast<SubjectNumber>(evidence.subjects()));
    if (added) {
      evidence.members.insert(evidence.members.end(), numbers.begin(), numbers.end());
      evidence.offsets.push_back(static_cast<std::uint32_t>(evidence.members.size()));
    }
    return entry->second;
  }

  Evidence evidence{{""}, {0}, {0, 0}, {}, {}};
  std::vector<model::Identifier> identifiers{{}};

 private:
  IdentifierNumber number_of(const model::Identifier& identifier) {
    const auto [entry, added] =
        identifiers_.try_emplace(identifier, static_cast<IdentifierNumber>(identifiers.size()));
    if (added) {
      identifiers.push_back(identifier);
      evidence.identifier_type.push_back(type_of(identifier.type));
    }
    return entry->second;
  }
  std::uint16_t type_of(const std::string& type) {
    const auto [entry, added] = types_.try_emplace(type, static_cast<std::uint16_t>(evidence.types.size()));
    if (added) evidence.types.push_back(type);
    return entry->second;
  }

  std::map<std::string, std::uint16_t> types_;
  std::map<model::Identifier, IdentifierNumber> identifiers_;
  std::map<std::vector<IdentifierNumber>, SubjectNumber> subjects_;
};

}  // namespace

EventCustomers assign_events(std::span<const model::Event> events, const Identity& identity) {
  Numbering numbering;
  std::vector<SubjectNumber> subjects;
  for (const model::Event& event : events) subjects.push_back(numbering.number(event));
  EventCustomers result;
  result.assignment = identity.assign(numbering.evidence);
  for (const SubjectNumber s : subjects) {
    result.customer_of_event.push_back(result.assignment.customer_of_subject[s]);
  }
  result.identifiers = std::move(numbering.identifiers);
  return result;
}

Result<CustomerReference> parse_customer_reference(std::string_view text) {
  CustomerReference reference;
  if (text.size() > 1 && text.front() == 'c') {
    IdentifierNumber number = 0;
    const auto [end, error] = std::from_chars(text.data() + 1, text.data() + text.size(), number);
    if (error == std::errc() && end == text.data() + text.size() && number > 0) {
      reference.number = number;
      return reference;
    }
  }
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == text.size()) {
    return invalid("\"" + std::string(text) +
                   "\" names no customer; write c123, or type:value such as email:a@example.se");
  }
  reference.identifier = {std::string(text.substr(0, colon)), std::string(text.substr(colon + 1))};
  return reference;
}

std::string customer_name(IdentifierNumber number) {
  return number == 0 ? "organisation" : "c" + std::to_string(number);
}

}  // namespace handslag::identity
