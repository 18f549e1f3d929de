// SPDX-License-Identifier: Apache-2.0
// Who calls, by what a request carries: a session cookie, or a key as "Authorization: Bearer hs_…" or as the
// user of Basic authorization (Segment's clients). Any thread; some microseconds, without the disk.
#pragma once

#include "app/access/access.h"
#include "io/http/message.h"

namespace handslag::app {

/// Nobody where the request carries nothing. Errors: Unauthenticated; Forbidden where it changes something
/// (its method) in a session without that session's CSRF token.
Result<Caller> who_calls(const Access& access, const http::Request& request);

/// The same for a request that came in earlier and whose answer goes on, as a stream's does: it counts as no
/// use of the session, so that what stands open keeps nobody signed in.
Result<Caller> who_called(const Access& access, const http::Request& request);

}  // namespace handslag::app
