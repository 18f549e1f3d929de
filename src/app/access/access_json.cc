// SPDX-License-Identifier: Apache-2.0
#include "app/access/access_json.h"

namespace handslag::app {

Json grants_json(const std::vector<Grant>& grants) {
  Json list = Json::array();
  for (const Grant& grant : grants) list.push_back({{"role", role_name(grant.role)}, {"unit", grant.unit}});
  return list;
}

Json person_json(const Person& person) {
  return {{"number", person.number},
          {"login", person.login},
          {"name", person.name},
          {"roles", grants_json(person.grants)},
          {"opens_protected", person.opens_protected},
          {"created", time_json(person.created)},
          {"created_by", person.created_by},
          {"disabled", time_json(person.disabled)}};
}

Json key_json(const ApiKey& key) {
  Json scopes = Json::array();
  for (const Permission scope : key.scopes) scopes.push_back(permission_name(scope));
  return {{"number", key.number},
          {"name", key.name},
          {"source", key.source.empty() ? Json() : Json(key.source)},
          {"scopes", std::move(scopes)},
          {"created", time_json(key.created)},
          {"created_by", key.created_by},
          {"used", time_json(key.used)},
          {"revoked", time_json(key.revoked)}};
}

}  // namespace handslag::app
