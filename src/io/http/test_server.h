// SPDX-License-Identifier: Apache-2.0
// For the tests of the server alone: a handler with a few paths, a server that runs it, and a client of raw
// bytes, since what is tested is what no well-behaved client sends. Waits are for conditions, at most
// kPatience.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "io/http/server.h"
#include "io/http/target.h"

namespace handslag::http {

inline constexpr std::chrono::seconds kPatience{20};

template <typename Condition>
bool wait_until(Condition condition) {
  const auto end = std::chrono::steady_clock::now() + kPatience;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    poll(nullptr, 0, 2);
  }
  return true;
}

/// What came back on a connection.
struct Heard {
  unsigned status = 0;
  std::vector<Header> headers;  // names in lower case
  std::string body;
  std::string header(std::string_view name) const {
    for (const Header& header : headers) {
      if (header.name == name) return header.value;
    }
    return {};
  }
};

/// A connection that sends bytes as they are.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port, int receive_bytes = 0) : file_(socket(AF_INET, SOCK_STREAM, 0)) {
    if (receive_bytes > 0) setsockopt(file_, SOL_SOCKET, SO_RCVBUF, &receive_bytes, sizeof receive_bytes);
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_port = htons(port);
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(connect(file_, reinterpret_cast<sockaddr*>(&where), sizeof where), 0);
  }
  RawClient(RawClient&& other) noexcept
      : file_(std::exchange(other.file_, -1)), heard_(std::move(other.heard_)) {}
  RawClient(const RawClient&) = delete;
  ~RawClient() { hang_up(); }

  void hang_up() {
    if (file_ >= 0) close(file_);
    file_ = -1;
  }
  int file() const { return file_; }

  /// False where the server has closed.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(file_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  /// Appends what comes; false at the end, or when nothing comes for kPatience.
  bool hear() {
    pollfd waiting{file_, POLLIN, 0};
    if (poll(&waiting, 1, std::chrono::milliseconds(kPatience).count()) <= 0) {
      ADD_FAILURE() << "the server neither answers nor closes";
      return false;
    }
    char bytes[16 << 10];
    const ssize_t count = recv(file_, bytes, sizeof bytes, 0);
    if (count <= 0) return false;
    heard_.append(bytes, static_cast<std::size_t>(count));
    return true;
  }

  bool hear_text(std::string_view text) {
    while (heard_.find(text) == std::string::npos) {
      if (!hear()) return false;
    }
    return true;
  }

  std::string hear_to_the_end() {
    while (hear()) {
    }
    return std::exchange(heard_, {});
  }

  bool is_closed_by_server() {
    while (hear()) {
    }
    return true;
  }

  /// The next answer, by its Content-Length; `has_body` false after HEAD.
  Heard answer(bool has_body = true) {
    Heard answer;
    if (!hear_text("\r\n\r\n")) return answer;
    const auto head_end = heard_.find("\r\n\r\n");
    read_head(heard_.substr(0, head_end), answer);
    heard_.erase(0, head_end + 4);
    const std::string length = answer.header("content-length");
    const std::size_t wanted = !has_body || length.empty() ? 0 : std::stoul(length);
    while (heard_.size() < wanted) {
      if (!hear()) return answer;
    }
    answer.body = heard_.substr(0, wanted);
    heard_.erase(0, wanted);
    return answer;
  }

  Heard ask(std::string_view bytes, bool has_body = true) {
    EXPECT_TRUE(send(bytes));
    return answer(has_body);
  }

  const std::string& left() const { return heard_; }

 private:
  static void read_head(const std::string& head, Heard& answer) {
    EXPECT_EQ(head.substr(0, 9), "HTTP/1.1 ");
    answer.status = static_cast<unsigned>(std::stoul(head.substr(9, 3)));
    for (auto at = head.find("\r\n"); at != std::string::npos;) {
      const auto end = head.find("\r\n", at + 2);
      const std::string line = head.substr(at + 2, end == std::string::npos ? end : end - at - 2);
      const auto colon = line.find(": ");
      answer.headers.push_back({lower_case(line.substr(0, colon)), line.substr(colon + 2)});
      at = end;
    }
  }

  int file_;
  std::string heard_;
};

/// /echo answers with the body; /path, /query, /remote, /id with those; /bytes?n= with n bytes; /drop not at
/// all; /throw throws; /later and /stream keep what is needed for the test to answer. Paths below /small take
/// 16 bytes.
class TestHandler final : public Handler {
 public:
  BodyLimits limits(Method, std::string_view path) override {
    if (path.substr(0, 6) == "/small") return {16, 64};
    return {};
  }

  void handle(Request request, Reply reply) override {
    ++handled;
    if (request.path == "/later" || request.path == "/stream") {
      const std::lock_guard lock(mutex);
      replies.push_back(std::move(reply));
      return;
    }
    if (request.path == "/drop") return;
    if (request.path == "/throw") throw std::bad_alloc();
    Response response = text_response(200, "text/plain", content(request));
    response.route = "/the/route";
    if (request.path == "/broken") response.headers.push_back({"X-A", "1\r\nSet-Cookie: a=b"});
    if (request.path == "/mine") response.headers.push_back({"Content-Length", "5"});
    if (request.path == "/none") response.status = 204;
    reply.send(std::move(response));
  }

  /// Waits for a request to /later or /stream.
  Reply next_reply() {
    EXPECT_TRUE(wait_until([this] {
      const std::lock_guard lock(mutex);
      return !replies.empty();
    }));
    const std::lock_guard lock(mutex);
    Reply first = std::move(replies.front());
    replies.erase(replies.begin());
    return first;
  }

  std::atomic<int> handled{0};
  std::mutex mutex;  // guards replies
  std::vector<Reply> replies;

 private:
  static std::string content(const Request& request) {
    if (request.path == "/path") return request.target;
    if (request.path == "/remote") return request.remote_address + (request.is_secure ? " secure" : " plain");
    if (request.path == "/id") return request.id;
    if (request.path == "/bytes") return std::string(std::stoul(*request.parameter("n")), 'x');
    if (request.path == "/headers") {
      std::string text;
      for (const Header& header : request.headers) text += header.name + "=" + header.value + ";";
      return text;
    }
    if (request.path == "/host") return request.host;
    return request.body;
  }
};

/// A server with one listener on a free port of loopback, stopped at the end.
struct TestServer {
  explicit TestServer(ServerOptions options = {}) {
    options.listen = {"127.0.0.1:0"};
    auto started = Server::start(std::move(options), handler);
    EXPECT_TRUE(started.ok()) << (started.ok() ? "" : started.error().message);
    server = std::move(started).value();
  }
  std::uint16_t port() const { return server->ports().front(); }
  RawClient connect() const { return RawClient(port()); }
  /// What a fresh connection hears on `bytes`.
  Heard ask(std::string_view bytes) const { return connect().ask(bytes); }
  bool is_empty() const {
    return wait_until([this] { return server->counters().open_connections == 0; });
  }

  TestHandler handler;
  std::unique_ptr<Server> server;  // goes before the handler
};

}  // namespace handslag::http
