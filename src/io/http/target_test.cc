// SPDX-License-Identifier: Apache-2.0
#include "io/http/target.h"

#include <gtest/gtest.h>

namespace handslag::http {
namespace {

std::string path_of(const char* target) {
  const auto parsed = parse_target(target);
  return parsed.ok() ? parsed->path : "error";
}

TEST(Target, NormalisesPaths) {
  EXPECT_EQ(path_of("/"), "/");
  EXPECT_EQ(path_of("/a/b"), "/a/b");
  EXPECT_EQ(path_of("/a/b/"), "/a/b/");
  EXPECT_EQ(path_of("//a///b"), "/a/b");
  EXPECT_EQ(path_of("/a/./b"), "/a/b");
  EXPECT_EQ(path_of("/a/../b"), "/b");
  EXPECT_EQ(path_of("/a/b/.."), "/a/");
  EXPECT_EQ(path_of("/a/.."), "/");
  EXPECT_EQ(path_of("/a/."), "/a/");
  EXPECT_EQ(path_of("/a%20b/%C3%A5"), "/a b/å");
  EXPECT_EQ(path_of("/a+b"), "/a+b");
  EXPECT_EQ(path_of("/%2e/a"), "/a");
  EXPECT_EQ(path_of("/a%25"), "/a%");
  EXPECT_EQ(path_of("/..."), "/...");
}

TEST(Target, RefusesPathsThatHideSomething) {
  for (const char* wrong : {"", "a", "/..", "/a/../..", "/%2e%2e", "/a%2fb", "/a%2Fb", "/%00", "/%", "/%4",
                            "/%zz", "/%ff", "/%c0%ae"}) {
    EXPECT_EQ(path_of(wrong), "error") << wrong;
  }
}

TEST(Target, TakesTheAbsoluteForm) {
  const auto parsed = parse_target("HTTP://shop.example:8080/a?b=c");
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(parsed->authority, "shop.example:8080");
  EXPECT_EQ(parsed->path, "/a");
  ASSERT_EQ(parsed->query.size(), 1U);
  EXPECT_EQ(parsed->query[0].value, "c");
  EXPECT_EQ(path_of("http://a"), "/");
  EXPECT_EQ(path_of("https://a?x"), "/");
  EXPECT_EQ(path_of("http://"), "error");
  EXPECT_EQ(path_of("http://u:p@a/"), "error");
  EXPECT_EQ(path_of("ftp://a/"), "error");
}

TEST(Target, DecodesQueriesAsBrowsersWriteThem) {
  const auto target = parse_target("/?a=1&b=x+y%21&a=2&flag&=v&&e=%C3%A5&p=100%&q=%zz");
  ASSERT_TRUE(target.ok());
  const auto* query = &target->query;
  ASSERT_EQ(query->size(), 8U);
  EXPECT_EQ((*query)[0].name + "=" + (*query)[0].value, "a=1");
  EXPECT_EQ((*query)[1].value, "x y!");
  EXPECT_EQ((*query)[2].value, "2");
  EXPECT_EQ((*query)[3].name + "|" + (*query)[3].value, "flag|");
  EXPECT_EQ((*query)[4].name + "|" + (*query)[4].value, "|v");
  EXPECT_EQ((*query)[5].value, "å");
  EXPECT_EQ((*query)[6].value, "100%");
  EXPECT_EQ((*query)[7].value, "%zz");
  EXPECT_FALSE(parse_target("/?a=%ff").ok());
  EXPECT_FALSE(parse_target("/?a=%00").ok());
}

TEST(Target, FindsCookies) {
  EXPECT_EQ(find_cookie("a=1; b=2", "b"), "2");
  EXPECT_EQ(find_cookie("a=1;b=2", "b"), "2");
  EXPECT_EQ(find_cookie("a=\"1 2\"", "a"), "1 2");
  EXPECT_EQ(find_cookie("a=1; a=2", "a"), "1");
  EXPECT_EQ(find_cookie("a=b=c", "a"), "b=c");
  EXPECT_EQ(find_cookie("a=", "a"), "");
  EXPECT_EQ(find_cookie("xa=1", "a"), std::nullopt);
  EXPECT_EQ(find_cookie("a", "a"), std::nullopt);
  EXPECT_EQ(find_cookie("", "a"), std::nullopt);
  EXPECT_EQ(find_cookie("a=\"", "a"), "\"");
}

TEST(Target, TellsHosts) {
  for (const char* host :
       {"a", "a.example", "a:80", "a:", "127.0.0.1:1", "[::1]", "[::1]:443", "xn--a_b-c"}) {
    EXPECT_TRUE(is_host(host)) << host;
  }
  for (const char* host :
       {"", ":80", "a b", "a/b", "u@a", "a:x", "a:123456", "[::1", "[]", "[", "::1", "[g]", "[::1]x"}) {
    EXPECT_FALSE(is_host(host)) << host;
  }
  EXPECT_EQ(host_without_port("[::1]:443"), "[::1]");
  EXPECT_EQ(host_without_port("a:80"), "a");
}

TEST(Request, FindsHeadersParametersAndCookies) {
  Request request;
  request.headers = {{"host", "a"}, {"cookie", "x=1"}, {"cookie", "session=abc"}};
  request.query = {{"a", "1"}, {"a", "2"}};
  EXPECT_EQ(*request.header("host"), "a");
  EXPECT_EQ(request.header("accept"), nullptr);
  EXPECT_EQ(*request.parameter("a"), "1");
  EXPECT_EQ(request.parameter("b"), nullptr);
  EXPECT_EQ(request.cookie("session"), "abc");
  EXPECT_EQ(request.cookie("none"), std::nullopt);
}

}  // namespace
}  // namespace handslag::http
