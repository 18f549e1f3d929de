// SPDX-License-Identifier: Apache-2.0
// The bytes of an answer's head. Internal to the server. Pure functions.
#pragma once

#include <string>
#include <string_view>

#include "io/http/message.h"

namespace handslag::http {

enum class Framing {
  Length,   // Content-Length of Response::content()
  Chunked,  // HTTP/1.1, length not known
  ToTheEnd  // HTTP/1.0, length not known: the end of the connection
};

struct AnswerShape {
  Framing framing = Framing::Length;
  bool keep_alive = false;
  std::string_view date;        // IMF-fixdate
  std::string_view request_id;  // "" leaves the header out
};

/// False where a status, name or value cannot stand in a head.
bool can_be_sent(const Response& response);
/// True for answers that end with their head, whatever their content (204, 304).
bool is_bodiless(unsigned status);
/// Status line, headers and the empty line. REQUIRES: can_be_sent(response).
std::string answer_head(const Response& response, const AnswerShape& shape);

/// "Sun, 22 Nov 2026 01:17:28 GMT".
std::string http_date(std::int64_t seconds_since_1970);

}  // namespace handslag::http
