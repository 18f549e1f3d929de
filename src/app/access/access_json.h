// SPDX-License-Identifier: Apache-2.0
// People, keys and their grants as JSON: the API, the command line and the audit trail say them alike. Never
// a secret.
#pragma once

#include <vector>

#include "app/access/accounts.h"
#include "app/access/api_keys.h"
#include "app/language/json.h"

namespace handslag::app {

/// [{"role":"owner","unit":"sales"}]; the unit of all units is "*".
Json grants_json(const std::vector<Grant>& grants);
Json person_json(const Person& person);
Json key_json(const ApiKey& key);

}  // namespace handslag::app
