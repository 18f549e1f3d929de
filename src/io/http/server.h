// SPDX-License-Identifier: Apache-2.0
// The HTTP/1.1 server. It reads, checks and limits what comes from the network, hands whole requests to one
// Handler, and sends what the handler answers. It knows no routes, no users and no customers.
//
//   struct Hello final : http::Handler {
//     void handle(http::Request, http::Reply reply) override {
//       reply.send(http::text_response(200, "text/plain", "hello\n"));
//     }
//   };
//   Hello hello;
//   auto server = http::Server::start({.listen = {"127.0.0.1:0"}}, hello);   // a Result
//   … server.value()->ports()[0] …
//   server.value()->stop(std::chrono::seconds(10));
//
// (1) A connection lives on one server thread; its requests are handled one after another, in the order sent
//     (pipelining included). Nothing is read ahead past one buffer, so a client that sends more waits.
// (2) Handler::handle runs on a server thread and holds up every connection of that thread while it runs:
// work
//     that blocks belongs on a worker, which keeps the Reply and answers later from its own thread.
// (3) Every request gets exactly one answer. What the server answers by itself (400, 408, 413, 414, 415, 417,
//     421, 429, 431, 500, 501, 503, 505) is a problem document (problem.h) with a sentence of what to do.
// (4) Nothing that a client sends or leaves out holds memory, a file or a thread past the limits in
//     ServerOptions and BodyLimits.
// HTTP/2, WebSocket and compressed answers are not here; a proxy in front does the first.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "io/http/message.h"
#include "io/runtime/clock.h"

namespace handslag::http {

/// Called once when the client of a Stream has gone.
using Gone = std::function<void()>;

/// An answer without an end: chunks as they come, for server-sent events. Any thread. When the last pointer
/// goes, the answer ends as by close().
class Stream {
 public:
  virtual ~Stream() = default;
  /// Queues `bytes` for the client. False where the client has gone, the answer is closed, or the client is
  /// more than ServerOptions::stream_backlog_bytes behind; then it is cut off, and `gone` is called.
  /// Nothing tells that a silent client is alive: write a comment (":\n\n") every 15 seconds or so.
  virtual bool write(std::string bytes) = 0;
  /// Ends the answer after what is queued. `gone` is not called afterwards.
  virtual void close() = 0;
};

/// Where a Reply goes: a connection of the server, or a test that wants to see what a handler answers.
class Exchange {
 public:
  virtual ~Exchange() = default;
  virtual void answer(Response response) = 0;
  virtual std::shared_ptr<Stream> answer_stream(Response head, Gone gone) = 0;
};

/// The duty to answer one request. Move-only, any thread, may outlive the server (then answers go nowhere).
/// Destroyed unanswered, it answers 500.
class Reply {
 public:
  explicit Reply(std::shared_ptr<Exchange> exchange) : exchange_(std::move(exchange)) {}
  Reply(Reply&&) noexcept = default;
  Reply& operator=(Reply&& other) noexcept;
  ~Reply();

  /// REQUIRES: not answered yet. Costs a hop to the connection's thread where called from another.
  void send(Response response);
  /// Begins an answer without an end; `head.body` is sent first. `gone` may be empty; it is called on a
  /// server thread (perhaps before this returns), also when the server drains or stops, and must not block.
  /// The connection ends with the answer. REQUIRES: not answered yet.
  std::shared_ptr<Stream> stream(Response head, Gone gone);

  bool answered() const { return exchange_ == nullptr; }

 private:
  std::shared_ptr<Exchange> exchange_;  // owned by the connection and by this
};

/// How much body a request may have. More is answered 413: before it is read where its length is announced.
struct BodyLimits {
  std::uint64_t wire_bytes = 1 << 20;      // as sent, chunk framing not counted
  std::uint64_t inflated_bytes = 4 << 20;  // after gzip or deflate
};

/// What answers. Must outlive the server; called on all server threads at once.
class Handler {
 public:
  virtual ~Handler() = default;
  /// Asked when the head is read, before the body is. Must be quick.
  virtual BodyLimits limits(Method method, std::string_view path);
  /// REQUIRES of the implementation: no exception leaves it, and it does not block long.
  virtual void handle(Request request, Reply reply) = 0;
};

/// One answered request, for log and metrics. It carries no personal data: `route` is the template that the
/// handler set in Response::route ("" where it set none), never the path or the query, which may hold
/// identifiers of customers; and there is no address. The request id may be the client's own text, of the
/// letters that Request::id allows. `reason` is Response::reason of a status from 500 on: it may quote what a
/// library said, so whoever writes it down takes values out of it.
struct AccessRecord {
  std::string_view method;  // "GET"; "-" where the head could not be read
  std::string_view route;
  unsigned status;
  std::int64_t micros;  // from the complete head to the last byte handed to the system
  std::uint64_t body_bytes_in;
  std::uint64_t bytes_out;
  std::string_view request_id;
  std::string_view reason = {};
};

struct ServerOptions {
  using Milliseconds = std::chrono::milliseconds;

