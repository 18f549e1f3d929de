// SPDX-License-Identifier: Apache-2.0
#include "app/serve/ask_server.h"

#include <fmt/format.h>

#include "app/language/json.h"
#include "io/http/client.h"

namespace handslag::app {
namespace {

constexpr std::uint64_t kMostAnswerBytes = 256ULL << 20U;

ErrorCode code_of(unsigned status) {
  switch (status) {
    case 401:
      return ErrorCode::Unauthenticated;
    case 403:
      return ErrorCode::Forbidden;
    case 404:
      return ErrorCode::NotFound;
    default:
      return status >= 500 ? ErrorCode::Unavailable : ErrorCode::Invalid;
  }
}

std::string said(const std::string& body) {
  const Json problem = Json::parse(body, nullptr, false);
  if (!problem.is_object() || !problem.contains("detail") || !problem["detail"].is_string()) return {};
  return ": " + problem["detail"].get<std::string>();
}

}  // namespace

Status ask_server(const Session& session, const AskOptions& options) {
  if (!options.path.starts_with('/')) return invalid("\"" + options.path + "\" is no path such as /v1/gap");
  http::ClientOptions client_options;
  client_options.allow_private_addresses = true;  // who types the command chooses the server
  client_options.answer_bytes = kMostAnswerBytes;
  HANDSLAG_TRY(client, http::Client::start(client_options));
  http::OutgoingRequest request;
  request.method = http::Method::Get;
  request.url = options.server;
  while (request.url.ends_with('/')) request.url.pop_back();
  request.url += options.path;
  if (!options.key.empty()) request.headers.push_back({"Authorization", "Bearer " + options.key});
  request.timeout = std::chrono::minutes(2);
  HANDSLAG_TRY(answer, client->fetch(std::move(request)));
  if (answer.status / 100 != 2)
    return Error{code_of(answer.status),
                 fmt::format("the server answered {}{}", answer.status, said(answer.body))};
  *session.terminal.out << answer.body;
  if (!answer.body.ends_with('\n')) *session.terminal.out << '\n';
  return {};
}

}  // namespace handslag::app
