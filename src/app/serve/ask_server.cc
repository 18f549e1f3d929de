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

// The answer's body. Errors: by the status of a refusal.
Result<std::string> ask(const ServerAddress& server, http::OutgoingRequest request, const std::string& path) {
  http::ClientOptions client_options;
  client_options.allow_private_addresses = true;  // who types the command chooses the server
  client_options.answer_bytes = kMostAnswerBytes;
  HANDSLAG_TRY(client, http::Client::start(client_options));
  request.url = server.url;
  while (request.url.ends_with('/')) request.url.pop_back();
  request.url += path;
  if (!server.key.empty()) request.headers.push_back({"Authorization", "Bearer " + server.key});
  request.timeout = std::chrono::minutes(2);
  HANDSLAG_TRY(answer, client->fetch(std::move(request)));
  if (answer.status / 100 != 2)
    return Error{code_of(answer.status),
                 fmt::format("the server answered {}{}", answer.status, said(answer.body))};
  return std::move(answer.body);
}

struct PrintedAnswer {
  std::string text, notes;
};

// Has the server print the command; `question` lacks only what the terminal is like.
Result<PrintedAnswer> printed_by(const ServerAddress& server, const std::string& path, Json question,
                                 const Terminal& terminal) {
  question["colour"] = terminal.colour;
  question["width"] = terminal.width;
  question["lang"] = terminal.language == Language::Swedish ? "sv" : "en";
  http::OutgoingRequest request;
  request.headers.push_back({"Content-Type", "application/json"});
  request.body = question.dump();
  HANDSLAG_TRY(body, ask(server, std::move(request), path));
  const Json answer = Json::parse(body, nullptr, false);
  const auto is_text = [&](const char* name) { return answer.contains(name) && answer[name].is_string(); };
  if (!answer.is_object() || !is_text("text") || !is_text("notes"))
    return unavailable("what answers there is no Handslag of this version");
  return PrintedAnswer{answer["text"], answer["notes"]};
}

Status print_what(const ServerAddress& server, const std::string& path, Json question,
                  const Terminal& terminal) {
  HANDSLAG_TRY(printed, printed_by(server, path, std::move(question), terminal));
  *terminal.out << printed.text;
  *terminal.notes << printed.notes;
  return {};
}

void add_time(Json& question, const char* name, const std::optional<Timestamp>& time) {
  if (time) question[name] = format_rfc3339(*time);
}

std::string url_encoded(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    const bool is_plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    encoded += is_plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return encoded;
}

std::string query_of(const std::string& why) {
  return why.empty() ? "" : "?why=" + url_encoded(why);
}

}  // namespace

Status report_gap_of(const ServerAddress& server, const Session& session, const GapOptions& options) {
  const Terminal& terminal = session.terminal;
  const bool is_page = !options.html.empty();
  Json question{{"by", options.by}, {"json", options.json}, {"page", is_page}};
  add_time(question, "from", options.from);
  add_time(question, "to", options.to);
  if (options.each) question["each"] = period_name(*options.each);
  if (!is_page) return print_what(server, "/v1/printed/gap", std::move(question), terminal);
  HANDSLAG_TRY(printed, printed_by(server, "/v1/printed/gap", std::move(question), terminal));
  HANDSLAG_CHECK_STATUS(write_gap_page(printed.text, options.html, terminal));
  *terminal.notes << printed.notes;
  return {};
}

Status explain_of(const ServerAddress& server, const Session& session, const ExplainOptions& options,
                  const std::string& why) {
  Json question{{"promise", options.promise}, {"limit", options.limit}, {"json", options.json}};
  if (!options.customer.empty()) question["customer"] = options.customer;
  if (options.verdict) question["verdict"] = model::verdict_name(*options.verdict);
  return print_what(server, "/v1/printed/explain" + query_of(why), std::move(question), session.terminal);
}

Status show_timeline_of(const ServerAddress& server, const Session& session, const TimelineOptions& options,
                        const std::string& why) {
  Json question{{"customer", options.customer}, {"json", options.json}};
  add_time(question, "as_known_at", options.as_known_at);
  return print_what(server, "/v1/printed/timeline" + query_of(why), std::move(question), session.terminal);
}

Status list_promises_of(const ServerAddress& server, const Session& session, Form form) {
  return print_what(server, "/v1/printed/promises", {{"json", form == Form::JsonText}}, session.terminal);
}

Status ask_server(const Session& session, const AskOptions& options) {
  if (!options.path.starts_with('/')) return invalid("\"" + options.path + "\" is no path such as /v1/gap");
  http::OutgoingRequest request;
  request.method = http::Method::Get;
  HANDSLAG_TRY(body, ask({options.server, options.key}, std::move(request), options.path));
  *session.terminal.out << body;
  if (!body.ends_with('\n')) *session.terminal.out << '\n';
  return {};
}

}  // namespace handslag::app
