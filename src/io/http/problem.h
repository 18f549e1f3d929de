// SPDX-License-Identifier: Apache-2.0
// Errors as RFC 9457 problem documents (application/problem+json), the one form in which server and API say
// what is wrong: {"type","title","status","detail","errors":[{"pointer","detail"}]}. Any thread.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "io/http/message.h"

namespace handslag::http {

/// One fault inside what was sent.
struct ProblemPart {
  std::string pointer;  // JSON Pointer into the body: "/batch/3/time"
  std::string detail;   // one sentence: what is wrong there and what would be right
};

struct Problem {
  unsigned status = 500;
  std::string title;   // the same for every problem of its kind: "Body too large"
  std::string detail;  // one or two sentences on this one: what happened, and what to do
  /// What kind it is, for programs: a reference relative to the server, "/problems/limit". About:blank says
  /// no more than the status does.
  std::string type = "about:blank";
  std::vector<ProblemPart> parts;  // "errors" in the document; left out where empty
};

/// Text that is not UTF-8 is mended with U+FFFD. Cache-Control is no-store. From 500 on, Response::reason is
/// what the problem says.
Response problem_response(const Problem& problem);
Response problem_response(unsigned status, std::string title, std::string detail);

/// The status of an Error that reached the edge: Invalid 400, Unauthenticated 401, Forbidden 403, NotFound
/// 404, Conflict 409, Limit 413, Unavailable 503, Timeout 504, Corrupt and Internal 500.
unsigned status_of(ErrorCode code);

/// The error by its status, with the type "/problems/NAME" (error_name), and its pointer as the one part. The
/// message goes out only where the caller can do something about it (status below 500); else it is
/// Response::reason, and the detail says to look in the server's log under the request id, since messages of
/// that kind name places on our disks.
Response problem_response(const Error& error);

}  // namespace handslag::http
