// SPDX-License-Identifier: Apache-2.0
#include "io/http/client.h"

#include <future>

#include "io/http/test_certificate.h"
#include "io/http/test_server.h"

namespace handslag::http {
namespace {

std::unique_ptr<Client> client_with(ClientOptions options) {
  options.allow_private_addresses = true;
  return Client::start(std::move(options)).value();
}

std::string address(const TestServer& server, const std::string& path, const std::string& scheme = "http") {
  return scheme + "://127.0.0.1:" + std::to_string(server.port()) + path;
}

OutgoingRequest request_to(const std::string& url, std::string body = "") {
  OutgoingRequest request;
  request.url = url;
  request.body = std::move(body);
  return request;
}

TEST(Client, PostsAndHears) {
  const TestServer server;
  const auto client = client_with({});
  OutgoingRequest request = request_to(address(server, "/echo"), "hello");
  request.headers = {{"Content-Type", "application/json"}, {"Webhook-Id", "7"}};
  const auto answer = client->fetch(request);
  ASSERT_TRUE(answer.ok()) << answer.error().message;
  EXPECT_EQ(answer->status, 200U);
  EXPECT_EQ(answer->body, "hello");
  EXPECT_EQ(*answer->header("content-type"), "text/plain");
  EXPECT_EQ(answer->header("none"), nullptr);
  request.url = address(server, "/headers");
  const std::string heard = client->fetch(request)->body;
  EXPECT_NE(heard.find("webhook-id=7;"), std::string::npos);
  EXPECT_NE(heard.find("content-type=application/json;"), std::string::npos);
  EXPECT_EQ(heard.find("expect"), std::string::npos);
}

TEST(Client, UsesEveryMethod) {
  const TestServer server;
  const auto client = client_with({});
  for (const Method method :
       {Method::Get, Method::Head, Method::Put, Method::Patch, Method::Delete, Method::Options}) {
    OutgoingRequest request = request_to(address(server, "/bytes?n=3"));
    request.method = method;
    const auto answer = client->fetch(request);
    ASSERT_TRUE(answer.ok()) << method_name(method);
    EXPECT_EQ(answer->status, 200U) << method_name(method);
    EXPECT_EQ(answer->body, method == Method::Head ? "" : "xxx") << method_name(method);
  }
}

TEST(Client, ReachesNoAddressThatIsNotPublic) {
  const TestServer server;
  const auto client = std::move(Client::start({})).value();
  const std::string port = std::to_string(server.port());
  for (const std::string& host :
       std::vector<std::string>{"127.0.0.1", "localhost", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]", "127.1",
                                "2130706433", "0x7f000001", "169.254.169.254", "10.0.0.1"}) {
    const auto answer = client->fetch(request_to("http://" + host + ":" + port + "/echo?secret=1"));
    ASSERT_FALSE(answer.ok()) << host;
    EXPECT_EQ(answer.error().code, ErrorCode::Forbidden) << host << ": " << answer.error().message;
    EXPECT_EQ(answer.error().message.find("secret"), std::string::npos);
  }
  EXPECT_EQ(server.server->counters().accepted_connections, 0U);
}

TEST(Client, SendsOnlyHttpAndOnlyWholeHeaders) {
  const auto client = client_with({});
  for (const char* url : {"file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "", "127.0.0.1",
                          "http://", "http://127.0.0.1/\r\nX: y", "http://a b/"}) {
    const auto answer = client->fetch(request_to(url));
    ASSERT_FALSE(answer.ok()) << url;
    EXPECT_EQ(answer.error().code, ErrorCode::Invalid) << url;
  }
  OutgoingRequest request = request_to("http://127.0.0.1/");
  request.headers = {{"X-A", "1\r\nX-B: 2"}};
  EXPECT_EQ(client->fetch(request).error().code, ErrorCode::Invalid);
}

TEST(Client, GivesUpAtItsLimits) {
  TestServer server;
  ClientOptions options;
  options.answer_bytes = 1000;
  const auto client = client_with(options);
  EXPECT_TRUE(client->fetch(request_to(address(server, "/bytes?n=1000"))).ok());
  EXPECT_EQ(client->fetch(request_to(address(server, "/bytes?n=1001"))).error().code, ErrorCode::Limit);
  options.cuts_answers = true;
  const auto cut = client_with(options)->fetch(request_to(address(server, "/bytes?n=200000")));
  ASSERT_TRUE(cut.ok()) << cut.error().message;
  EXPECT_EQ(cut->status, 200U);
  EXPECT_LE(cut->body.size(), 1000U);
  OutgoingRequest slow = request_to(address(server, "/later"));
  slow.timeout = std::chrono::milliseconds(50);
  EXPECT_EQ(client->fetch(slow).error().code, ErrorCode::Timeout);
  const std::string gone = address(server, "/");
  server.server.reset();
  EXPECT_EQ(client->fetch(request_to(gone)).error().code, ErrorCode::Unavailable);
}

TEST(Client, BoundsWhatWaitsAndAnswersAllAtTheEnd) {
  TestServer server;
  ClientOptions options;
  options.requests_at_once = 1;
  options.queued_requests = 2;
  auto client = client_with(options);
  std::atomic<int> unavailable_count{0};
  std::atomic<int> done{0};
  const auto count = [&](Result<IncomingAnswer> outcome) {
    if (!outcome.ok() && outcome.error().code == ErrorCode::Unavailable) ++unavailable_count;
    ++done;
  };
  client->send(request_to(address(server, "/later")), count);
  Reply reply = server.handler.next_reply();  // the one under way
  for (int i = 0; i < 5; ++i) client->send(request_to(address(server, "/echo")), count);
  EXPECT_EQ(unavailable_count, 3);
  client.reset();
  EXPECT_EQ(done, 6);
  EXPECT_EQ(unavailable_count, 6);
  reply.send({});
}

TEST(Client, FollowsNoRedirect) {
  struct Redirect final : Handler {
    void handle(Request, Reply reply) override {
      Response response;
      response.status = 302;
      response.headers = {{"Location", "http://127.0.0.1:1/"}};
      reply.send(std::move(response));
    }
  } handler;
  ServerOptions options;
  options.listen = {"127.0.0.1:0"};
  const auto server = Server::start(options, handler);
  ASSERT_TRUE(server.ok());
  const auto client = client_with({});
  const auto answer =
      client->fetch(request_to("http://127.0.0.1:" + std::to_string((*server)->ports()[0]) + "/"));
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(answer->status, 302U);
}

TEST(Client, TrustsNoUnknownCertificate) {
  const TestCertificate certificate("one");
  ServerOptions options;
  options.certificate_path = certificate.certificate_path();
  options.key_path = certificate.key_path();
  const TestServer server(options);
  const std::string url = address(server, "/echo", "https");
  EXPECT_EQ(client_with({})->fetch(request_to(url, "x")).error().code, ErrorCode::Unavailable);
  ClientOptions trusting;
  trusting.authorities_path = certificate.certificate_path();
  const auto answer = client_with(trusting)->fetch(request_to(url, "x"));
  ASSERT_TRUE(answer.ok()) << answer.error().message;
  EXPECT_EQ(answer->body, "x");
}

}  // namespace
}  // namespace handslag::http
