// SPDX-License-Identifier: Apache-2.0
#include "io/http/problem.h"

#include <nlohmann/json.hpp>
#include <utility>

namespace handslag::http {

Response problem_response(const Problem& problem) {
  nlohmann::ordered_json document;
  document["type"] = problem.type;
  document["title"] = problem.title;
  document["status"] = problem.status;
  document["detail"] = problem.detail;
  for (const ProblemPart& part : problem.parts) {
    document["errors"].push_back({{"pointer", part.pointer}, {"detail", part.detail}});
  }
  Response response;
  response.status = problem.status;
  response.headers = {{"Content-Type", "application/problem+json"}, {"Cache-Control", "no-store"}};
  response.body = document.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
  if (problem.status >= 500) response.reason = problem.title + ": " + problem.detail;
  return response;
}

Response problem_response(unsigned status, std::string title, std::string detail) {
  Problem problem;
  problem.status = status;
  problem.title = std::move(title);
  problem.detail = std::move(detail);
  return problem_response(problem);
}

unsigned status_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::Invalid:
      return 400;
    case ErrorCode::Unauthenticated:
      return 401;
    case ErrorCode::Forbidden:
      return 403;
    case ErrorCode::NotFound:
      return 404;
    case ErrorCode::Conflict:
      return 409;
    case ErrorCode::Limit:
      return 413;
    case ErrorCode::Unavailable:
      return 503;
    case ErrorCode::Timeout:
      return 504;
    case ErrorCode::Corrupt:
    case ErrorCode::Internal:
      break;
  }
  return 500;
}

Response problem_response(const Error& error) {
  Problem problem;
  problem.status = status_of(error.code);
  problem.title = status_reason(problem.status);
  problem.type = std::string("/problems/") + error_name(error.code);
  problem.detail = problem.status < 500 ? error.message
                                        : "The server could not do this. Its log says why, under the request "
                                          "id in X-Request-Id.";
  if (problem.status < 500 && !error.pointer.empty()) problem.parts = {{error.pointer, error.message}};
  Response response = problem_response(problem);
  if (problem.status >= 500) response.reason = error_name(error.code) + (": " + error.message);
  return response;
}

}  // namespace handslag::http
