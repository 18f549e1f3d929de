// SPDX-License-Identifier: Apache-2.0
// `handslag ask PATH --server URL`: what a running server answers, since its data directory cannot be opened
// beside it.
#pragma once

#include <string>

#include "app/session.h"

namespace handslag::app {

struct AskOptions {
  std::string path;    // "/v1/gap?each=month"
  std::string server;  // a URL without a path
  std::string key;     // an API key; empty: as nobody in particular
};

/// Prints the answer's body. Errors: by the status of a refusal, with what the server says of it; Invalid (no
/// path), Unavailable, Timeout.
Status ask_server(const Session& session, const AskOptions& options);

}  // namespace handslag::app
