// SPDX-License-Identifier: Apache-2.0
// `handslag doctor`: what is wrong with this installation and its data, and what to do about each. Invalid
// where it found a fault; warnings alone are no fault.
#pragma once

#include "app/serve/settings.h"
#include "app/session.h"

namespace handslag::app {

/// `server` says where the server's configuration lies: whether mail can be sent is found out by signing in
/// at the mail server.
Status examine(const Session& session, const ServeOptions& server);

}  // namespace handslag::app
