// SPDX-License-Identifier: Apache-2.0
#include "io/runtime/supervisor.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <string>

namespace handslag::runtime {
namespace {

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

// 0 where it is no number.
std::int64_t number(std::string_view text) {
  std::int64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  return read.ec == std::errc() && read.ptr == text.data() + text.size() ? value : 0;
}

}  // namespace

bool tell_supervisor(std::string_view state) {
  const std::string_view path = variable("NOTIFY_SOCKET");
  sockaddr_un where{};
  // A path, or a name of Linux's own after "@".
  if (path.empty() || (path[0] != '/' && path[0] != '@') || path.size() >= sizeof where.sun_path)
    return false;
  where.sun_family = AF_UNIX;
  std::memcpy(where.sun_path, path.data(), path.size());
  if (path[0] == '@') where.sun_path[0] = '\0';
  const int file = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (file < 0) return false;
  const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
  const ssize_t sent = sendto(file, state.data(), state.size(), MSG_NOSIGNAL | MSG_DONTWAIT,
                              reinterpret_cast<const sockaddr*>(&where), length);
  close(file);
  return sent == static_cast<ssize_t>(state.size());
}

std::chrono::microseconds watchdog_interval() {
  const std::string_view process = variable("WATCHDOG_PID");
  if (!process.empty() && number(process) != getpid()) return std::chrono::microseconds(0);
  return std::chrono::microseconds(number(variable("WATCHDOG_USEC")));
}

}  // namespace handslag::runtime
