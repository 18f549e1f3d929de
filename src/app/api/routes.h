// SPDX-License-Identifier: Apache-2.0
// The table of all routes, a function a group. A test walks it: every route × every role.
#pragma once

#include <vector>

#include "app/api/route.h"

namespace handslag::app {

std::vector<Route> all_routes();

/// GET /, files of the pages, /livez, /readyz, /v1/state, /v1/units
void add_system_routes(std::vector<Route>& routes);
/// GET /v1/calendars
void add_calendar_routes(std::vector<Route>& routes);
/// Sessions, people, keys, audit.
void add_access_routes(std::vector<Route>& routes);
/// Events in: our own, CloudEvents, Segment's paths, hooks; sources.
void add_intake_routes(std::vector<Route>& routes);
/// What could not be used, of events and of files.
void add_reject_routes(std::vector<Route>& routes);
/// Files in.
void add_import_routes(std::vector<Route>& routes);
/// The demo.
void add_demo_routes(std::vector<Route>& routes);
/// A file to make a map for, and what came in by files.
void add_upload_routes(std::vector<Route>& routes);
/// Segment's own POST /v1/identify, whose path is also ours (identify_routes.cc tells them apart).
void take_segment_identify(Call call, http::Reply reply);
/// What the command line asks with --server.
void add_printed_routes(std::vector<Route>& routes);
/// Promises, gap, instances.
void add_promise_routes(std::vector<Route>& routes);
/// GET /v1/stream
void add_stream_routes(std::vector<Route>& routes);
/// Cases, commitments and all other registers.
void add_register_routes(std::vector<Route>& routes);
/// Webhooks, and the recipients of units.
void add_notice_routes(std::vector<Route>& routes);
/// Commitments, and what the customer sees of them.
void add_commitment_routes(std::vector<Route>& routes);
/// What a contact was about, corrected.
void add_matter_routes(std::vector<Route>& routes);
/// My own results.
void add_own_routes(std::vector<Route>& routes);
/// What nears its breach, and what came of what broke.
void add_overview_routes(std::vector<Route>& routes);
/// What leaders guess, measured: /v1/quarters and guesses shown.
void add_quarter_routes(std::vector<Route>& routes);
/// Card, identify, cause, promised.
void add_frontline_routes(std::vector<Route>& routes);

}  // namespace handslag::app
