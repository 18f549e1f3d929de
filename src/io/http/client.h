// SPDX-License-Identifier: Apache-2.0
// Outgoing HTTP: webhooks, and the command line talking to a server. One thread of its own carries all
// requests at once. http and https only; redirects are not followed; proxies of the environment are not used.
//
// A webhook's address is chosen by somebody who may not see what our machine can see. So, unless an option
// allows it, no connection is opened to an address that is not public (private, loopback, link-local, shared,
// multicast, unique-local, mapped or translated forms of those): asked of the very address that is about to
// be connected to, after name resolution, so a name that resolves differently the second time gains nothing.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "io/http/message.h"

namespace handslag::http {

struct OutgoingRequest {
  std::string url;
  Method method = Method::Post;
  std::vector<Header> headers;  // no line breaks; Content-Type is not set by itself
  std::string body;
  std::chrono::milliseconds timeout{15'000};  // for all of it, connecting included
};

struct IncomingAnswer {
  unsigned status = 0;
  std::vector<Header> headers;  // names in lower case
  std::string body;
  const std::string* header(std::string_view lower_case_name) const;
};

struct ClientOptions {
  bool allow_private_addresses = false;
  std::uint64_t answer_bytes = 1 << 20;  // a longer body is Error Limit
  bool cuts_answers = false;             // instead, a longer body ends there, and is an answer all the same
  std::uint32_t requests_at_once = 64;
  std::uint32_t queued_requests = 10'000;  // waiting for their turn; more is Error Unavailable
  std::string authorities_path;            // PEM file of trusted authorities; "": the system's
};

/// Any thread.
class Client {
 public:
  /// An answer of any status, or Error: Invalid (not an http address, a line break in a header), Forbidden
  /// (not a public address), Timeout, Limit (answer too long), Unavailable (not reached, TLS not trusted,
  /// queue full, client going down). Messages name host and port, never path or query, which may hold
  /// secrets.
  using Done = std::function<void(Result<IncomingAnswer>)>;

  static Result<std::unique_ptr<Client>> start(ClientOptions options);

  /// Requests still out end with Error Unavailable; each `done` is called before this returns. Not from
  /// within a Done. May wait for a name that is being resolved.
  ~Client();

  /// `done` is called exactly once, on the client's thread (or before send returns, where the request is
  /// refused at once), and must not block long.
  void send(OutgoingRequest request, Done done);

  /// Waits for the answer. Not from within a Done.
  Result<IncomingAnswer> fetch(OutgoingRequest request);

 private:
  class State;
  explicit Client(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace handslag::http
