// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/language/json.h"
#include "io/store/records.h"

namespace handslag::app {

/// A version of a promise as the command line and the API tell it.
Json version_json(const store::PromiseVersion& version);

}  // namespace handslag::app
