// SPDX-License-Identifier: Apache-2.0
// What well-behaved clients see: answers, order, keep-alive, bodies, limits of time, draining.
#include "io/http/server.h"

#include <zlib.h>

#include "io/http/test_server.h"

namespace handslag::http {
namespace {

using std::chrono::milliseconds;

std::string compressed(const std::string& text, int window_bits) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

constexpr int kGzip = 31;
constexpr int kZlib = 15;
constexpr int kBare = -15;

std::string post(const std::string& path, const std::string& headers, const std::string& body) {
  return "POST " + path + " HTTP/1.1\r\nHost: a\r\n" + headers +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string get(const std::string& path, const std::string& headers = "") {
  return "GET " + path + " HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n";
}

TEST(Server, EchoesABodyAndSaysWhatItIs) {
  const TestServer server;
  const Heard heard = server.ask(post("/echo", "", "hello"));
  EXPECT_EQ(heard.status, 200U);
  EXPECT_EQ(heard.body, "hello");
  EXPECT_EQ(heard.header("content-type"), "text/plain");
  EXPECT_EQ(heard.header("content-length"), "5");
  EXPECT_EQ(heard.header("x-request-id").size(), 28U);
  EXPECT_EQ(heard.header("date").substr(25), " GMT");
  EXPECT_EQ(heard.header("connection"), "");
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
  const TestServer server;
  RawClient client = server.connect();
  std::string all;
  for (int i = 0; i < 50; ++i) all += post("/echo", "", std::to_string(i));
  ASSERT_TRUE(client.send(all));
  for (int i = 0; i < 50; ++i) ASSERT_EQ(client.answer().body, std::to_string(i));
}

TEST(Server, KeepsTheOrderWhereAnEarlierAnswerComesLater) {
  TestServer server;
  RawClient client = server.connect();
  ASSERT_TRUE(client.send(get("/later") + post("/echo", "", "second")));
  Reply reply = server.handler.next_reply();
  EXPECT_EQ(server.handler.handled, 1);
  std::thread([&reply] { reply.send(text_response(200, "text/plain", "first")); }).join();
  EXPECT_EQ(client.answer().body, "first");
  EXPECT_EQ(client.answer().body, "second");
}

TEST(Server, ReadsARequestThatComesByteForByte) {
  const TestServer server;
  RawClient client = server.connect();
  for (const char c : post("/echo", "", "slow")) ASSERT_TRUE(client.send({&c, 1}));
  EXPECT_EQ(client.answer().body, "slow");
}

TEST(Server, ReadsChunksAndDropsTheirExtensionsAndTrailers) {
  const TestServer server;
  RawClient client = server.connect();
  const std::string head = "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  EXPECT_EQ(client.ask(head + "4;a=b\r\nwiki\r\n5\r\npedia\r\n0\r\nX-Late: 1\r\n\r\n").body, "wikipedia");
  const std::string late =
      "POST /headers HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nCookie: a=b\r\n\r\n";
  EXPECT_EQ(client.ask(late).body, "host=a;transfer-encoding=chunked;");
}

TEST(Server, InflatesGzipAndBothKindsOfDeflate) {
  const TestServer server;
  RawClient client = server.connect();
  const std::string text(100'000, 'a');
  for (const auto& [name, bits] :
       {std::pair{"gzip", kGzip}, {"GZIP", kGzip}, {"deflate", kZlib}, {"deflate", kBare}}) {
    const Heard heard =
        client.ask(post("/echo", std::string("Content-Encoding: ") + name + "\r\n", compressed(text, bits)));
    EXPECT_EQ(heard.status, 200U) << name;
    EXPECT_EQ(heard.body, text) << name << bits;
  }
  const std::string two = compressed("one ", kGzip) + compressed("two", kGzip);
  EXPECT_EQ(client.ask(post("/echo", "Content-Encoding: gzip\r\n", two)).body, "one two");
  EXPECT_EQ(client.ask(post("/headers", "Content-Encoding: gzip\r\n", two)).body.find("encoding"),
            std::string::npos);
}

TEST(Server, InflatesManyTinyMembers) {
  const TestServer server;
  std::string members;
  for (int i = 0; i < 5000; ++i) members += compressed(i % 2 == 0 ? "" : "x", kGzip);
  EXPECT_EQ(server.ask(post("/echo", "Content-Encoding: gzip\r\n", members)).body, std::string(2500, 'x'));
}

TEST(Server, RefusesBombsAndDamagedBodies) {
  const TestServer server;
  const std::string gzip = "Content-Encoding: gzip\r\n";
  const std::string bomb = compressed(std::string(5 << 20, '\0'), kGzip);
  EXPECT_EQ(server.ask(post("/echo", gzip, bomb)).status, 413U);
  const std::string dense =
      compressed(std::string(3 << 20, '\0'), kGzip);  // within 4 MiB, 1000 times its size
  EXPECT_EQ(server.ask(post("/echo", gzip, dense)).status, 413U);
  const std::string whole = compressed("hello", kGzip);
  EXPECT_EQ(server.ask(post("/echo", gzip, whole.substr(0, whole.size() - 4))).status, 400U);
  EXPECT_EQ(server.ask(post("/echo", gzip, "hello")).status, 400U);
  EXPECT_EQ(server.ask(post("/echo", "Content-Encoding: br\r\n", "hello")).status, 415U);
  EXPECT_EQ(server.ask(post("/small", gzip, compressed(std::string(65, 'a'), kGzip))).status, 413U);
}

TEST(Server, AnswersHeadWithoutBody) {
  const TestServer server;
  RawClient client = server.connect();
  const Heard heard = client.ask("HEAD /bytes?n=7 HTTP/1.1\r\nHost: a\r\n\r\n", false);
  EXPECT_EQ(heard.status, 200U);
  EXPECT_EQ(heard.header("content-length"), "7");
  EXPECT_EQ(client.ask(post("/echo", "", "next")).body, "next");
  const Heard none = client.ask(get("/none"));
  EXPECT_EQ(none.status, 204U);
  EXPECT_EQ(none.header("content-length"), "");
  EXPECT_EQ(client.ask(post("/echo", "", "after")).body, "after");
}

TEST(Server, SendsContinueWhenAskedAndNothingOfABodyThatIsTooLarge) {
  const TestServer server;
  RawClient client = server.connect();
  ASSERT_TRUE(
      client.send("POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"));
  EXPECT_EQ(client.answer(false).status, 100U);
  EXPECT_EQ(client.ask("ok").body, "ok");
  const Heard refused =
      client.ask("POST /small HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 17\r\n\r\n");
  EXPECT_EQ(refused.status, 413U);
  EXPECT_EQ(refused.header("connection"), "close");
  EXPECT_TRUE(client.is_closed_by_server());
}

TEST(Server, AnswersHttp10AndCloses) {
  const TestServer server;
  RawClient client = server.connect();
  EXPECT_EQ(client.ask("GET /host HTTP/1.0\r\n\r\n").header("connection"), "close");
  EXPECT_TRUE(client.is_closed_by_server());
  client.hang_up();
  EXPECT_TRUE(server.is_empty());
}

TEST(Server, ClosesWhereTheClientAsksForIt) {
  const TestServer server;
  RawClient client = server.connect();
  EXPECT_EQ(client.ask(get("/host", "Connection: close\r\n")).header("connection"), "close");
  EXPECT_TRUE(client.is_closed_by_server());
}

TEST(Server, TakesASaneRequestIdAndMakesOneForOthers) {
  const TestServer server;
  RawClient client = server.connect();
  const Heard taken = client.ask(get("/id", "X-Request-Id: order-77.A_b:c\r\n"));
  EXPECT_EQ(taken.body, "order-77.A_b:c");
  EXPECT_EQ(taken.header("x-request-id"), "order-77.A_b:c");
  for (const std::string& wild : std::vector<std::string>{"a b", "\"<script>\"", std::string(65, 'a')}) {
    EXPECT_NE(client.ask(get("/id", "X-Request-Id: " + wild + "\r\n")).body, wild);
  }
  EXPECT_NE(client.ask(get("/id")).body, client.ask(get("/id")).body);
}

TEST(Server, AnswersForAHandlerThatDoesNot) {
  const TestServer server;
  RawClient client = server.connect();
  const Heard dropped = client.ask(get("/drop"));
  EXPECT_EQ(dropped.status, 500U);
  EXPECT_EQ(dropped.header("content-type"), "application/problem+json");
  EXPECT_EQ(client.ask(get("/throw")).status, 500U);
  EXPECT_EQ(client.ask(get("/host")).status, 200U);
}

TEST(Server, SendsNoHeaderThatWouldBecomeTwo) {
  const TestServer server;
  const Heard heard = server.ask(get("/broken"));
  EXPECT_EQ(heard.status, 500U);
  EXPECT_EQ(heard.header("set-cookie"), "");
  EXPECT_EQ(server.ask(get("/mine")).header("content-length"), "0");
}

TEST(Server, BelievesOnlyTrustedProxies) {
  const std::string headers = "X-Forwarded-For: 203.0.113.9, 198.51.100.4\r\nX-Forwarded-Proto: https\r\n";
  const TestServer open;
  EXPECT_EQ(open.ask(get("/remote", headers)).body, "127.0.0.1 plain");
  ServerOptions options;
  options.trusted_proxies = {"127.0.0.0/8"};
  const TestServer behind(options);
  EXPECT_EQ(behind.ask(get("/remote", headers)).body, "198.51.100.4 secure");
  EXPECT_EQ(behind.ask(get("/remote", "X-Forwarded-For: unknown\r\n")).body, "127.0.0.1 plain");
}

TEST(Server, AnswersOnlyForAllowedHosts) {
  ServerOptions options;
  options.allowed_hosts = {"Handslag.example"};
  const TestServer server(options);
  EXPECT_EQ(server.ask("GET /host HTTP/1.1\r\nHost: handslag.EXAMPLE:8080\r\n\r\n").status, 200U);
  EXPECT_EQ(server.ask(get("/host")).status, 421U);
  const std::string absolute = "GET http://handslag.example/host HTTP/1.1\r\nHost: evil\r\n\r\n";
  EXPECT_EQ(server.ask(absolute).body, "handslag.example");
}

TEST(Server, ClosesConnectionsThatWaitTooLong) {
  ServerOptions options;
  options.head_time = options.body_time = options.idle_time = milliseconds(60);
  const TestServer server(options);
  RawClient silent = server.connect();
  EXPECT_EQ(silent.hear_to_the_end(), "");
  EXPECT_EQ(server.ask("GET / HT").status, 408U);
  EXPECT_EQ(server.ask("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nab").status, 408U);
  RawClient idle = server.connect();
  EXPECT_EQ(idle.ask(get("/host")).status, 200U);
  EXPECT_EQ(idle.hear_to_the_end(), "");
  EXPECT_TRUE(server.is_empty());
}

TEST(Server, GivesADripOfBytesNoMoreTimeThanOthers) {
  ServerOptions options;
  options.head_time = milliseconds(150);
  const TestServer server(options);
  RawClient client = server.connect();
  ASSERT_TRUE(client.send("GET / HTTP/1.1\r\n"));
  // One header byte every 20 ms: each byte is progress, the head as a whole is not.
  pollfd waiting{client.file(), POLLIN, 0};
  int sent = 0;
  while (poll(&waiting, 1, 20) == 0 && sent < 1000) {
    client.send("a");
    ++sent;
  }
  EXPECT_EQ(client.answer().status, 408U);
  EXPECT_LT(sent, 500);
}

TEST(Server, DropsAClientThatDoesNotReadItsAnswer) {
  ServerOptions options;
  options.answer_time = milliseconds(100);
  const TestServer server(options);
  RawClient client(server.port(), 4096);
  ASSERT_TRUE(client.send(get("/bytes?n=50000000")));
  EXPECT_TRUE(wait_until([&] { return server.handler.handled == 1; }));
  EXPECT_TRUE(server.is_empty());
  EXPECT_EQ(server.server->counters().expired_connections, 1U);
}

TEST(Server, SendsALargeAnswerWhole) {
  const TestServer server;
  EXPECT_EQ(server.ask(get("/bytes?n=20000000")).body, std::string(20'000'000, 'x'));
}

TEST(Server, LimitsConnectionsInAllAndFromOneAddress) {
  ServerOptions options;
  options.connections_per_address = 2;
  const TestServer server(options);
  RawClient first = server.connect();
  RawClient second = server.connect();
  EXPECT_EQ(first.ask(get("/host")).status, 200U);
  EXPECT_EQ(second.ask(get("/host")).status, 200U);
  RawClient third = server.connect();
  const Heard refused = third.answer();
  EXPECT_EQ(refused.status, 429U);
  EXPECT_EQ(refused.header("retry-after"), "5");
  third.hang_up();
  first.hang_up();
  EXPECT_TRUE(wait_until([&] { return server.server->counters().open_connections == 1; }));
  EXPECT_EQ(server.ask(get("/host")).status, 200U);

  options.connections_per_address = 10;
  options.connections = 1;
  const TestServer single(options);
  RawClient only = single.connect();
  EXPECT_EQ(only.ask(get("/host")).status, 200U);
  EXPECT_EQ(single.connect().answer().status, 503U);
}

TEST(Server, LimitsBodiesHeldAtOneTime) {
  ServerOptions options;
  options.body_bytes_in_all = 1000;
  TestServer server(options);
  RawClient first = server.connect();
  ASSERT_TRUE(first.send(post("/later", "", std::string(900, 'a'))));
  Reply reply = server.handler.next_reply();
  const Heard refused = server.ask(post("/echo", "", std::string(900, 'b')));
  EXPECT_EQ(refused.status, 503U);
  reply.send({});
  EXPECT_EQ(first.answer().status, 200U);
  EXPECT_EQ(server.ask(post("/echo", "", std::string(900, 'b'))).status, 200U);
}

TEST(Server, ServesGoodClientsBesideThreeThousandIdleOnes) {
  ServerOptions options;
  options.connections_per_address = 5000;
  const TestServer server(options);
  ASSERT_GE(server.server->connection_limit(), 3100U) << "the file limit of this machine is too low to try";
  std::vector<RawClient> idle;
  for (int i = 0; i < 3000; ++i) {
    idle.push_back(server.connect());
    ASSERT_TRUE(idle.back().send("GET / HTTP/1.1\r\nHo"));
  }
  for (int i = 0; i < 100; ++i) ASSERT_EQ(server.ask(post("/echo", "", "good")).body, "good");
  EXPECT_GE(server.server->counters().open_connections, 3000U);
}

TEST(Server, DrainsWithoutLosingAnAnswer) {
  TestServer server;
  RawClient idle = server.connect();
  EXPECT_EQ(idle.ask(get("/host")).status, 200U);
  RawClient busy = server.connect();
  ASSERT_TRUE(busy.send(get("/later")));
  Reply reply = server.handler.next_reply();
  server.server->begin_drain();
  EXPECT_EQ(idle.hear_to_the_end(), "");
  std::thread stopper([&] { server.server->stop(kPatience); });
  reply.send(text_response(200, "text/plain", "last"));
  const Heard heard = busy.answer();
  EXPECT_EQ(heard.body, "last");
  EXPECT_EQ(heard.header("connection"), "close");
  busy.hang_up();
  stopper.join();
  EXPECT_EQ(server.server->counters().open_connections, 0U);
}

TEST(Server, StopsAtTheDeadlineAndOutlivesItsReplies) {
  TestServer server;
  RawClient client = server.connect();
  ASSERT_TRUE(client.send(get("/later")));
  std::optional<Reply> reply = server.handler.next_reply();
  server.server->stop(milliseconds(10));
  EXPECT_EQ(client.hear_to_the_end(), "");
  server.server.reset();
  reply->send({});  // goes nowhere
  EXPECT_TRUE(reply->answered());
}

TEST(Server, TellsLogAndMetricsNothingPersonal) {
  std::mutex mutex;
  std::vector<std::string> records;
  std::string why;
  ServerOptions options;
  options.on_answer = [&](const AccessRecord& record) {
    const std::lock_guard lock(mutex);
    records.push_back(std::string(record.method) + " " + std::string(record.route) + " " +
                      std::to_string(record.status) + " " + std::to_string(record.body_bytes_in) + " " +
                      std::string(record.request_id));
    if (record.status >= 500) why = std::string(record.reason);
    EXPECT_GE(record.micros, 0);
    EXPECT_GT(record.bytes_out, 0U);
  };
  const TestServer server(options);
  RawClient client = server.connect();
  client.ask(post("/echo/19121212-1212?mail=a@example.se", "X-Request-Id: r1\r\n", "abc"));
  client.ask("BREW /pot HTTP/1.1\r\nHost: a\r\nX-Request-Id: r2\r\n\r\n");
  EXPECT_TRUE(client.is_closed_by_server());
  const std::lock_guard lock(mutex);
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[0], "POST /the/route 200 3 r1");
  EXPECT_EQ(records[1].substr(0, 8), "-  501 0");
  EXPECT_EQ(why.substr(0, 21), "Method not supported:");
  const ServerCounters counters = server.server->counters();
  EXPECT_EQ(counters.answers_by_class[2], 1U);
  EXPECT_EQ(counters.answers_by_class[5], 1U);
  EXPECT_EQ(counters.refused_requests, 1U);
  EXPECT_EQ(counters.accepted_connections, 1U);
}

TEST(Server, ServesFromSeveralThreads) {
  ServerOptions options;
  options.threads = 3;
  const TestServer server(options);
  std::vector<std::thread> clients;
  std::atomic<int> good{0};
  for (int i = 0; i < 6; ++i) {
    clients.emplace_back([&] {
      RawClient client = server.connect();
      for (int n = 0; n < 200; ++n) good += client.ask(post("/echo", "", "x")).status == 200 ? 1 : 0;
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(good, 1200);
}

TEST(Server, SaysWhyItCannotStart) {
  TestHandler handler;
  const TestServer first;
  ServerOptions options;
  options.listen = {"127.0.0.1:" + std::to_string(first.port())};
  const auto taken = Server::start(options, handler);
  ASSERT_FALSE(taken.ok());
  EXPECT_EQ(taken.error().code, ErrorCode::Unavailable);
  for (const char* wrong : {"localhost:80", "127.0.0.1", "127.0.0.1:99999", "::1:80", "[127.0.0.1]:80", ""}) {
    options.listen = {wrong};
    const auto refused = Server::start(options, handler);
    ASSERT_FALSE(refused.ok()) << wrong;
    EXPECT_EQ(refused.error().code, ErrorCode::Invalid) << wrong;
  }
}

}  // namespace
}  // namespace handslag::http
