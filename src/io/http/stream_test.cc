// SPDX-License-Identifier: Apache-2.0
// Answers without an end: order, ends of either side, clients that do not read.
#include "io/http/test_server.h"

namespace handslag::http {
namespace {

constexpr const char* kAsk = "GET /stream HTTP/1.1\r\nHost: a\r\n\r\n";

Response event_stream() {
  return text_response(200, "text/event-stream", "");
}

TEST(Stream, SendsChunksAsTheyComeAndEnds) {
  TestServer server;
  RawClient client = server.connect();
  ASSERT_TRUE(client.send(kAsk));
  Reply reply = server.handler.next_reply();
  Response head = event_stream();
  head.body = ": hello\n\n";
  auto stream = reply.stream(std::move(head), {});
  ASSERT_TRUE(client.hear_text("9\r\n: hello\n\n\r\n"));
  EXPECT_NE(client.left().find("Transfer-Encoding: chunked\r\n"), std::string::npos);
  EXPECT_EQ(client.left().find("Content-Length"), std::string::npos);
  EXPECT_EQ(server.server->counters().open_streams, 1U);
  EXPECT_TRUE(stream->write("data: 1\n\n"));
  ASSERT_TRUE(client.hear_text("9\r\ndata: 1\n\n\r\n"));
  EXPECT_TRUE(stream->write("data: 2\n\n"));
  stream->close();
  EXPECT_FALSE(stream->write("late"));
  const std::string rest = client.hear_to_the_end();
  EXPECT_EQ(rest.substr(rest.size() - 5), "0\r\n\r\n");
  EXPECT_NE(rest.find("data: 2\n\n"), std::string::npos);
  client.hang_up();
  EXPECT_TRUE(server.is_empty());
  EXPECT_EQ(server.server->counters().open_streams, 0U);
}

TEST(Stream, EndsWithItsLastPointer) {
  TestServer server;
  RawClient client = server.connect();
  ASSERT_TRUE(client.send(kAsk));
  server.handler.next_reply().stream(event_stream(), {})->write("x");
  const std::string all = client.hear_to_the_end();
  EXPECT_NE(all.find("1\r\nx\r\n0\r\n\r\n"), std::string::npos);
}

TEST(Stream, GoesUnframedToHttp10) {
  TestServer server;
  RawClient client = server.connect();
  ASSERT_TRUE(client.send("GET /stream HTTP/1.0\r\n\r\n"));
  auto stream = server.handler.next_reply().stream(event_stream(), {});
  stream->write("abc");
  stream->close();
  const std::string all = client.hear_to_the_end();
  EXPECT_EQ(all.substr(all.size() - 7), "\r\n\r\nabc");
}

TEST(Stream, TellsThatTheClientHasGone) {
  TestServer server;
  RawClient client = server.connect();
  ASSERT_TRUE(client.send(kAsk));
  std::atomic<int> gone{0};
  auto stream = server.handler.next_reply().stream(event_stream(), [&] { ++gone; });
  ASSERT_TRUE(client.hear_text("\r\n\r\n"));
  client.hang_up();
  EXPECT_TRUE(wait_until([&] { return gone == 1; }));
  EXPECT_FALSE(stream->write("x"));
  stream.reset();
  EXPECT_TRUE(server.is_empty());
  EXPECT_EQ(gone, 1);
}

TEST(Stream, CutsOffAClientThatIsTooFarBehind) {
  ServerOptions options;
  options.stream_backlog_bytes = 256 << 10;
  TestServer server(options);
  RawClient client(server.port(), 4096);
  ASSERT_TRUE(client.send(kAsk));
  std::atomic<int> gone{0};
  auto stream = server.handler.next_reply().stream(event_stream(), [&] { ++gone; });
  std::uint64_t written = 0;
  while (written < (64U << 20) && stream->write(std::string(10'000, 'x'))) written += 10'000;
  EXPECT_GE(written, 250'000U);
  EXPECT_LT(written, 64U << 20) << "nothing limits what waits for a client that does not read";
  EXPECT_TRUE(wait_until([&] { return gone == 1; }));
  EXPECT_TRUE(server.is_empty());
  EXPECT_EQ(server.server->counters().expired_connections, 1U);
}

TEST(Stream, CutsOffAClientThatStopsReading) {
  ServerOptions options;
  options.answer_time = std::chrono::milliseconds(80);
  options.stream_backlog_bytes = 64 << 20;
  TestServer server(options);
  RawClient client(server.port(), 4096);
  ASSERT_TRUE(client.send(kAsk));
  std::atomic<int> gone{0};
  auto stream = server.handler.next_reply().stream(event_stream(), [&] { ++gone; });
  EXPECT_TRUE(stream->write(std::string(32 << 20, 'x')));
  EXPECT_TRUE(wait_until([&] { return gone == 1; }));
  EXPECT_TRUE(server.is_empty());
}

TEST(Stream, StaysOpenWithoutDeadlineWhileNothingIsToSay) {
  ServerOptions options;
  options.head_time = options.idle_time = options.answer_time = std::chrono::milliseconds(30);
  TestServer server(options);
  RawClient client = server.connect();
  ASSERT_TRUE(client.send(kAsk));
  auto stream = server.handler.next_reply().stream(event_stream(), {});
  ASSERT_TRUE(client.hear_text("\r\n\r\n"));
  RawClient other = server.connect();  // whose end shows that the deadlines have passed
  EXPECT_TRUE(other.is_closed_by_server());
  EXPECT_TRUE(stream->write("still"));
  EXPECT_TRUE(client.hear_text("still"));
}

TEST(Stream, EndsWhenTheServerDrains) {
  TestServer server;
  RawClient client = server.connect();
  ASSERT_TRUE(client.send(kAsk));
  std::atomic<int> gone{0};
  auto stream = server.handler.next_reply().stream(event_stream(), [&] { ++gone; });
  EXPECT_TRUE(stream->write("last"));
  ASSERT_TRUE(client.hear_text("last"));
  server.server->begin_drain();
  const std::string rest = client.hear_to_the_end();
  EXPECT_EQ(rest.substr(rest.size() - 5), "0\r\n\r\n");
  EXPECT_EQ(gone, 1);
  EXPECT_FALSE(stream->write("x"));
  client.hang_up();
  server.server->stop(kPatience);
  EXPECT_EQ(server.server->counters().open_connections, 0U);
}

TEST(Stream, ClosesAlthoughItsEndHoldsIt) {
  TestServer server;
  RawClient client = server.connect();
  ASSERT_TRUE(client.send(kAsk));
  auto held = std::make_shared<std::shared_ptr<Stream>>();
  *held = server.handler.next_reply().stream(event_stream(), [held] { held->reset(); });
  const std::shared_ptr<Stream> stream = std::move(*held);
  held.reset();
  stream->close();
  EXPECT_NE(client.hear_to_the_end().find("0\r\n\r\n"), std::string::npos);
}

TEST(Stream, SendsOnlyTheHeadToHead) {
  TestServer server;
  RawClient client = server.connect();
  ASSERT_TRUE(client.send("HEAD /stream HTTP/1.1\r\nHost: a\r\n\r\n"));
  std::atomic<int> gone{0};
  auto stream = server.handler.next_reply().stream(event_stream(), [&] { ++gone; });
  EXPECT_EQ(client.answer(false).status, 200U);
  EXPECT_EQ(gone, 1);
  EXPECT_FALSE(stream->write("x"));
}

TEST(Stream, OutlivesTheServer) {
  TestServer server;
  RawClient client = server.connect();
  ASSERT_TRUE(client.send(kAsk + std::string()));
  std::atomic<int> gone{0};
  auto stream = server.handler.next_reply().stream(event_stream(), [&] { ++gone; });
  ASSERT_TRUE(client.hear_text("\r\n\r\n"));
  server.server.reset();
  EXPECT_EQ(gone, 1);
  EXPECT_FALSE(stream->write("x"));
}

TEST(Stream, TakesWritesFromManyThreads) {
  TestServer server;
  RawClient client = server.connect();
  ASSERT_TRUE(client.send(kAsk));
  auto stream = server.handler.next_reply().stream(event_stream(), {});
  std::vector<std::thread> writers;
  for (int i = 0; i < 4; ++i) {
    writers.emplace_back([&] {
      for (int n = 0; n < 500; ++n) stream->write("<line>");
    });
  }
  for (std::thread& writer : writers) writer.join();
  stream->close();
  const std::string all = client.hear_to_the_end();
  int lines = 0;
  for (auto at = all.find("<line>"); at != std::string::npos; at = all.find("<line>", at + 1)) ++lines;
  EXPECT_EQ(lines, 2000);
}

}  // namespace
}  // namespace handslag::http
