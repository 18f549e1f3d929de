// SPDX-License-Identifier: Apache-2.0
// `handslag demo`: fills a data directory with the telecom group of app/demo/generate.h. The same options
// give the same data. A folder that is not there yet is made beside, as FOLDER.partial, and has its name once
// all of it is there; one that is there is filled in place. Conflict where the directory holds something
// else.
#pragma once

#include <cstdint>
#include <string>

#include "app/session.h"

namespace handslag::app {

struct MakeDemoOptions {
  std::uint64_t customers = 20'000;
  std::uint32_t months = 12;
  std::uint64_t seed = 1;
};

Status make_demo(const Session& session, const MakeDemoOptions& options);

}  // namespace handslag::app
