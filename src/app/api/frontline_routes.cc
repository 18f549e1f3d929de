// SPDX-License-Identifier: Apache-2.0
// The front line: who is it, what have we promised her, what may I do.
#include "app/api/routes.h"

namespace handslag::app {

void add_frontline_routes(std::vector<Route>& /*routes*/) {}

}  // namespace handslag::app
