// SPDX-License-Identifier: Apache-2.0
#include "io/store/customers.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "io/store/duck_database.h"
#include "pure/identity/identifier_spellings.h"

namespace handslag::store {
namespace {

Result<std::vector<std::string>> identifier_types(DuckConnection& connection) {
  std::vector<std::string> types;
  HANDSLAG_CHECK_STATUS(
      each_chunk(connection, "SELECT text FROM texts WHERE code IN (SELECT DISTINCT type FROM identifiers)",
                 [&](const DuckChunk& chunk) {
                   for (std::size_t row = 0; row < chunk.size(); ++row) {
                     types.emplace_back(chunk.text(0, row));
                   }
                   return Status();
                 }));
  std::sort(types.begin(), types.end());
  return types;
}

// Why the value is not repeated: it is personal data, and errors end up in logs.
Error no_customer(const std::string& type, const std::vector<std::string>& types) {
  if (std::binary_search(types.begin(), types.end(), type)) {
    return not_found("no event names a customer by that " + type);
  }
  const std::vector<std::string_view> known(types.begin(), types.end());
  const auto nearest = nearest_word(type, known);
  std::string all;
  for (const std::string& name : types) all += (all.empty() ? "" : ", ") + name;
  return not_found("no event names a customer by \"" + type + "\"" +
                   (nearest ? "; did you mean \"" + std::string(*nearest) + "\"?"
                            : (all.empty() ? "" : "; known are: " + all)));
}

}  // namespace

Customers::Customers(std::shared_ptr<DuckDatabase> database, identity::Assignment assignment)
    : database_(std::move(database)), assignment_(std::move(assignment)) {}

std::string Customers::name(model::CustomerIndex customer) const {
  return identity::customer_name(assignment_.number[customer]);
}

Result<std::vector<model::Identifier>> Customers::identifiers(model::CustomerIndex customer) const {
  std::string subjects;
  for (std::size_t s = 1; s < assignment_.customer_of_subject.size(); ++s) {
    if (assignment_.customer_of_subject[s] == customer)
      subjects += (subjects.empty() ? "" : ",") + std::to_string(s);
  }
  std::vector<model::Identifier> identifiers;
  if (customer == model::kOrganisation || subjects.empty()) return identifiers;
  HANDSLAG_TRY(connection, database_->connect());
  HANDSLAG_CHECK_STATUS(each_chunk(
      connection,
      "SELECT DISTINCT t.text, i.value FROM subjects s JOIN identifiers i USING "
      "(identifier) JOIN texts t ON t.code = i.type WHERE s.subject IN (" +
          subjects + ")",
      [&](const DuckChunk& chunk) {
        for (std::size_t row = 0; row < chunk.size(); ++row) {
          identifiers.push_back({std::string(chunk.text(0, row)), std::string(chunk.text(1, row))});
        }
        return Status();
      }));
  std::sort(identifiers.begin(), identifiers.end());
  return identifiers;
}

Result<std::vector<model::CustomerIndex>> Customers::find(std::string_view reference, Date today) const {
  if (reference == identity::customer_name(0)) return std::vector<model::CustomerIndex>{model::kOrganisation};
  HANDSLAG_TRY(parsed, identity::parse_customer_reference(reference));
  if (!parsed.number) return find_typed(parsed.identifier, today);
  const auto& numbers = assignment_.number;
  const auto found = std::lower_bound(numbers.begin(), numbers.end(), *parsed.number);
  if (found == numbers.end() || *found != *parsed.number) {
    return not_found("there is no customer " + std::string(reference) +
                     "; after a merge a customer goes by the least of the numbers");
  }
  return std::vector<model::CustomerIndex>{static_cast<model::CustomerIndex>(found - numbers.begin())};
}

Result<std::vector<model::CustomerIndex>> Customers::find_typed(const model::Identifier& typed,
                                                                Date today) const {
  auto found = find_identifier(typed);
  if (found.ok() || found.error().code != ErrorCode::NotFound) return found;
  for (const model::Identifier& spelling : identity::normalise_identifier(typed, today)) {
    if (spelling.value == typed.value) continue;
    auto spelt = find_identifier(spelling);
    if (spelt.ok() || spelt.error().code != ErrorCode::NotFound) return spelt;
  }
  return found;
}

Result<std::vector<model::CustomerIndex>> Customers::find_identifier(
    const model::Identifier& identifier) const {
  std::vector<model::CustomerIndex> found;
  if (!database_) return not_found("there are no customers");
  HANDSLAG_TRY(connection, database_->connect());
  HANDSLAG_CHECK_STATUS(each_chunk(connection,
                                   "SELECT subject FROM subjects WHERE identifier IN (SELECT identifier FROM "
                                   "identifiers WHERE value = ? AND type "
                                   "IN (SELECT code FROM texts WHERE text = ?))",
                                   {identifier.value, identifier.type}, [&](const DuckChunk& chunk) {
                                     for (std::size_t row = 0; row < chunk.size(); ++row) {
                                       const std::uint32_t subject = chunk.column<std::uint32_t>(0)[row];
                                       const model::CustomerIndex customer =
                                           assignment_.customer_of_subject[subject];
                                       if (customer != model::kOrganisation) found.push_back(customer);
                                     }
                                     return Status();
                                   }));
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  if (!found.empty()) return found;
  HANDSLAG_TRY(types, identifier_types(connection));
  return no_customer(identifier.type, types);
}

}  // namespace handslag::store
