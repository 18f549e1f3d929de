// SPDX-License-Identifier: Apache-2.0
#include "app/access/cookies.h"

#include <gtest/gtest.h>

namespace handslag::app {
namespace {

TEST(Cookies, AreSafe) {
  EXPECT_EQ(session_cookie("t", Transport::Secure, Framing::None),
            "__Host-handslag=t; Path=/; HttpOnly; SameSite=Lax; Secure");
  EXPECT_EQ(session_cookie("t", Transport::Secure, Framing::Others),
            "__Host-handslag=t; Path=/; HttpOnly; SameSite=None; Partitioned; Secure");
  // In the clear a browser would throw such a cookie away.
  EXPECT_EQ(session_cookie("t", Transport::Clear, Framing::Others),
            "handslag=t; Path=/; HttpOnly; SameSite=Lax");
  EXPECT_EQ(session_cookie("t", Transport::Clear, Framing::None),
            "handslag=t; Path=/; HttpOnly; SameSite=Lax");
  EXPECT_EQ(ended_cookie(Transport::Secure, Framing::None),
            "__Host-handslag=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0");
}

TEST(Cookies, AreFoundAmongOthers) {
  EXPECT_EQ(token_in_cookies("a=1; __Host-handslag=abc; b=2", Transport::Secure), "abc");
  EXPECT_EQ(token_in_cookies("handslag=abc", Transport::Clear), "abc");
  EXPECT_EQ(token_in_cookies("handslag=abc; handslag=abc", Transport::Clear), "abc");
}

TEST(Cookies, AreNotTakenFromAnotherName) {
  EXPECT_FALSE(token_in_cookies("", Transport::Secure));
  EXPECT_FALSE(token_in_cookies("handslag=abc", Transport::Secure));
  EXPECT_FALSE(token_in_cookies("xhandslag=abc; handslagx=abc; handslag", Transport::Clear));
  EXPECT_FALSE(token_in_cookies("handslag=", Transport::Clear));
  EXPECT_FALSE(token_in_cookies("handslag=abc; handslag=xyz", Transport::Clear));
}

}  // namespace
}  // namespace handslag::app
