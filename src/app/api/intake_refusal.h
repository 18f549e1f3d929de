// SPDX-License-Identifier: Apache-2.0
// What whoever sends events is told where they were not taken. Any thread.
#pragma once

#include "app/api/services.h"
#include "base/result.h"
#include "io/http/message.h"

namespace handslag::app {

/// When to send again, for Limit and Unavailable; nothing for any other error.
void add_retry_after(const Error& error, const Services& services, http::Response& response);

/// An error of LiveIntake as an answer: too much at once is 429, not the 413 of a body that is too large, as
/// the same events will do a little later; a disk that is full or fails is 503.
http::Response intake_refusal(const Error& error, const Services& services);

}  // namespace handslag::app
