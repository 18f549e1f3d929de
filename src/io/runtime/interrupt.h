// SPDX-License-Identifier: Apache-2.0
// Ctrl-C and termination as a question that long work asks now and then, so that it can roll back and say so.
#pragma once

namespace handslag::runtime {

/// From now on the first SIGINT or SIGTERM is only remembered; a second one ends the program at once.
void watch_interrupts();

/// True once a signal came (or request_interrupt was called). Any thread; costs one load.
bool interrupted();

/// As if a signal had come. Safe in a signal handler.
void request_interrupt();

/// Forgets what came, for tests and for work that has rolled back.
void clear_interrupt();

}  // namespace handslag::runtime
