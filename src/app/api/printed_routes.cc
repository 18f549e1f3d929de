// SPDX-License-Identifier: Apache-2.0
// What the command line asks a running server with --server URL: its own commands, printed here by the same
// code, as
// {"text", "notes"}. The questions stand in the body, since they may name a customer.
#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "app/api/front_desk.h"
#include "app/api/gap_question.h"
#include "app/api/instances_question.h"
#include "app/api/looks.h"
#include "app/api/routes.h"
#include "app/api/services.h"
#include "app/api/whole_log.h"
#include "app/explain/explain.h"
#include "app/frontline/audience.h"
#include "app/frontline/card.h"
#include "app/frontline/find_customers.h"
#include "app/gaps/gap_html.h"
#include "app/promises/registry.h"
#include "app/timelines/show_timeline.h"

namespace handslag::app {
namespace {

constexpr std::size_t kMostExplained = 10'000;
constexpr int kNarrowest = 20, kWidest = 1'000;
constexpr http::BodyLimits kQuestionLimits{64 << 10, 64 << 10};

// What the body asks for, read name by name: the first wrong one is told.
class Asked {
 public:
  explicit Asked(Json body) : body_(std::move(body)) {}

  std::string text(const char* name) {
    if (!body_.contains(name)) return {};
    if (!body_[name].is_string()) return refuse(name, "a text"), std::string();
    return body_[name].get<std::string>();
  }
  bool flag(const char* name) {
    if (!body_.contains(name)) return false;
    if (!body_[name].is_boolean()) return refuse(name, "true or false"), false;
    return body_[name].get<bool>();
  }
  std::uint64_t number(const char* name, std::uint64_t usual) {
    if (!body_.contains(name)) return usual;
    if (!body_[name].is_number_unsigned()) return refuse(name, "a whole number from 0"), usual;
    return body_[name].get<std::uint64_t>();
  }
  std::optional<Timestamp> time(const char* name) {
    const std::string written = text(name);
    if (written.empty()) return std::nullopt;
    const auto time = parse_rfc3339(written);
    if (!time) refuse(name, "an instant such as 2026-11-21T10:00:00Z");
    return time;
  }
  std::vector<std::string> texts(const char* name) {
    std::vector<std::string> all;
    if (!body_.contains(name)) return all;
    const Json& list = body_[name];
    const bool is_list = list.is_array() &&
                         std::all_of(list.begin(), list.end(), [](const Json& it) { return it.is_string(); });
    if (!is_list) return refuse(name, "a list of texts"), all;
    return list.get<std::vector<std::string>>();
  }
  Status status() const { return status_; }

 private:
  void refuse(const char* name, const char* wanted) {
    if (status_.ok())
      status_ = invalid(fmt::format("\"{}\" must be {}", name, wanted)).at(fmt::format("/{}", name));
  }

  Json body_;
  Status status_;
};

Result<Asked> asked_of(const Call& call) {
  HANDSLAG_TRY(body, json_body(call.request));
  return Asked(std::move(body));
}

// A terminal like that of whoever asks, which writes into memory.
struct Printed {
  std::ostringstream text, notes;
  Terminal terminal;

