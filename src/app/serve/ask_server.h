// SPDX-License-Identifier: Apache-2.0
// `handslag ask PATH --server URL`: what a running server answers, since its data directory cannot be opened
// beside it; and the commands that it prints itself (api/printed_routes.cc), so that `gap --server URL` says
// what `gap` says.
#pragma once

#include <string>

#include "app/explain/explain.h"
#include "app/gaps/report_gap.h"
#include "app/session.h"
#include "app/timelines/show_timeline.h"

namespace handslag::app {

struct AskOptions {
  std::string path;    // "/v1/gap?each=month"
  std::string server;  // a URL without a path
  std::string key;     // an API key; empty: as nobody in particular
};

/// Where a server answers, and as whom.
struct ServerAddress {
  std::string url;  // without a path; empty: the command line opens the data directory itself
  std::string key;
};

/// What `handslag gap` prints, of the server's promises and by its clock. REQUIRES: options.promises is
/// empty. Errors here and below: as of ask_server, and of writing options.html.
Status report_gap_of(const ServerAddress& server, const Session& session, const GapOptions& options);
/// Here and below `why`: why the customer is looked at; the server notes it, and demands it of a key.
Status explain_of(const ServerAddress& server, const Session& session, const ExplainOptions& options,
                  const std::string& why);
Status show_timeline_of(const ServerAddress& server, const Session& session, const TimelineOptions& options,
                        const std::string& why);
Status list_promises_of(const ServerAddress& server, const Session& session, Form form);

/// Prints the answer's body. Errors: by the status of a refusal, with what the server says of it; Invalid (no
/// path), Unavailable, Timeout.
Status ask_server(const Session& session, const AskOptions& options);

}  // namespace handslag::app
