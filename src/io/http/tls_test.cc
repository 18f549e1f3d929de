// SPDX-License-Identifier: Apache-2.0
#include <openssl/ssl.h>

#include <fstream>

#include "io/http/test_certificate.h"
#include "io/http/test_server.h"

namespace handslag::http {
namespace {

using std::chrono::milliseconds;

/// A TLS client over blocking OpenSSL.
class TlsClient {
 public:
  explicit TlsClient(std::uint16_t port, int newest_version = TLS1_3_VERSION)
      : raw_(port), settings_(SSL_CTX_new(TLS_client_method())) {
    SSL_CTX_set_min_proto_version(settings_, TLS1_VERSION);
    SSL_CTX_set_max_proto_version(settings_, newest_version);
    SSL_CTX_set_security_level(settings_, 0);
    session_ = SSL_new(settings_);
    SSL_set_fd(session_, raw_.file());
    is_connected = SSL_connect(session_) == 1;
  }
  TlsClient(const TlsClient&) = delete;
  ~TlsClient() {
    SSL_free(session_);
    SSL_CTX_free(settings_);
  }

  void send(const std::string& bytes) {
    EXPECT_EQ(SSL_write(session_, bytes.data(), static_cast<int>(bytes.size())),
              static_cast<int>(bytes.size()));
  }

  std::string hear_until(const std::string& text) {
    std::string heard;
    char bytes[4096];
    while (heard.find(text) == std::string::npos) {
      const int count = SSL_read(session_, bytes, sizeof bytes);
      if (count <= 0) break;
      heard.append(bytes, static_cast<std::size_t>(count));
    }
    return heard;
  }

  /// The end is an orderly one (close_notify).
  bool is_ended() {
    char byte = 0;
    const int count = SSL_read(session_, &byte, 1);
    return count <= 0 && SSL_get_error(session_, count) == SSL_ERROR_ZERO_RETURN;
  }

  std::string common_name() const {
    X509* certificate = SSL_get1_peer_certificate(session_);
    char name[100] = {};
    X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name, sizeof name);
    X509_free(certificate);
    return name;
  }

  bool is_connected = false;

 private:
  RawClient raw_;
  SSL_CTX* settings_;
  SSL* session_ = nullptr;
};

ServerOptions options_with(const TestCertificate& certificate) {
  ServerOptions options;
  options.certificate_path = certificate.certificate_path();
  options.key_path = certificate.key_path();
  return options;
}

const std::string kAskSafely = "GET /remote HTTP/1.1\r\nHost: a\r\n\r\n";

TEST(Tls, ServesByTls12And13AndNothingOlder) {
  const TestCertificate certificate("one");
  const TestServer server(options_with(certificate));
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsClient client(server.port(), version);
    ASSERT_TRUE(client.is_connected);
    for (int i = 0; i < 3; ++i) {
      client.send(kAskSafely);
      EXPECT_NE(client.hear_until("secure").find("127.0.0.1 secure"), std::string::npos);
    }
  }
  EXPECT_FALSE(TlsClient(server.port(), TLS1_1_VERSION).is_connected);
}

TEST(Tls, CarriesLargeBodiesAndAnswers) {
  const TestCertificate certificate("one");
  const TestServer server(options_with(certificate));
  TlsClient client(server.port());
  const std::string body = std::string(900'000, 'b') + "END";
  client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) +
              "\r\n\r\n" + body);
  const std::string heard = client.hear_until("END");
  ASSERT_GT(heard.size(), body.size());
  EXPECT_EQ(heard.substr(heard.size() - body.size()), body);
}

TEST(Tls, EndsInOrder) {
  const TestCertificate certificate("one");
  const TestServer server(options_with(certificate));
  TlsClient client(server.port());
  client.send("GET /host HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  client.hear_until("\r\n\r\na");
  EXPECT_TRUE(client.is_ended());
}

TEST(Tls, RefusesABodyThatIsTooLargeWithAnAnswer) {
  const TestCertificate certificate("one");
  const TestServer server(options_with(certificate));
  TlsClient client(server.port());
  client.send("POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\n" + std::string(50, 'x'));
  EXPECT_NE(client.hear_until("compressed").find("HTTP/1.1 413"), std::string::npos);
}

TEST(Tls, ReloadsItsCertificateAndKeepsTheOldOneWhereTheNewIsBad) {
  const TestCertificate certificate("before");
  const TestServer server(options_with(certificate));
  TlsClient early(server.port());
  EXPECT_EQ(early.common_name(), "before");
  certificate.write("after");
  ASSERT_TRUE(server.server->reload_certificates().ok());
  EXPECT_EQ(TlsClient(server.port()).common_name(), "after");
  early.send(kAskSafely);
  EXPECT_NE(early.hear_until("secure"), "");

  std::ofstream(certificate.key_path()) << "nonsense";
  const Status status = server.server->reload_certificates();
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, ErrorCode::Invalid);
  EXPECT_EQ(TlsClient(server.port()).common_name(), "after");
}

TEST(Tls, WillNotStartWithAKeyOfAnotherCertificate) {
  const TestCertificate one("one");
  const TestCertificate other("other");
  ServerOptions options = options_with(one);
  options.key_path = other.key_path();
  options.listen = {"127.0.0.1:0"};
  TestHandler handler;
  EXPECT_EQ(Server::start(options, handler).error().code, ErrorCode::Invalid);
  options.key_path = one.key_path() + ".none";
  EXPECT_EQ(Server::start(options, handler).error().code, ErrorCode::Invalid);
}

TEST(Tls, ClosesOnGreetingsThatAreNoneOrNeverEnd) {
  const TestCertificate certificate("one");
  ServerOptions options = options_with(certificate);
  options.head_time = milliseconds(60);
  const TestServer server(options);
  RawClient plain = server.connect();
  ASSERT_TRUE(plain.send(kAskSafely));
  EXPECT_TRUE(plain.is_closed_by_server());
  RawClient slow = server.connect();
  ASSERT_TRUE(slow.send("\x16\x03\x01"));
  EXPECT_TRUE(slow.is_closed_by_server());
  EXPECT_TRUE(server.is_empty());
}

TEST(Tls, AnswersASlowRequest) {
  const TestCertificate certificate("one");
  ServerOptions options = options_with(certificate);
  options.head_time = milliseconds(300);
  const TestServer server(options);
  TlsClient client(server.port());
  client.send("GET / HTTP");
  EXPECT_NE(client.hear_until("faster").find("HTTP/1.1 408"), std::string::npos);
  EXPECT_TRUE(client.is_ended());
}

TEST(Tls, StreamsAndNoticesThatTheClientHasGone) {
  const TestCertificate certificate("one");
  TestServer server(options_with(certificate));
  std::atomic<int> gone{0};
  std::shared_ptr<Stream> stream;
  {
    TlsClient client(server.port());
    client.send("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n");
    stream = server.handler.next_reply().stream(text_response(200, "text/event-stream", ""), [&] { ++gone; });
    for (int i = 0; i < 100; ++i) {
      const std::string line = "line " + std::to_string(i) + ";";
      ASSERT_TRUE(stream->write(line));
      ASSERT_NE(client.hear_until(line), "");
    }
  }
  EXPECT_TRUE(wait_until([&] { return gone == 1; }));
  EXPECT_TRUE(server.is_empty());
}

}  // namespace
}  // namespace handslag::http
