// SPDX-License-Identifier: Apache-2.0
// What the supervisor of a service (systemd, Type=notify) wants to hear of a service: the protocol of
// sd_notify(3), one datagram to the socket that the environment names. Where it names none, nothing happens.
// Any thread.
#pragma once

#include <chrono>
#include <string_view>

namespace handslag::runtime {

/// "READY=1", "STOPPING=1", "WATCHDOG=1", "STATUS=…"; several on lines of their own. True where it was sent;
/// nothing depends on that.
bool tell_supervisor(std::string_view state);

/// How often it must hear "WATCHDOG=1" of this process at the least; 0: it does not ask for that.
std::chrono::microseconds watchdog_interval();

}  // namespace handslag::runtime
