// SPDX-License-Identifier: Apache-2.0
#include "io/http/message.h"

#include <array>
#include <utility>

#include "io/http/target.h"

namespace handslag::http {
namespace {

constexpr std::array<std::pair<Method, const char*>, 7> kMethods{{{Method::Get, "GET"},
                                                                  {Method::Head, "HEAD"},
                                                                  {Method::Post, "POST"},
                                                                  {Method::Put, "PUT"},
                                                                  {Method::Patch, "PATCH"},
                                                                  {Method::Delete, "DELETE"},
                                                                  {Method::Options, "OPTIONS"}}};

constexpr std::array<std::pair<unsigned, const char*>, 42> kReasons{{
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {207, "Multi-Status"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {402, "Payment Required"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {417, "Expectation Failed"},
    {421, "Misdirected Request"},
    {422, "Unprocessable Content"},
    {423, "Locked"},
    {425, "Too Early"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
}};

}  // namespace

const char* method_name(Method method) {
  for (const auto& [known, name] : kMethods) {
    if (known == method) return name;
  }
  return "";
}

std::optional<Method> method_of(std::string_view name) {
  for (const auto& [method, known] : kMethods) {
    if (known == name) return method;
  }
  return std::nullopt;
}

const std::string* Request::header(std::string_view lower_case_name) const {
  for (const Header& header : headers) {
    if (header.name == lower_case_name) return &header.value;
  }
  return nullptr;
}

const std::string* Request::parameter(std::string_view name) const {
  for (const Parameter& parameter : query) {
    if (parameter.name == name) return &parameter.value;
  }
  return nullptr;
}

std::optional<std::string_view> Request::cookie(std::string_view name) const {
  for (const Header& header : headers) {
    if (header.name != "cookie") continue;
    if (const auto value = find_cookie(header.value, name)) return value;
  }
  return std::nullopt;
}

Response text_response(unsigned status, std::string content_type, std::string text) {
  Response response;
  response.status = status;
  response.headers.push_back({"Content-Type", std::move(content_type)});
  response.body = std::move(text);
  return response;
}

const char* status_reason(unsigned status) {
  for (const auto& [known, reason] : kReasons) {
    if (known == status) return reason;
  }
  return "Unknown";
}

}  // namespace handslag::http
