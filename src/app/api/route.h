// SPDX-License-Identifier: Apache-2.0
// The HTTP API: what is a route, and what a route is given. Every route stands in one table (routes.h), with
// who may use it; api.h finds the route, finds out who calls, and refuses whoever may not.
//
// A route answers with a Response or an Error, on the thread that its Where says:
//   Server   at once; nothing in it waits
//   Watch    between two pieces of the live system's work; a few milliseconds at most
//   Look     the same, where it only looks at a customer (Watch::ask_to_look): also while the log is written
//   Worker   may take its time: files, the whole event log, hashing passwords
//   Hasher   hashes a password, one at a time: apart from the workers, so that neither waits for the other
//   Itself   it keeps the Reply and answers when it can (intake, streams)
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/access/permissions.h"
#include "app/language/json.h"
#include "app/watch/live.h"
#include "base/result.h"
#include "io/http/message.h"
#include "io/http/problem.h"
#include "io/http/server.h"

namespace handslag::app {

struct Services;

/// One request to a route.
struct Call {
  http::Request request;
  std::vector<std::string> path;  // what stands at the {…} of the pattern, in order
  Caller caller;
  const Services* services = nullptr;
  Live* live = nullptr;  // Where::Watch and Where::Look alone
  Timestamp now;         // the clock of the installation

  /// The first value of a query parameter; empty where it is not there.
  std::string_view parameter(std::string_view name) const {
    const std::string* value = request.parameter(name);
    return value == nullptr ? std::string_view() : std::string_view(*value);
  }
};

enum class Where : std::uint8_t { Server, Watch, Look, Worker, Hasher, Itself };

/// What a route's body may be. JsonAlone: a Content-Type that says anything else is answered 415 (one that is
/// not there counts as JSON); Anything: the route finds out by itself.
enum class Takes : std::uint8_t { JsonAlone, Anything };

struct Route {
  http::Method method = http::Method::Get;
  std::string_view pattern;  // "/v1/promises/{id}"
  /// Who may; none: anybody, signed in or not.
  std::optional<Permission> permission;
  Where where = Where::Server;
  std::function<Result<http::Response>(Call&)> answer;        // but for Itself
  std::function<void(Call, http::Reply)> answer_itself = {};  // Itself
  http::BodyLimits limits = {};
  std::string_view summary;  // one line for people, as in the contract
  Takes takes = Takes::JsonAlone;
};

/// A route that answers with a Response; its body is JSON.
void add(std::vector<Route>& routes, http::Method method, std::string_view pattern,
         std::optional<Permission> permission, Where where,
         std::function<Result<http::Response>(Call&)> answer, std::string_view summary,
         http::BodyLimits limits = {});
/// A POST on a worker whose body is a file, or something else that need not be JSON.
void add_file(std::vector<Route>& routes, std::string_view pattern, Permission permission,
              std::function<Result<http::Response>(Call&)> answer, std::string_view summary,
              http::BodyLimits limits);
/// A route that keeps the Reply; its body is what it finds there.
void add_itself(std::vector<Route>& routes, http::Method method, std::string_view pattern,
                std::optional<Permission> permission, std::function<void(Call, http::Reply)> answer_itself,
                http::BodyLimits limits, std::string_view summary);

/// 200 with the JSON, never cached.
http::Response json_response(const Json& json, unsigned status = 200);
/// The same with the ETag of a version.
http::Response versioned_response(const Json& json, std::uint32_t version, unsigned status = 200);
/// 7 of If-Match: "7"; nothing where it is not there. Invalid where it is anything else.
Result<std::optional<std::uint32_t>> expected_version(const http::Request& request);
/// True where there is no body, or its Content-Type is JSON (application/json, …+json) or not there.
bool may_be_json(const http::Request& request);
/// 415, for a body that may not.
http::Response not_json(const http::Request& request);
/// The body as a JSON object. Invalid with the place.
Result<Json> json_body(const http::Request& request);
/// A member of the body, nothing where it is not there or null. Invalid, with the place, where it is of
/// another kind.
Result<std::optional<bool>> flag_member(const Json& body, std::string_view name);
Result<std::optional<Timestamp>> time_member(const Json& body, std::string_view name);
/// The same of a text, which is empty where it is not there.
Result<std::string> text_member(const Json& body, std::string_view name);
/// A number in the query, between the bounds; `usual` where it is not there. Invalid.
Result<std::uint64_t> number_parameter(const Call& call, std::string_view name, std::uint64_t usual,
                                       std::uint64_t least, std::uint64_t most);
/// An instant in the query (RFC 3339). Invalid.
Result<std::optional<Timestamp>> time_parameter(const Call& call, std::string_view name);

/// Where a pattern fits: the values at its {…}.
std::optional<std::vector<std::string>> match_path(std::string_view pattern, std::string_view path);

}  // namespace handslag::app
