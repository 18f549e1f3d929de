// SPDX-License-Identifier: Apache-2.0
// The demo into a log, and with its promises, units and types into an installation that has nothing yet.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "app/demo/make_demo.h"
#include "base/result.h"
#include "io/store/data_directory.h"

namespace handslag::app {

/// Asked now and then with the events made so far; a failing status ends it.
using DemoProgress = std::function<Status(std::uint64_t)>;

/// A source an import, by the path that files take. How many events there are. Cost: some 300,000 events/s.
Result<std::uint64_t> fill_with_demo(store::EventLog& log, const MakeDemoOptions& options,
                                     const DemoProgress& progress);

/// On the thread that owns the directory. Conflict where it holds an event or a promise.
Result<std::uint64_t> load_demo(store::DataDirectory& directory, const MakeDemoOptions& options,
                                Timestamp now, const std::string& by);

}  // namespace handslag::app
