// SPDX-License-Identifier: Apache-2.0
#include "io/http/service.h"

#include <openssl/rand.h>

#include <algorithm>
#include <cstdio>
#include <utility>

#include "base/text.h"
#include "io/http/target.h"

namespace handslag::http {
namespace {

constexpr std::size_t kRequestIdLength = 64;
// Refused connections that are told so and lie about until the client has read it; those past these are
// closed.
constexpr std::uint32_t kToldOfAll = 256;
constexpr std::uint32_t kToldOfAddress = 16;

const runtime::Clock& wall_clock() {
  static const runtime::WallClock kClock;
  return kClock;
}

Status check_options(const ServerOptions& options) {
  if (options.listen.empty()) return invalid("no address to listen on; give one, such as 127.0.0.1:8080");
  if (options.certificate_path.empty() != options.key_path.empty()) {
    return invalid("TLS needs both a certificate and a key; give both paths, or none");
  }
  const auto times = {options.head_time, options.body_time, options.answer_time, options.idle_time,
                      options.linger_time};
  if (options.threads == 0 || options.threads > 256 || options.connections == 0 ||
      options.connections_per_address == 0 || options.inflate_ratio == 0 || options.header_count == 0 ||
      options.head_bytes < 1024 || options.target_bytes > options.head_bytes ||
      std::any_of(times.begin(), times.end(), [](auto time) { return time.count() <= 0; })) {
    return invalid(
        "a limit of the HTTP server makes no sense; give 1 to 256 threads, at least 1024 bytes of head with "
        "a "
        "target that fits into it, and no zero");
  }
  return {};
}

Result<std::string> random_prefix() {
  unsigned char bytes[8];
  if (RAND_bytes(bytes, sizeof bytes) != 1) return unavailable("the system gives no random bytes");
  std::string text;
  for (const unsigned char byte : bytes) {
    char digits[3];
    std::snprintf(digits, sizeof digits, "%02x", byte);
    text += digits;
  }
  return text;
}

/// The last address of X-Forwarded-For: the one that the nearest proxy saw.
std::optional<AddressBytes> last_forwarded(const Request& request) {
  std::optional<AddressBytes> last;
  for (const Header& header : request.headers) {
    if (header.name != "x-forwarded-for") continue;
    const auto comma = header.value.rfind(',');
    last = parse_address(trimmed(std::string_view(header.value).substr(comma + 1)));
  }
  return last;
}

}  // namespace

bool is_sane_request_id(std::string_view id) {
  return !id.empty() && id.size() <= kRequestIdLength && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
           c == '_' || c == ':' || c == '-';
  });
}

Service::Service(ServerOptions given, Handler& answering, Networks trusted, std::vector<std::string> hosts,
                 std::string id_prefix)
    : options(std::move(given)),
      read_limits{options.head_bytes, options.target_bytes, options.header_count, options.inflate_ratio},
      handler(answering),
      clock(options.clock != nullptr ? *options.clock : wall_clock()),
      connection_limit(options.connections),
      trusted_proxies_(std::move(trusted)),
      allowed_hosts_(std::move(hosts)),
      id_prefix_(std::move(id_prefix)) {}

Result<std::shared_ptr<Service>> Service::make(ServerOptions options, Handler& handler) {
  HANDSLAG_CHECK_STATUS(check_options(options));
  HANDSLAG_TRY(trusted, Networks::parse(options.trusted_proxies));
  std::vector<std::string> hosts;
  for (const std::string& host : options.allowed_hosts) {
    if (!is_host(host)) return invalid("allowed host \"" + host + "\" is no host name");
    hosts.push_back(lower_case(host_without_port(host)));
  }
  HANDSLAG_TRY(prefix, random_prefix());
  return std::shared_ptr<Service>(
      new Service(std::move(options), handler, std::move(trusted), std::move(hosts), std::move(prefix)));
}

std::string Service::make_request_id() {
  char digits[17];
  std::snprintf(digits, sizeof digits, "%012llx", static_cast<unsigned long long>(next_id_.fetch_add(1)));
  return id_prefix_ + digits;
}

bool Service::is_allowed_host(std::string_view host) const {
  if (allowed_hosts_.empty()) return true;
  const std::string name = lower_case(host_without_port(host));
  return std::find(allowed_hosts_.begin(), allowed_hosts_.end(), name) != allowed_hosts_.end();
}

void Service::set_remote(const AddressBytes& peer, bool is_tls, Request& request) const {
  AddressBytes remote = peer;
  request.is_secure = is_tls;
  if (trusted_proxies_.contain(peer)) {
    if (const auto forwarded = last_forwarded(request)) remote = *forwarded;
    if (const std::string* protocol = request.header("x-forwarded-proto")) {
      request.is_secure = equal_ignoring_case(*protocol, "https");
    }
  }
  request.remote_address = format_address(remote);
}

Refusal Service::enter(const AddressBytes& peer) {
  const std::uint32_t open = open_.fetch_add(1) + 1;
  std::uint32_t from_address = 0;
  if (!trusted_proxies_.contain(peer)) {
    const std::lock_guard lock(mutex_);
    from_address = ++by_address_[counted_part(peer)];
  }
  const std::uint32_t limit = connection_limit.load();
  if (open > limit + kToldOfAll || from_address > options.connections_per_address + kToldOfAddress) {
    return Refusal::Silent;
  }
  if (from_address > options.connections_per_address) return Refusal::TooManyFromAddress;
  return open > limit ? Refusal::TooMany : Refusal::None;
}

void Service::leave(const AddressBytes& peer) {
  const std::lock_guard lock(mutex_);
  if (open_.fetch_sub(1) == 1) emptied_.notify_all();
  if (trusted_proxies_.contain(peer)) return;
  const auto found = by_address_.find(counted_part(peer));
  if (found != by_address_.end() && --found->second == 0) by_address_.erase(found);
}

void Service::wait_until_empty(std::chrono::steady_clock::time_point end) {
  std::unique_lock lock(mutex_);
  emptied_.wait_until(lock, end, [this] { return open_.load() == 0; });
}

bool Service::charge_body(std::uint64_t bytes) {
  if (body_bytes_.fetch_add(bytes) + bytes <= options.body_bytes_in_all) return true;
  body_bytes_.fetch_sub(bytes);
  return false;
}

void Service::discharge_body(std::uint64_t bytes) {
  body_bytes_.fetch_sub(bytes);
}

}  // namespace handslag::http
