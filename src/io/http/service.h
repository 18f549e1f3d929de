// SPDX-License-Identifier: Apache-2.0
// What all connections of a server share: its options in checked form, its handler, and the counts that
// limits are about. Internal to the server. Any thread.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/http/address.h"
#include "io/http/request_reader.h"
#include "io/http/server.h"

namespace handslag::http {

/// Why a connection is not served.
enum class Refusal {
  None,
  TooMany,
  TooManyFromAddress,
  Silent  // so many past a limit that even saying so would cost too much
};

class Service {
 public:
  /// Error Invalid: an option that cannot be.
  static Result<std::shared_ptr<Service>> make(ServerOptions options, Handler& handler);

  const ServerOptions options;
  const ReadLimits read_limits;
  Handler& handler;
  const runtime::Clock& clock;

  /// A request id of our own: unique among servers and restarts.
  std::string make_request_id();

  bool is_allowed_host(std::string_view host) const;

  /// Who a request comes from: the peer, or whom a trusted peer names. Sets remote_address and is_secure.
  void set_remote(const AddressBytes& peer, bool is_tls, Request& request) const;

  /// Counts a connection in; leave() counts it out, also one that is refused.
  Refusal enter(const AddressBytes& peer);
  void leave(const AddressBytes& peer);
  std::uint32_t open_connections() const { return open_.load(); }
  /// Waits until none is open, at most until `end`.
  void wait_until_empty(std::chrono::steady_clock::time_point end);
  /// Lowered at the start to what the file limit bears.
  std::atomic<std::uint32_t> connection_limit;

  /// Bodies in memory; false where they would be more than ServerOptions::body_bytes_in_all.
  bool charge_body(std::uint64_t bytes);
  void discharge_body(std::uint64_t bytes);

 private:
  Service(ServerOptions given, Handler& answering, Networks trusted, std::vector<std::string> hosts,
          std::string id_prefix);

  const Networks trusted_proxies_;
  const std::vector<std::string> allowed_hosts_;  // in lower case
  const std::string id_prefix_;                   // 16 hexadecimal digits, random
  std::atomic<std::uint64_t> next_id_{0};
  std::atomic<std::uint32_t> open_{0};
  std::atomic<std::uint64_t> body_bytes_{0};
  std::condition_variable emptied_;                   // open_ is zero
  std::mutex mutex_;                                  // guards by_address_
  std::map<AddressBytes, std::uint32_t> by_address_;  // open connections; an IPv6 /64 is one
};

/// True for a request id that is taken over: 1 to 64 of A–Z a–z 0–9 . _ : -
bool is_sane_request_id(std::string_view id);

}  // namespace handslag::http
