// SPDX-License-Identifier: Apache-2.0
// A request as the server hands it over, and the answer to it: plain values, one thread at a time. Everything
// in a Request is checked and decoded; nothing in it is trusted: it is what somebody sent.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "base/url_encoding.h"

namespace handslag::http {

/// The methods that are served; any other is answered 501 before a handler sees it.
enum class Method { Get, Head, Post, Put, Patch, Delete, Options };

/// "GET".
const char* method_name(Method method);
/// Case matters, as in the protocol.
std::optional<Method> method_of(std::string_view name);

struct Header {
  std::string name;  // in a Request in lower case; in a Response as it is to be sent
  std::string value;
};

using Parameter = FormField;

struct Request {
  Method method = Method::Get;
  std::string target;  // as sent: "/a%20b?x=1"
  /// Percent-decoded UTF-8, begins with "/". "." and ".." are resolved, several slashes are one; a slash at
  /// the end stays. Holds no NUL. (An encoded slash, and ".." above the root, are answered 400.)
  std::string path;
  std::vector<Parameter> query;  // in the order sent; names may come more than once
  std::vector<Header> headers;   // in the order sent; names in lower case, values without outer white space
  std::string body;              // whole and inflated; Content-Encoding is gone from `headers` then
  std::string host;              // of the target or of Host, with the port if one was sent; "" in HTTP/1.0
  std::string remote_address;    // "192.0.2.7", "2001:db8::1"; through a trusted proxy the one that it names
  bool is_secure = false;        // by TLS here, or by a trusted proxy that says so
  std::string id;                // 1 to 64 of A–Z a–z 0–9 . _ : -
  Timestamp received;            // when the head was complete

  /// The first value of that name, or nothing. Pointers live as long as the request is not changed.
  const std::string* header(std::string_view lower_case_name) const;
  const std::string* parameter(std::string_view name) const;
  /// The first cookie of that name, without quotes; undecoded, as cookies have no encoding of their own.
  std::optional<std::string_view> cookie(std::string_view name) const;
};

struct Response {
  unsigned status = 200;  // 200 to 599
  /// Date, Content-Length, Transfer-Encoding, Connection and X-Request-Id are the server's: set here, they
  /// are left out. A name or value that HTTP cannot carry (a line break) turns the answer into a 500.
  std::vector<Header> headers;
  std::string body;
  /// Where set, sent instead of `body` and not copied: for what many answers share, such as static files.
  std::shared_ptr<const std::string> shared_body;
  /// The route's template ("/api/customers/{id}") for log and metrics; see AccessRecord in server.h.
  std::string route;
  /// Of a status from 500 on: why, for the log alone; it is never sent. See AccessRecord in server.h.
  std::string reason;

  std::string_view content() const { return shared_body ? std::string_view(*shared_body) : body; }
};

/// `text` as `content_type` ("application/json").
Response text_response(unsigned status, std::string content_type, std::string text);

/// "Not Found"; "Unknown" for a number without a registered meaning.
const char* status_reason(unsigned status);

}  // namespace handslag::http