  std::vector<std::string> listen = {"127.0.0.1:8080"};  // "[::1]:8080"; port 0: any that is free
  unsigned threads =
      1;  // one carries some ten thousand small requests a second; see server.cc for the design

  std::string certificate_path;  // PEM, the leaf first; "" (both): plain HTTP
  std::string key_path;          // PEM, not encrypted

  std::uint32_t head_bytes = 32 << 10;   // request line and headers; more is 431
  std::uint32_t target_bytes = 8 << 10;  // more is 414
  std::uint32_t header_count = 100;      // more is 431
  /// Inflated bytes for each byte sent, once 1 MiB is inflated; more is 413. JSON reaches 10 to 60.
  std::uint32_t inflate_ratio = 250;
  std::uint64_t body_bytes_in_all = 512ULL << 20U;  // bodies held at one time, all connections; more is 503

  Milliseconds head_time{10'000};    // from a request's first byte (or the connection) to its whole head
  Milliseconds body_time{30'000};    // for each 64 KiB of body, and for the rest
  Milliseconds answer_time{30'000};  // for each 64 KiB that the client takes of an answer, and for the rest
  Milliseconds idle_time{75'000};    // between requests on one connection
  Milliseconds linger_time{2'000};   // for the client to read an answer after which we close

  std::uint32_t connections = 10'000;  // past that: 503; lowered to what the system's file limit bears
  std::uint32_t connections_per_address = 512;   // an IPv6 /64 counts as one; past that: 429
  std::uint64_t stream_backlog_bytes = 1 << 20;  // see Stream::write

  std::vector<std::string> allowed_hosts;  // without ports; others are answered 421. Empty: any
  /// Addresses or networks ("10.0.0.0/8") of proxies: their X-Forwarded-For (its last address) and
  /// X-Forwarded-Proto are believed, and connections_per_address does not count them.
  std::vector<std::string> trusted_proxies;

  const runtime::Clock* clock = nullptr;               // must outlive the server; null: the wall clock
  std::function<void(const AccessRecord&)> on_answer;  // on server threads; must be quick
};

/// Since the start; read together they may be a moment apart.
struct ServerCounters {
  std::uint64_t open_connections = 0;  // now
  std::uint64_t open_streams = 0;      // now
  std::uint64_t accepted_connections = 0;
  std::uint64_t refused_connections = 0;   // by the limits on connections
  std::uint64_t expired_connections = 0;   // closed by a deadline, or a stream's client too far behind
  std::uint64_t refused_requests = 0;      // answered by the server itself with 4xx or 5xx
  std::uint64_t answers_by_class[6] = {};  // [2]: 2xx … [5]: 5xx, those of the server included
  std::uint64_t bytes_in = 0;              // as read from sockets, after TLS
  std::uint64_t bytes_out = 0;
};

/// Any thread.
class Server {
 public:
  /// Listens and serves from here on. Error Invalid: an address, certificate or option that cannot be;
  /// Unavailable: the address is taken or may not be used. Raises the process's file limit to its hard limit.
  /// `handler` must outlive the server.
  static Result<std::unique_ptr<Server>> start(ServerOptions options, Handler& handler);

  /// stop(0).
  ~Server();

  /// In the order of ServerOptions::listen.
  const std::vector<std::uint16_t>& ports() const;

  /// ServerOptions::connections after the file limit had its say.
  std::uint32_t connection_limit() const;

  /// Reads certificate and key again; connections made from now on get them. On an error (also where the two
  /// do not belong together) the old ones stay.
  Status reload_certificates();

  /// Stops accepting, closes idle connections, ends streams, and lets answers on the way say Connection:
  /// close.
  void begin_drain();

  /// Drains, waits at most `deadline` for the answers still due, cuts off the rest and ends the threads.
  /// Not from within a Handler. No handler runs after it returns.
  void stop(std::chrono::milliseconds deadline);

  ServerCounters counters() const;

 private:
  class State;
  explicit Server(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace handslag::http
