// SPDX-License-Identifier: Apache-2.0
// One connection to a server on this machine, kept open, one request after the other: what a load generator
// needs, and cheap enough to share a machine with the server.
#pragma once

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace handslag::bench {

[[noreturn]] inline void give_up(const std::string& why) {
  std::fprintf(stderr, "%s\n", why.c_str());
  std::exit(3);
}

struct PlainAnswer {
  int status = 0;
  std::string body;
};

/// One thread. What goes wrong ends the program.
class PlainConnection {
 public:
  PlainConnection(int port, std::string key)
      : key_(std::move(key)), socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
      give_up("nobody answers");
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  }
  ~PlainConnection() { ::close(socket_); }
  PlainConnection(const PlainConnection&) = delete;
  PlainConnection& operator=(const PlainConnection&) = delete;

  PlainAnswer ask(std::string_view method, std::string_view path, std::string_view body = {}) {
    send(method, path, body);
    PlainAnswer answer;
    const std::size_t head = read_until("\r\n\r\n") + 4;
    answer.status = std::atoi(read_.c_str() + sizeof "HTTP/1.1");
    const std::size_t size = content_length(std::string_view(read_).substr(0, head));
    while (read_.size() < head + size) read_more();
    answer.body = read_.substr(head, size);
    read_.erase(0, head + size);
    return answer;
  }
  /// Sends without waiting; then line() reads what comes.
  void send(std::string_view method, std::string_view path, std::string_view body = {}) {
    std::string request(method);
    request +=
        " " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key_ + "\r\n";
    if (!body.empty())
      request += "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
    request += "\r\n";
    request += body;
    for (std::string_view left = request; !left.empty();) {
      const ssize_t sent = ::send(socket_, left.data(), left.size(), MSG_NOSIGNAL);
      if (sent <= 0) give_up("the server hung up");
      left.remove_prefix(static_cast<std::size_t>(sent));
    }
  }
  std::string line() {
    const std::size_t end = read_until("\n");
    std::string line = read_.substr(0, end);
    read_.erase(0, end + 1);
    return line;
  }

 private:
  static std::size_t content_length(std::string_view head) {
    const std::size_t at = head.find("Content-Length: ");
    if (at == std::string_view::npos) give_up("an answer without a length");
    return std::strtoull(head.data() + at + sizeof "Content-Length:", nullptr, 10);
  }
  std::size_t read_until(std::string_view end) {
    while (true) {
      if (const std::size_t at = read_.find(end); at != std::string::npos) return at;
      read_more();
    }
  }
  void read_more() {
    char bytes[65536];
    const ssize_t got = ::recv(socket_, bytes, sizeof bytes, 0);
    if (got <= 0) give_up("the server hung up");
    read_.append(bytes, static_cast<std::size_t>(got));
  }

  const std::string key_;
  const int socket_;
  std::string read_;
};

}  // namespace handslag::bench
