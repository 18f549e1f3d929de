// SPDX-License-Identifier: Apache-2.0
#include "app/access/people.h"

#include <algorithm>

#include "base/text.h"

namespace handslag::app {
namespace {

constexpr std::size_t kMostGrants = 256;
constexpr std::size_t kUnitBytes = 128;
constexpr std::size_t kLoginBytes = 64;
constexpr std::size_t kPersonNameBytes = 200;

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7F;
}

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool is_login_character(char c) {
  return is_letter_or_digit(c) || c == '.' || c == '_' || c == '-' || c == '@';
}

bool is_unit(std::string_view unit) {
  return !unit.empty() && unit.size() <= kUnitBytes && is_utf8(unit) &&
         std::none_of(unit.begin(), unit.end(), [](char c) { return is_control(c) || c == ' '; });
}

}  // namespace

std::vector<Grant> grants_of(const store::StoredPerson& person) {
  std::vector<Grant> grants;
  for (const store::StoredRole& stored : person.roles) {
    if (const auto role = find_role(stored.role)) grants.push_back({*role, stored.unit});
  }
  return grants;
}

std::vector<store::StoredRole> stored_roles(const std::vector<Grant>& grants) {
  std::vector<store::StoredRole> roles;
  for (const Grant& grant : grants) roles.push_back({std::string(role_name(grant.role)), grant.unit});
  std::sort(roles.begin(), roles.end());
  roles.erase(std::unique(roles.begin(), roles.end()), roles.end());
  return roles;
}

Person person_of(const store::StoredPerson& stored) {
  return {stored.number,          stored.login,   stored.name,       grants_of(stored),
          stored.opens_protected, stored.created, stored.created_by, stored.disabled};
}

bool is_administrator(const store::StoredPerson& person) {
  const store::StoredRole wanted{std::string(role_name(Role::Administrator)), std::string(kAllUnits)};
  return !person.disabled &&
         std::find(person.roles.begin(), person.roles.end(), wanted) != person.roles.end();
}

Status check_grants(const std::vector<Grant>& grants) {
  if (grants.size() > kMostGrants) return over_limit("a person may have 256 roles");
  for (std::size_t i = 0; i < grants.size(); ++i) {
    const Grant& grant = grants[i];
    const std::string role(role_name(grant.role)), place = "/roles/" + std::to_string(i) + "/unit";
    if (!is_unit(grant.unit)) {
      return invalid("the role " + role + " needs a unit: its id, or * for all units").at(place);
    }
    if (grant.role == Role::Administrator && grant.unit != kAllUnits) {
      return invalid("an administrator is one of all units; leave the unit out").at(place);
    }
  }
  return {};
}

Result<std::string> checked_login(std::string_view login) {
  std::string lowered(login);
  for (char& c : lowered) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  if (lowered.size() < 2 || lowered.size() > kLoginBytes || !is_letter_or_digit(lowered.front()) ||
      !std::all_of(lowered.begin(), lowered.end(), is_login_character)) {
    return invalid("a login has 2 to 64 of a-z 0-9 . _ - @ and begins with a letter or digit").at("/login");
  }
  return lowered;
}

Result<std::string> checked_name(std::string_view name, const std::string& what) {
  const std::string_view plain = trimmed(name);
  if (plain.empty() || plain.size() > kPersonNameBytes || !is_utf8(plain) ||
      std::any_of(plain.begin(), plain.end(), is_control)) {
    return invalid(what + " needs a name: 1 to 200 bytes of text without line breaks").at("/name");
  }
  return std::string(plain);
}

}  // namespace handslag::app
