// SPDX-License-Identifier: Apache-2.0
#include "app/frontline/find_customers.h"

#include <fmt/format.h>

#include "pure/identity/identifier_spellings.h"

namespace handslag::app {
namespace {

// The type itself and those that begin with "type@".
std::vector<std::string> types_like(const Live& live, std::string_view type) {
  std::vector<std::string> types;
  const auto& known = live.identifier_types();
  if (known.contains(type)) types.emplace_back(type);
  const std::string scope = std::string(type) + '@';
  for (auto it = known.lower_bound(scope); it != known.end() && it->starts_with(scope); ++it)
    types.push_back(*it);
  return types;
}

// Of one more than are told of.
FoundCustomers first_found(std::vector<model::CustomerIndex> customers, std::string by,
                           model::Identifier identifier) {
  const bool has_more = customers.size() > kMostCandidates;
  if (has_more) customers.resize(kMostCandidates);
  return {std::move(customers), std::move(by), std::move(identifier), has_more};
}

FoundCustomers find_spellings(const Live& live, std::string_view type,
                              const std::vector<std::string>& spellings) {
  for (const std::string& like : types_like(live, type)) {
    for (const std::string& spelling : spellings) {
      const model::Identifier identifier{like, spelling};
      auto customers = live.find(identifier, kMostCandidates + 1);
      if (!customers.empty()) return first_found(std::move(customers), like, identifier);
    }
  }
  return {};
}

FoundCustomers find_by_name(const Live& live, std::string_view name) {
  if (name.size() < 2 || name.size() > 11 || name.front() != 'c') return {};
  std::uint64_t number = 0;
  for (const char c : name.substr(1)) {
    if (c < '0' || c > '9') return {};
    number = number * 10 + static_cast<std::uint64_t>(c - '0');
  }
  if (number > 0xFFFF'FFFFU) return {};
  const auto customer = live.find_number(static_cast<identity::IdentifierNumber>(number));
  if (!customer || *customer == model::kOrganisation) return {};
  return first_found({*customer}, "customer", {});
}

FoundCustomers find_by_key(const Live& live, const std::string& key, std::string_view value) {
  return first_found(live.find_value(key, value, kMostCandidates + 1), key, {});
}

// As a source named it, else as it was derived: "order/A-1001" (matters.h).
FoundCustomers find_by_matter(const Live& live, std::string_view matter) {
  FoundCustomers found = find_by_key(live, "matter", matter);
  const auto slash = matter.find('/');
  if (!found.customers.empty() || slash == std::string_view::npos) return found;
  const std::string_view kind = matter.substr(0, slash);
  for (const std::string_view known : {"order", "invoice", "commitment", "case", "contact"})
    if (kind == known) found = find_by_key(live, std::string(kind), matter.substr(slash + 1));
  if (kind == "fault") found = find_by_key(live, "outage", matter.substr(slash + 1));
  found.by = "matter";
  return found;
}

FoundCustomers find_anything(const Live& live, std::string_view text, Date today) {
  if (FoundCustomers named = find_by_name(live, text); !named.customers.empty()) return named;
  const auto colon = text.find(':');
  if (colon != std::string_view::npos && live.identifier_types().contains(text.substr(0, colon))) {
    return find_by_identifier(live, {std::string(text.substr(0, colon)), std::string(text.substr(colon + 1))},
                              today);
  }
  for (const identity::Guess& guess : identity::guess_identifier(text, today)) {
    if (guess.of == identity::GuessOf::Key) {
      for (const std::string& spelling : guess.spellings)
        if (auto found = find_by_key(live, guess.name, spelling); !found.customers.empty()) return found;
    } else if (auto found = find_spellings(live, guess.name, guess.spellings); !found.customers.empty()) {
      return found;
    }
  }
  for (const char* key : {"order", "matter"})
    if (auto found = find_by_key(live, key, text); !found.customers.empty()) return found;
  return {};
}

}  // namespace

FoundCustomers find_by_identifier(const Live& live, const model::Identifier& typed, Date today) {
  std::vector<std::string> spellings{typed.value};
  for (const model::Identifier& it : identity::normalise_identifier(typed, today))
    if (it.value != typed.value) spellings.push_back(it.value);
  return find_spellings(live, typed.type, spellings);
}

Result<FoundCustomers> find_customers(const Live& live, const AskedFor& asked, Date today) {
  if (!asked.customer.empty()) return find_by_name(live, asked.customer);
  if (!asked.identifier.empty()) {
    const auto colon = asked.identifier.find(':');
    if (colon == std::string_view::npos || colon == 0)
      return invalid("\"identifier\" must be type:value, such as email:anna@example.se");
    return find_by_identifier(
        live,
        {std::string(asked.identifier.substr(0, colon)), std::string(asked.identifier.substr(colon + 1))},
        today);
  }
  if (!asked.phone.empty()) return find_by_identifier(live, {"phone", std::string(asked.phone)}, today);
  if (!asked.order.empty()) return find_by_key(live, "order", asked.order);
  if (!asked.matter.empty()) return find_by_matter(live, asked.matter);
  if (asked.anything.empty())
    return invalid("say whom: customer=c12, identifier=type:value, phone=, order=, matter= or q=");
  return find_anything(live, asked.anything, today);
}

}  // namespace handslag::app
