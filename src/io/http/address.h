// SPDX-License-Identifier: Apache-2.0
// Addresses as text and bytes: where to listen, which proxies are trusted, which hosts a webhook may reach.
// No name is resolved here. Pure functions and immutable values.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace handslag::http {

/// An IPv6 address, or an IPv4 one as ::ffff:a.b.c.d.
using AddressBytes = std::array<std::uint8_t, 16>;

/// "192.0.2.1", "2001:db8::1"; no names, ports, brackets or zones.
std::optional<AddressBytes> parse_address(std::string_view text);
std::string format_address(const AddressBytes& address);
bool is_ipv4(const AddressBytes& address);
/// What counts as one caller where callers are counted: all of an IPv4 address, the first 64 bits of an IPv6
/// one (the rest is whatever its network likes). As text: "2001:db8:1:2::"; what is no address stays as it
/// is.
AddressBytes counted_part(AddressBytes address);
std::string counted_part(const std::string& address);

struct ListenAddress {
  AddressBytes address{};
  std::uint16_t port = 0;
};
/// "127.0.0.1:8080", "[::1]:0". Error Invalid for anything else, names included.
Result<ListenAddress> parse_listen_address(std::string_view text);

/// True for an address of the public internet: not private, loopback, link-local, shared, multicast,
/// unique-local, documentation or reserved, nor an IPv6 address that is translated to IPv4 (compatible, 6to4,
/// Teredo, NAT64). A mapped one is its IPv4 address here.
bool is_public_address(const AddressBytes& address);

/// "10.0.0.0/8" and the like.
class Networks {
 public:
  /// Addresses, or networks with a prefix length. Error Invalid names the one that is neither.
  static Result<Networks> parse(const std::vector<std::string>& texts);
  bool contain(const AddressBytes& address) const;

 private:
  struct Network {
    AddressBytes address;
    unsigned bits;
  };
  std::vector<Network> networks_;
};

}  // namespace handslag::http
