// SPDX-License-Identifier: Apache-2.0
// What people mean by a bare date on the command line: a day in the default zone, as promises count them.
#pragma once

#include "base/time.h"

namespace handslag::app {

Timestamp start_of_local_day(Date day);
Timestamp end_of_local_day(Date day);

}  // namespace handslag::app
