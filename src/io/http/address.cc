// SPDX-License-Identifier: Apache-2.0
#include "io/http/address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace handslag::http {
namespace {

constexpr AddressBytes kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0};
constexpr unsigned kMappedBits = 96;

bool begins_with(const AddressBytes& address, const AddressBytes& network, unsigned bits) {
  const unsigned whole = bits / 8;
  if (!std::equal(address.begin(), address.begin() + whole, network.begin())) return false;
  const unsigned rest = bits % 8;
  return rest == 0 || ((address[whole] ^ network[whole]) >> (8 - rest)) == 0;
}

template <typename Number>
std::optional<Number> parse_whole_number(std::string_view text) {
  Number number{};
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

struct SpecialNetwork {
  const char* address;
  unsigned bits;
};

// IANA's special-purpose registries of IPv4: what is not reachable from everywhere.
constexpr SpecialNetwork kSpecialV4[] = {
    {"0.0.0.0", 8},       // this host
    {"10.0.0.0", 8},      // private
    {"100.64.0.0", 10},   // shared by carriers
    {"127.0.0.0", 8},     // loopback
    {"169.254.0.0", 16},  // link-local, and where clouds keep their metadata
    {"172.16.0.0", 12},   // private
    {"192.0.0.0", 24},    // protocol assignments
    {"192.0.2.0", 24},    // documentation
    {"192.31.196.0", 24}, {"192.52.193.0", 24}, {"192.88.99.0", 24},  // 6to4 relays
    {"192.168.0.0", 16},                                              // private
    {"192.175.48.0", 24},                                             //
    {"198.18.0.0", 15},                                               // measuring networks
    {"198.51.100.0", 24},                                             // documentation
    {"203.0.113.0", 24},                                              // documentation
    {"224.0.0.0", 4},                                                 // multicast
    {"240.0.0.0", 4},                                                 // reserved, broadcast
};

// Of IPv6 only 2000::/3 is given out; these parts of it are not public.
constexpr SpecialNetwork kSpecialV6[] = {
    {"2001::", 23},      // protocol assignments, Teredo among them
    {"2001:db8::", 32},  // documentation
    {"2002::", 16},      // 6to4, which carries an IPv4 address
    {"3fff::", 20},      // documentation
};

bool is_in(const AddressBytes& address, const SpecialNetwork& network) {
  const auto parsed = parse_address(network.address);
  return begins_with(address, *parsed, is_ipv4(*parsed) ? kMappedBits + network.bits : network.bits);
}

}  // namespace

std::optional<AddressBytes> parse_address(std::string_view text) {
  const std::string terminated(text);
  if (terminated.find('\0') != std::string::npos) return std::nullopt;
  AddressBytes address = kMapped;
  if (inet_pton(AF_INET, terminated.c_str(), address.data() + 12) == 1) return address;
  if (inet_pton(AF_INET6, terminated.c_str(), address.data()) == 1) return address;
  return std::nullopt;
}

std::string format_address(const AddressBytes& address) {
  char text[INET6_ADDRSTRLEN] = {};
  if (is_ipv4(address)) {
    inet_ntop(AF_INET, address.data() + 12, text, sizeof text);
  } else {
    inet_ntop(AF_INET6, address.data(), text, sizeof text);
  }
  return text;
}

bool is_ipv4(const AddressBytes& address) {
  return begins_with(address, kMapped, kMappedBits);
}

AddressBytes counted_part(AddressBytes address) {
  if (!is_ipv4(address)) std::fill(address.begin() + 8, address.end(), std::uint8_t{0});
  return address;
}

std::string counted_part(const std::string& address) {
  const auto parsed = parse_address(address);
  return parsed ? format_address(counted_part(*parsed)) : address;
}

Result<ListenAddress> parse_listen_address(std::string_view text) {
  const Error wrong = invalid("\"" + std::string(text) +
                              "\" is no address to listen on; write 127.0.0.1:8080 or [::1]:8080.");
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return wrong;
  std::string_view host = text.substr(0, colon);
  const auto port = parse_whole_number<std::uint16_t>(text.substr(colon + 1));
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (bracketed) host = host.substr(1, host.size() - 2);
  const auto address = parse_address(host);
  if (!port || !address || bracketed == is_ipv4(*address)) return wrong;
  return ListenAddress{*address, *port};
}

bool is_public_address(const AddressBytes& address) {
  if (is_ipv4(address)) {
    return std::none_of(std::begin(kSpecialV4), std::end(kSpecialV4),
                        [&](const SpecialNetwork& network) { return is_in(address, network); });
  }
  return (address[0] & 0xE0U) == 0x20 &&
         std::none_of(std::begin(kSpecialV6), std::end(kSpecialV6),
                      [&](const SpecialNetwork& network) { return is_in(address, network); });
}

Result<Networks> Networks::parse(const std::vector<std::string>& texts) {
  Networks networks;
  for (const std::string& text : texts) {
    const auto slash = text.find('/');
    const auto address = parse_address(std::string_view(text).substr(0, slash));
    if (!address) return invalid("\"" + text + "\" is neither an address nor a network (10.0.0.0/8).");
    const unsigned most = is_ipv4(*address) ? 32 : 128;
    unsigned bits = most;
    if (slash != std::string::npos) {
      const auto given = parse_whole_number<unsigned>(std::string_view(text).substr(slash + 1));
      if (!given || *given > most) return invalid("\"" + text + "\" has no valid prefix length.");
      bits = *given;
    }
    networks.networks_.push_back({*address, most == 32 ? kMappedBits + bits : bits});
  }
  return networks;
}

bool Networks::contain(const AddressBytes& address) const {
  return std::any_of(networks_.begin(), networks_.end(), [&](const Network& network) {
    return begins_with(address, network.address, network.bits);
  });
}

}  // namespace handslag::http
