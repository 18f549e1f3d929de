// SPDX-License-Identifier: Apache-2.0
#include "io/http/answer.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <ctime>

#include "io/http/target.h"

namespace handslag::http {
namespace {

bool is_token(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c != '\0' && std::strchr("!#$%&'*+-.^_`|~", c) != nullptr);
  });
}

bool is_value(std::string_view value) {
  return std::none_of(value.begin(), value.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F;
  });
}

bool is_the_servers(std::string_view name) {
  switch (name.size()) {
    case 4:
      return equal_ignoring_case(name, "date");
    case 10:
      return equal_ignoring_case(name, "connection") || equal_ignoring_case(name, "keep-alive");
    case 12:
      return equal_ignoring_case(name, "x-request-id");
    case 14:
      return equal_ignoring_case(name, "content-length");
    case 17:
      return equal_ignoring_case(name, "transfer-encoding");
    default:
      return false;
  }
}

void append_header(std::string& head, std::string_view name, std::string_view value) {
  head.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

bool can_be_sent(const Response& response) {
  return response.status >= 200 && response.status <= 599 &&
         std::all_of(response.headers.begin(), response.headers.end(),
                     [](const Header& header) { return is_token(header.name) && is_value(header.value); });
}

bool is_bodiless(unsigned status) {
  return status == 204 || status == 304;
}

std::string answer_head(const Response& response, const AnswerShape& shape) {
  std::string head;
  head.reserve(384);
  head.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
  head.append(status_reason(response.status)).append("\r\n");
  append_header(head, "Date", shape.date);
  for (const Header& header : response.headers) {
    if (!is_the_servers(header.name)) append_header(head, header.name, header.value);
  }
  if (!shape.request_id.empty()) append_header(head, "X-Request-Id", shape.request_id);
  if (shape.framing == Framing::Chunked) append_header(head, "Transfer-Encoding", "chunked");
  if (shape.framing == Framing::Length && !is_bodiless(response.status)) {
    append_header(head, "Content-Length", std::to_string(response.content().size()));
  }
  if (!shape.keep_alive) append_header(head, "Connection", "close");
  head.append("\r\n");
  return head;
}

std::string http_date(std::int64_t seconds_since_1970) {
  static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::time_t seconds = seconds_since_1970;
  std::tm civil{};
  gmtime_r(&seconds, &civil);
  char text[64];
  std::snprintf(text, sizeof text, "%s, %02d %s %04d %02d:%02d:%02d GMT", kDays[civil.tm_wday], civil.tm_mday,
                kMonths[civil.tm_mon], civil.tm_year + 1900, civil.tm_hour, civil.tm_min, civil.tm_sec);
  return text;
}

}  // namespace handslag::http