  explicit Printed(Asked& asked) {
    terminal.out = &text;
    terminal.notes = &notes;
    terminal.colour = asked.flag("colour");
    const auto width = static_cast<int>(std::min<std::uint64_t>(asked.number("width", 100), kWidest));
    terminal.width = std::max(width, kNarrowest);
    terminal.language = asked.text("lang") == "sv" ? Language::Swedish : Language::English;
  }
  http::Response response() const { return json_response({{"text", text.str()}, {"notes", notes.str()}}); }
};

Error protected_identity(const std::string& customer) {
  return {ErrorCode::Forbidden, customer + " has a protected identity; ask one of those who may open it"};
}

Result<http::Response> printed_gap(Call& call) {
  HANDSLAG_TRY(asked, asked_of(call));
  Printed printed(asked);
  GapOptions options;
  options.from = asked.time("from");
  options.to = asked.time("to");
  options.by = asked.texts("by");
  options.json = asked.flag("json");
  auto each = period_asked(asked.text("each"));
  HANDSLAG_CHECK_STATUS(asked.status());
  if (!each.ok()) return std::move(each).error().at("/each");
  options.each = *each;
  const bool is_page = asked.flag("page");
  HANDSLAG_CHECK_STATUS(asked.status());
  HANDSLAG_CHECK_STATUS(
      with_gap(*call.services, options, {}, UnknownNames::Refuse, [&](const GapReport& report) -> Status {
        if (report.promises.empty()) return no_promises(printed.terminal);
        if (is_page) {
          printed.text << gap_page(report, printed.terminal);
          note_missing(report, printed.terminal);
        } else {
          print_gap(report, printed.terminal);
        }
        return Status();
      }));
  return printed.response();
}

Result<http::Response> printed_explanation(Call& call) {
  HANDSLAG_TRY(asked, asked_of(call));
  Printed printed(asked);
  ExplainOptions options;
  options.promise = asked.text("promise");
  options.customer = asked.text("customer");
  options.limit = asked.number("limit", options.limit);
  options.json = asked.flag("json");
  const std::string verdict = asked.text("verdict");
  HANDSLAG_CHECK_STATUS(asked.status());
  if (!verdict.empty()) options.verdict = model::verdict_from_name(verdict);
  if (!verdict.empty() && !options.verdict)
    return invalid("\"verdict\" must be pending, overdue, kept, late, broken, void or unknown")
        .at("/verdict");
  const auto unknown = [&](const PromiseSet& known) {
    return known.empty() ? no_promises(printed.terminal) : only_promise(known, options.promise).error();
  };
  HANDSLAG_TRY(refusal, with_instances(call, options, kMostExplained, unknown, [&](const auto& explained) {
                 return print_explained(call.services->directory.log(), explained, options, kMostExplained,
                                        printed.terminal);
               }));
  if (refusal) return protected_identity(options.customer);
  return printed.response();
}

// On the watch's thread: noted, and refused where her identity is protected now, whatever was known earlier.
Status admit(Call& call, const std::string& customer) {
  if (customer == identity::customer_name(0))
    return note_look(call, store::AuditVerb::TimelineRead, customer);
  HANDSLAG_TRY(found, find_customers(*call.live, {customer, {}, {}, {}, {}, {}}, utc_day(call.now)));
  if (found.customers.empty()) return not_found("there is no customer " + customer);
  const model::CustomerIndex her = found.customers.front();
  Live& live = *call.live;
  HANDSLAG_TRY(refusal,
               refusal_to_look(call, live, live.look(her, call.now), her, store::AuditVerb::TimelineRead));
  return refusal ? Status(protected_identity(customer)) : Status();
}

TimelineView view_of(Call& call) {
  const Audience audience = audience_of(call.caller);
  return {.admit =
              [&call](const std::string& customer) {
                Status admitted = unavailable("the live system stands still; the log says why");
                call.services->watch.ask_and_wait([&](Live* live, Timestamp now) {
                  if (live == nullptr) return;
                  call.live = live;
                  call.now = now;
                  admitted = admit(call, customer);
                  call.live = nullptr;
                });
                return admitted;
              },
          .mask = [audience](model::Event& event) { mask_event(event, audience); },
          .mask_identifier = [audience](model::Identifier& it) { it.value = shown(it, audience); }};
}

Result<http::Response> printed_timeline(Call& call) {
  HANDSLAG_TRY(asked, asked_of(call));
  Printed printed(asked);
  TimelineOptions options;
  options.customer = asked.text("customer");
  options.as_known_at = asked.time("as_known_at");
  options.json = asked.flag("json");
  options.today = utc_day(call.now);
  HANDSLAG_CHECK_STATUS(asked.status());
  if (options.customer.empty() || options.customer.size() > kMostTyped)
    return invalid("\"customer\" must be c42, type:value or organisation, of at most 200 bytes")
        .at("/customer");
  const Basis basis = basis_of(*call.services);
  HANDSLAG_CHECK_STATUS(basis.status);
  HANDSLAG_TRY(settings, read_settings(call.services->directory.path()));
  store::LoadOptions how = load_options(settings, {});
  how.live_sources = basis.sources;
  const TimelineView view = view_of(call);
  HANDSLAG_CHECK_STATUS(
      print_timeline(call.services->directory.log(), settings, how, options, &view, printed.terminal));
  return printed.response();
}

Result<http::Response> printed_promises(Call& call) {
  HANDSLAG_TRY(asked, asked_of(call));
  Printed printed(asked);
  const bool is_json = asked.flag("json");
  HANDSLAG_CHECK_STATUS(asked.status());
  HANDSLAG_TRY(versions, call.services->directory.promises().all());
  print_promises(versions, is_json ? Form::JsonText : Form::Text, printed.terminal);
  return printed.response();
}

}  // namespace

void add_printed_routes(std::vector<Route>& routes) {
  using http::Method;
  add(routes, Method::Post, "/v1/printed/gap", Permission::ReadGap, Where::Worker, printed_gap,
      "The gap as the command line prints it", kQuestionLimits);
  add(routes, Method::Post, "/v1/printed/explain", Permission::ReadGap, Where::Worker, printed_explanation,
      "A promise's instances as the command line prints them", kQuestionLimits);
  add(routes, Method::Post, "/v1/printed/timeline", Permission::ReadCard, Where::Worker, printed_timeline,
      "A customer's events as the command line prints them", kQuestionLimits);
  add(routes, Method::Post, "/v1/printed/promises", Permission::ReadPromises, Where::Watch, printed_promises,
      "The promises in force as the command line lists them", kQuestionLimits);
}

}  // namespace handslag::app
