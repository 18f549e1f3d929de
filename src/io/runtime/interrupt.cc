// SPDX-License-Identifier: Apache-2.0
#include "io/runtime/interrupt.h"

#include <atomic>
#include <csignal>

namespace handslag::runtime {
namespace {

// Why: a signal handler can reach nothing but what has static storage.
std::atomic<bool> interrupt_came{false};
static_assert(std::atomic<bool>::is_always_lock_free);

void remember(int signal) {
  if (interrupt_came.exchange(true)) {
    std::signal(signal, SIG_DFL);
    std::raise(signal);
  }
}

}  // namespace

void watch_interrupts() {
  struct sigaction action {};
  action.sa_handler = remember;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

bool interrupted() {
  return interrupt_came.load(std::memory_order_relaxed);
}

void request_interrupt() {
  interrupt_came.store(true);
}

void clear_interrupt() {
  interrupt_came.store(false);
}

}  // namespace handslag::runtime
