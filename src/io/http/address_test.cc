// SPDX-License-Identifier: Apache-2.0
#include "io/http/address.h"

#include <gtest/gtest.h>

namespace handslag::http {
namespace {

TEST(Address, TellsPublicFromOther) {
  for (const char* text : {"8.8.8.8", "1.1.1.1", "172.15.0.1", "172.32.0.1", "100.63.0.1", "100.128.0.1",
                           "223.255.255.1", "2606:4700::1111", "2a00::1", "2001:4860::1"}) {
    EXPECT_TRUE(is_public_address(*parse_address(text))) << text;
  }
  for (const char* text : {"0.0.0.0",
                           "10.1.2.3",
                           "100.64.0.1",
                           "127.0.0.1",
                           "127.255.0.1",
                           "169.254.169.254",
                           "172.16.0.1",
                           "172.31.255.255",
                           "192.168.0.1",
                           "198.18.0.1",
                           "224.0.0.1",
                           "239.1.1.1",
                           "240.0.0.1",
                           "255.255.255.255",
                           "::",
                           "::1",
                           "::7f00:1",
                           "::ffff:127.0.0.1",
                           "64:ff9b::7f00:1",
                           "64:ff9b:1::1",
                           "fc00::1",
                           "fd12::1",
                           "fe80::1",
                           "fec0::1",
                           "ff02::1",
                           "2001::1",
                           "2001:db8::1",
                           "2002:7f00:1::",
                           "3fff::1",
                           "100::1"}) {
    EXPECT_FALSE(is_public_address(*parse_address(text))) << text;
  }
}

TEST(Address, ReadsAndWrites) {
  EXPECT_EQ(format_address(*parse_address("192.0.2.1")), "192.0.2.1");
  EXPECT_EQ(format_address(*parse_address("2001:DB8:0::1")), "2001:db8::1");
  for (const char* wrong :
       {"", "a", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4x", "::1%lo", "[::1]", "0x7f.1"}) {
    EXPECT_FALSE(parse_address(wrong)) << wrong;
  }
}

TEST(Address, CountsTheNetworkOfAnIpv6AddressAsOne) {
  EXPECT_EQ(counted_part("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
  EXPECT_EQ(counted_part("2001:db8:1:3::1"), "2001:db8:1:3::");
  EXPECT_EQ(counted_part("192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(counted_part("somewhere"), "somewhere");
}

TEST(Address, NetworksContainWhatTheirBitsSay) {
  const auto networks = Networks::parse({"10.0.0.0/9", "192.0.2.1", "2001:db8::/33"});
  ASSERT_TRUE(networks.ok());
  EXPECT_TRUE(networks->contain(*parse_address("10.127.255.255")));
  EXPECT_FALSE(networks->contain(*parse_address("10.128.0.0")));
  EXPECT_TRUE(networks->contain(*parse_address("192.0.2.1")));
  EXPECT_FALSE(networks->contain(*parse_address("192.0.2.0")));
  EXPECT_TRUE(networks->contain(*parse_address("2001:db8:7fff::")));
  EXPECT_FALSE(networks->contain(*parse_address("2001:db8:8000::")));
  for (const char* wrong : {"10.0.0.0/33", "a/8", "10.0.0.0/", "10.0.0.0/-1", "::/129", ""}) {
    EXPECT_FALSE(Networks::parse({wrong}).ok()) << wrong;
  }
}

}  // namespace
}  // namespace handslag::http
