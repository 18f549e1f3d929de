// SPDX-License-Identifier: Apache-2.0
#include "app/api/api.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <typeinfo>
#include <utility>

#include "app/api/looks.h"
#include "app/api/problem_language.h"
#include "app/api/who_calls.h"
#include "app/pages/pages.h"
#include "io/http/rate_limit.h"

namespace handslag::app {
namespace {

constexpr std::uint64_t kLongQuestions = 64;  // as Workers takes them

http::Response not_there(std::string_view path) {
  return http::problem_response({404,
                                 "Nothing here",
                                 fmt::format("There is nothing at {}. GET / tells what there is.", path),
                                 "/problems/not-found",
                                 {}});
}

http::Response other_methods(const std::vector<http::Method>& methods) {
  std::string allowed = "OPTIONS";
  for (const http::Method method : methods) allowed += fmt::format(", {}", http::method_name(method));
  http::Response response =
      http::problem_response(405, "Method not allowed", "This path answers to " + allowed + ".");
  response.headers.push_back({"Allow", allowed});
  return response;
}

http::Response unauthenticated(const Error& error) {
  http::Response response = http::problem_response(error);
  response.headers.push_back({"WWW-Authenticate", "Bearer realm=\"handslag\""});
  return response;
}

http::Response forbidden(const Route& route) {
  return http::problem_response(
      {403,
       "Not allowed",
       fmt::format("This needs the permission \"{}\"; an administrator grants roles, and scopes of keys.",
                   permission_name(*route.permission)),
       "/problems/forbidden",
       {}});
}

// For some unit at least.
bool may_somewhere(const Caller& caller, Permission permission) {
  if (may(caller, permission)) return true;
  const Units units = units_where(caller, permission);
  return units.all || !units.names.empty();
}

http::Response too_much(const Route& route, std::string detail, std::uint32_t seconds) {
  http::Response response =
      http::problem_response({429, "Too much at once", std::move(detail), "/problems/limit", {}});
  response.route = route.pattern;
  http::add_rate_limit(response, {"questions", kLongQuestions, "concurrent-requests"}, seconds);
  return response;
}

// A path that is no route's is a page's, for whom a person's browser asks; the page says where there is none.
bool is_page(const http::Request& request) {
  return is_asked_by_browser(request) && !request.path.starts_with("/v1/") &&
         !request.path.starts_with("/assets/");
}

// Browsers ask first when another site's page sends events with a key (contract/intake.md).
http::Response preflight(const http::Request& request) {
  http::Response response;
  response.status = 204;
  const std::string* origin = request.header("origin");
  const std::string* wanted = request.header("access-control-request-headers");
  response.headers = {
      {"Access-Control-Allow-Origin", origin == nullptr ? "*" : *origin},
      {"Access-Control-Allow-Methods", "POST, GET, OPTIONS"},
      {"Access-Control-Allow-Headers", wanted == nullptr ? "authorization, content-type" : *wanted},
      {"Access-Control-Max-Age", "86400"},
      {"Vary", "Origin"}};
  if (const std::string* hook = request.header("webhook-request-origin")) {
    response.headers.push_back({"WebHook-Allowed-Origin", *hook});
    response.headers.push_back({"WebHook-Allowed-Rate", "*"});
  }
  return response;
}

// The last net: what a library throws in a route is an answer, not the end of the program.
Result<http::Response> answer_of(const Route& route, Call& call) {
  try {
    return route.answer(call);
  } catch (const Json::exception&) {
    return invalid(
        "a member of the body is of another kind than it must be (a text where a number is meant, …)");
  } catch (const std::exception& failure) {
    // Why not what it says: that may hold what was sent.
    return Error{ErrorCode::Internal,
                 std::string("the route failed in a way that it does not know: ") + typeid(failure).name()};
  }
}

// Why here: a route that finds the live system standing still cannot say why.
void add_standstill(const Services& services, http::Response& response) {
  const std::string failure = services.watch.state().failure;
  if (!failure.empty() && response.reason.find(failure) == std::string::npos)
    response.reason += "; verdicts stand still: " + failure;
}

}  // namespace

Api::Api(const Services& services, std::vector<Route> routes)
    : services_(services), routes_(std::move(routes)) {}

Api::Found Api::find(http::Method method, std::string_view path) const {
  Found found;
  const http::Method wanted = method == http::Method::Head ? http::Method::Get : method;
  for (const Route& route : routes_) {
    auto values = match_path(route.pattern, path);
    if (!values) continue;
    if (route.method == wanted) return {&route, std::move(*values), {}};
    found.others.push_back(route.method);
  }
  return found;
}

http::BodyLimits Api::limits(http::Method method, std::string_view path) {
  const Found found = find(method, path);
  return found.route == nullptr ? http::BodyLimits{} : found.route->limits;
}

void Api::handle(http::Request request, http::Reply reply) {
  Found found = find(request.method, request.path);
  if (request.method == http::Method::Options && (found.route != nullptr || !found.others.empty())) {
    reply.send(preflight(request));
    return;
  }
  if (found.route == nullptr && found.others.empty() && is_page(request)) {
    http::Response page = page_document(services_.embedded_by);
    page.route = "/{page}";
    reply.send(std::move(page));
    return;
  }
  const Language language = language_of(request);
  const auto refuse = [&reply, &found, language](http::Response refusal) {
    if (found.route != nullptr) refusal.route = found.route->pattern;
    tell_in(language, refusal);
    reply.send(std::move(refusal));
  };
  if (found.route == nullptr)
    return refuse(found.others.empty() ? not_there(request.path) : other_methods(found.others));
  const Route& route = *found.route;
  Result<Caller> caller = who_calls(services_.access, request);
  if (!caller.ok() && route.permission)
    return refuse(caller.error().code == ErrorCode::Unauthenticated ? unauthenticated(caller.error())
                                                                    : http::problem_response(caller.error()));
  Call call;
  call.caller = caller.ok() ? std::move(caller).value() : Caller{};
  call.request = std::move(request);
  call.path = std::move(found.path);
  call.services = &services_;
  call.now = services_.clock.now();
  // Why here and not in `may`: a permission that goes by unit is asked again by the route, for the unit it is
  // about; a route that is open to several looks for itself.
  if (route.permission && !may_somewhere(call.caller, *route.permission)) {
    const bool is_nobody = call.caller.kind == Caller::Kind::Nobody;
    return refuse(is_nobody ? unauthenticated(
                                  {ErrorCode::Unauthenticated,
                                   "sign in (POST /v1/session), or send a key as Authorization: Bearer hs_…"})
                            : forbidden(route));
  }
  if (route.takes == Takes::JsonAlone && !may_be_json(call.request)) return refuse(not_json(call.request));
  run(route, std::move(call), std::move(reply));
}

void Api::run(const Route& route, Call call, http::Reply reply) const {
  const auto send = [&route, &services = services_, language = language_of(call)](
                        http::Reply& to, Result<http::Response> answer) {
    http::Response response =
        answer.ok() ? std::move(answer).value() : http::problem_response(answer.error());
    response.route = route.pattern;
    if (response.status == 503) add_standstill(services, response);
    tell_in(language, response);
    to.send(std::move(response));
  };
  if (route.where == Where::Itself) {
    try {
      route.answer_itself(std::move(call), std::move(reply));  // a Reply that goes unanswered answers 500
    } catch (const std::exception&) {
    }
    return;
  }
  if (route.where == Where::Server) {
    send(reply, answer_of(route, call));
    return;
  }
  // Why shared: a std::function must be copyable, and a Reply is not.
  auto kept = std::make_shared<std::pair<Call, http::Reply>>(std::move(call), std::move(reply));
  if (route.where == Where::Watch || route.where == Where::Look) {
    const auto ask = [&route, kept, send](Live* live, Timestamp now) {
      kept->first.live = live;
      kept->first.now = now;
      send(kept->second, live == nullptr ? Result<http::Response>(
                                               unavailable("the live system stands still; the log says why"))
                                         : answer_of(route, kept->first));
    };
    Watch& watch = services_.watch;
    if (!(route.where == Where::Look ? watch.ask_to_look(ask) : watch.ask(ask)))
      send(kept->second, too_much(route, "Too many questions at once; ask again in a moment.", 1));
    return;
  }
  const bool is_hashing = route.where == Where::Hasher && services_.hashers != nullptr;
  const bool taken = (is_hashing ? *services_.hashers : services_.workers).give([&route, kept, send] {
    send(kept->second, answer_of(route, kept->first));
  });
  if (!taken)
    send(kept->second, too_much(route, "Too many long questions at once; ask again in a few seconds.", 5));
}

}  // namespace handslag::app
