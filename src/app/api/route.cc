// SPDX-License-Identifier: Apache-2.0
#include "app/api/route.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace handslag::app {
namespace {

// Digits and nothing else, as far as the type holds them.
template <typename Number>
std::optional<Number> whole_number(std::string_view text) {
  Number number = 0;
  const char* const end = text.data() + text.size();
  const auto [at, failure] = std::from_chars(text.data(), end, number);
  return failure == std::errc() && at == end ? std::optional(number) : std::nullopt;
}

// Null where it is not there.
const Json* member(const Json& body, std::string_view name) {
  const auto found = body.find(name);
  return found == body.end() || found->is_null() ? nullptr : &*found;
}

Error of_another_kind(std::string_view name, std::string_view wanted) {
  return invalid(fmt::format("\"{}\" must be {}", name, wanted)).at(fmt::format("/{}", name));
}

}  // namespace

void add(std::vector<Route>& routes, http::Method method, std::string_view pattern,
         std::optional<Permission> permission, Where where,
         std::function<Result<http::Response>(Call&)> answer, std::string_view summary,
         http::BodyLimits limits) {
  routes.push_back({method, pattern, permission, where, std::move(answer), {}, limits, summary});
}

void add_file(std::vector<Route>& routes, std::string_view pattern, Permission permission,
              std::function<Result<http::Response>(Call&)> answer, std::string_view summary,
              http::BodyLimits limits) {
  add(routes, http::Method::Post, pattern, permission, Where::Worker, std::move(answer), summary, limits);
  routes.back().takes = Takes::Anything;
}

void add_itself(std::vector<Route>& routes, http::Method method, std::string_view pattern,
                std::optional<Permission> permission, std::function<void(Call, http::Reply)> answer_itself,
                http::BodyLimits limits, std::string_view summary) {
  routes.push_back({method,
                    pattern,
                    permission,
                    Where::Itself,
                    {},
                    std::move(answer_itself),
                    limits,
                    summary,
                    Takes::Anything});
}

http::Response json_response(const Json& json, unsigned status) {
  http::Response response;
  response.status = status;
  response.headers = {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}};
  response.body = json_text(json);
  return response;
}

http::Response versioned_response(const Json& json, std::uint32_t version, unsigned status) {
  http::Response response = json_response(json, status);
  response.headers.push_back({"ETag", fmt::format("\"{}\"", version)});
  return response;
}

Result<std::optional<std::uint32_t>> expected_version(const http::Request& request) {
  const std::string* wanted = request.header("if-match");
  if (wanted == nullptr || *wanted == "*") return std::optional<std::uint32_t>();
  const std::string_view text = *wanted;
  const bool is_quoted = text.size() > 2 && text.front() == '"' && text.back() == '"';
  const auto version =
      is_quoted ? whole_number<std::uint32_t>(text.substr(1, text.size() - 2)) : std::nullopt;
  if (!version) return invalid("If-Match must be the ETag that was read, such as \"7\"");
  return version;
}

bool may_be_json(const http::Request& request) {
  const std::string* told = request.header("content-type");
  if (request.body.empty() || told == nullptr) return true;
  const std::string_view whole = *told;
  std::string type(trimmed(whole.substr(0, whole.find(';'))));
  std::transform(type.begin(), type.end(), type.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
  return type.empty() || type == "application/json" ||
         (type.starts_with("application/") && type.ends_with("+json"));
}

http::Response not_json(const http::Request& request) {
  const std::string* told = request.header("content-type");
  const std::string_view type = told == nullptr ? std::string_view() : std::string_view(*told).substr(0, 100);
  http::Response response = http::problem_response(
      {415,
       "Content type not taken",
       fmt::format("The body is \"{}\"; this takes JSON. Send it with Content-Type: application/json.", type),
       "/problems/content-type",
       {}});
  response.headers.push_back({"Accept", "application/json"});
  return response;
}

Result<Json> json_body(const http::Request& request) {
  constexpr int kMaxDepth = 64;
  int deepest = 0;
  const auto watch_depth = [&](int depth, Json::parse_event_t /*event*/, Json& /*parsed*/) {
    deepest = std::max(deepest, depth);
    return depth < kMaxDepth;
  };
  try {
    Json json = Json::parse(request.body, watch_depth);
    if (deepest >= kMaxDepth) return invalid("the body is nested more than 64 deep");
    if (!json.is_object()) return invalid("the body must be a JSON object");
    return json;
  } catch (const Json::exception&) {
    return invalid("the body is not JSON; send an object, with Content-Type: application/json");
  }
}

Result<std::optional<bool>> flag_member(const Json& body, std::string_view name) {
  const Json* flag = member(body, name);
  if (flag == nullptr) return std::optional<bool>();
  if (!flag->is_boolean()) return of_another_kind(name, "true or false");
  return std::optional(flag->get<bool>());
}

Result<std::string> text_member(const Json& body, std::string_view name) {
  const Json* text = member(body, name);
  if (text == nullptr) return std::string();
  if (!text->is_string()) return of_another_kind(name, "a text");
  return text->get<std::string>();
}

Result<std::optional<Timestamp>> time_member(const Json& body, std::string_view name) {
  const Json* text = member(body, name);
  if (text == nullptr) return std::optional<Timestamp>();
  const auto time = text->is_string() ? parse_rfc3339(text->get_ref<const std::string&>()) : std::nullopt;
  if (!time) return of_another_kind(name, "an instant such as 2026-11-21T10:00:00Z");
  return std::optional(*time);
}

Result<std::uint64_t> number_parameter(const Call& call, std::string_view name, std::uint64_t usual,
                                       std::uint64_t least, std::uint64_t most) {
  const std::string_view text = call.parameter(name);
  if (text.empty()) return usual;
  const auto number = whole_number<std::uint64_t>(text);
  if (!number || *number < least || *number > most)
    return invalid(fmt::format("\"{}\" must be a whole number from {} to {}", name, least, most));
  return *number;
}

Result<std::optional<Timestamp>> time_parameter(const Call& call, std::string_view name) {
  const std::string_view text = call.parameter(name);
  if (text.empty()) return std::optional<Timestamp>();
  const auto time = parse_rfc3339(text);
  if (!time) return invalid(fmt::format("\"{}\" must be an instant such as 2026-11-21T10:00:00Z", name));
  return std::optional(*time);
}

std::optional<std::vector<std::string>> match_path(std::string_view pattern, std::string_view path) {
  std::vector<std::string> values;
  while (!pattern.empty()) {
    if (path.empty() || path.front() != '/') return std::nullopt;
    pattern.remove_prefix(1), path.remove_prefix(1);
    const std::string_view wanted = pattern.substr(0, pattern.find('/'));
    const std::string_view part = path.substr(0, path.find('/'));
    if (wanted.starts_with('{')) {
      if (part.empty()) return std::nullopt;
      values.emplace_back(part);
    } else if (wanted != part) {
      return std::nullopt;
    }
    pattern.remove_prefix(wanted.size()), path.remove_prefix(part.size());
  }
  return path.empty() ? std::optional(std::move(values)) : std::nullopt;
}

}  // namespace handslag::app
