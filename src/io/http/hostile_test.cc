// SPDX-License-Identifier: Apache-2.0
// What no well-behaved client sends: each is answered as said, the connection is closed, and the server
// serves on.
#include "io/http/test_server.h"

namespace handslag::http {
namespace {

struct Hostile {
  const char* what;
  std::string bytes;
  unsigned status;
};

std::string many_headers(int count) {
  std::string headers = "GET / HTTP/1.1\r\nHost: a\r\n";
  for (int i = 0; i < count; ++i) headers += "X-" + std::to_string(i) + ": 1\r\n";
  return headers + "\r\n";
}

std::string get_with(const std::string& headers) {
  return "GET / HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n";
}

std::string post_with(const std::string& headers, const std::string& body) {
  return "POST /echo HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n" + body;
}

const std::string kNul(1, '\0');

const std::vector<Hostile> kHostileHeads = {
    {"LF alone", "GET / HTTP/1.1\nHost: a\n\n", 400},
    {"LF alone in one line", "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", 400},
    {"CR alone", "GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n", 400},
    {"a blank before the colon", get_with("X-A : 1\r\n"), 400},
    {"a name with a blank", get_with("X A: 1\r\n"), 400},
    {"no name", get_with(": 1\r\n"), 400},
    {"no colon", get_with("X-A\r\n"), 400},
    {"a folded line", get_with("X-A: 1\r\n 2\r\n"), 400},
    {"a folded line by tab", get_with("X-A: 1\r\n\t2\r\n"), 400},
    {"a blank before the first header", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400},
    {"NUL in a value", get_with("X-A: 1" + kNul + "2\r\n"), 400},
    {"NUL in a name", get_with("X" + kNul + "A: 12\r\n"), 400},
    {"NUL in the target", "GET /a" + kNul + " HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"an encoded NUL", "GET /a%00b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"an encoded slash", "GET /a%2Fb HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"above the root", "GET /../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"above the root, encoded", "GET /%2e%2E/etc HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"a broken escape", "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"not UTF-8", "GET /%ff HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"a query that is not UTF-8", "GET /?a=%ff HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"a target without slash", "GET index.html HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"another scheme", "GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"an absolute target without host", "GET http:/// HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"a star with GET", "GET * HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"no Host", "GET / HTTP/1.1\r\n\r\n", 400},
    {"two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400},
    {"an empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400},
    {"a Host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
    {"a Host with a user", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", 400},
    {"a long header", get_with("X-A: " + std::string(200'000, 'a') + "\r\n"), 431},
    {"headers without end", "GET / HTTP/1.1\r\nX-A: " + std::string(200'000, 'a'), 431},
    {"a thousand headers", many_headers(1000), 431},
    {"a hundred and one headers", many_headers(100), 431},
    {"a long target", "GET /" + std::string(9'000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", 414},
    {"a target without end", "GET /" + std::string(100'000, 'a'), 414},
    {"CONNECT", "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", 501},
    {"TRACE", "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", 501},
    {"a method in small letters", "get / HTTP/1.1\r\nHost: a\r\n\r\n", 501},
    {"HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
    {"HTTP/1.2", "GET / HTTP/1.2\r\nHost: a\r\n\r\n", 505},
    {"no version", "GET /\r\n\r\n", 400},
    {"a blank first", " GET / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"two blanks", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"TLS", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400},
    {"two empty lines first", "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
};

const std::vector<Hostile> kHostileBodies = {
    {"length and chunks", post_with("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400},
    {"chunks and length", post_with("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n", "0\r\n\r\n"), 400},
    {"two lengths", post_with("Content-Length: 3\r\nContent-Length: 4\r\n", "abcd"), 400},
    {"a list of lengths", post_with("Content-Length: 3, 3\r\n", "abc"), 400},
    {"a signed length", post_with("Content-Length: +12\r\n", "abc"), 400},
    {"a negative length", post_with("Content-Length: -1\r\n", "abc"), 400},
    {"a hexadecimal length", post_with("Content-Length: 0x3\r\n", "abc"), 400},
    {"an empty length", post_with("Content-Length: \r\n", "abc"), 400},
    {"a length past 64 bits", post_with("Content-Length: 99999999999999999999\r\n", "abc"), 400},
    {"a huge length", post_with("Content-Length: 18446744073709551615\r\n", "abc"), 413},
    {"chunks in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
    {"another coding", post_with("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 501},
    {"chunked not last", post_with("Transfer-Encoding: chunked, gzip\r\n", "0\r\n\r\n"), 501},
    {"a coding in disguise", post_with("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), 501},
    {"a doubled coding", post_with("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", ""), 400},
    {"a chunk size that is none", post_with("Transfer-Encoding: chunked\r\n", "xyz\r\nabc\r\n"), 400},
    {"a chunk longer than it says", post_with("Transfer-Encoding: chunked\r\n", "2\r\nabc\r\n0\r\n\r\n"),
     400},
    {"a huge chunk", post_with("Transfer-Encoding: chunked\r\n", "ffffffffffffffff\r\nabc\r\n"), 413},
    {"a chunk past 64 bits", post_with("Transfer-Encoding: chunked\r\n", "1ffffffffffffffff\r\nabc\r\n"),
     400},
    {"an endless chunk extension",
     post_with("Transfer-Encoding: chunked\r\n", "1;" + std::string(40'000, 'a')), 400},
    {"an endless trailer", post_with("Transfer-Encoding: chunked\r\n", "0\r\nX: " + std::string(40'000, 'a')),
     400},
    {"a body over the limit", "POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 17\r\n\r\n", 413},
    {"chunks over the limit",
     "POST /small HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
     "9\r\n123456789\r\n8\r\n12345678\r\n0\r\n\r\n",
     413},
    {"another expectation", post_with("Expect: 200-maybe\r\nContent-Length: 1\r\n", ""), 417},
};

void expect_refused(const TestServer& server, const std::vector<Hostile>& requests) {
  for (const Hostile& hostile : requests) {
    RawClient client = server.connect();
    client.send(hostile.bytes);  // the server may close before all is sent
    const Heard heard = client.answer();
    EXPECT_EQ(heard.status, hostile.status) << hostile.what;
    EXPECT_EQ(heard.header("connection"), "close") << hostile.what;
    EXPECT_EQ(heard.header("content-type"), "application/problem+json") << hostile.what;
    EXPECT_NE(heard.body.find("\"detail\":\""), std::string::npos) << hostile.what;
    EXPECT_TRUE(client.is_closed_by_server()) << hostile.what;
    EXPECT_EQ(client.left(), "") << hostile.what;
  }
}

TEST(HostileRequests, AreAnsweredAndTheConnectionClosed) {
  const TestServer server;
  expect_refused(server, kHostileHeads);
  expect_refused(server, kHostileBodies);
  EXPECT_EQ(server.handler.handled, 0);
  EXPECT_EQ(server.server->counters().refused_requests, kHostileHeads.size() + kHostileBodies.size());
  EXPECT_EQ(server.ask(get_with("")).status, 200U);
}

TEST(HostileRequests, AnsweredBySmallerLimitsDoNotReachTheNextRequest) {
  // A second request hidden in what one reader takes for a body must not be answered.
  const TestServer server;
  RawClient client = server.connect();
  client.send(post_with("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                        "0\r\n\r\nGET /echo HTTP/1.1\r\nHost: a\r\n\r\n"));
  EXPECT_EQ(client.answer().status, 400U);
  EXPECT_TRUE(client.is_closed_by_server());
  EXPECT_EQ(client.left(), "");
  EXPECT_EQ(server.handler.handled, 0);
}

TEST(HostileRequests, ThatAreOnlyOddAreServed) {
  const TestServer server;
  EXPECT_EQ(server.ask("\r\nGET /host HTTP/1.1\r\nHost: a\r\n\r\n").status, 200U);
  EXPECT_EQ(server.ask("GET /host HTTP/1.1\r\nHOST:\ta:80 \r\n\r\n").body, "a:80");
  EXPECT_EQ(server.ask("GET //host/./x/.. HTTP/1.1\r\nHost: [::1]:80\r\n\r\n").status, 200U);
  EXPECT_EQ(server.ask("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n").status, 204U);
  EXPECT_EQ(server.ask(many_headers(99)).status, 200U);
  EXPECT_EQ(server.ask(post_with("Content-Length: 0\r\n", "")).status, 200U);
  EXPECT_EQ(server.ask(post_with("", "")).status, 200U);
}

}  // namespace
}  // namespace handslag::http
