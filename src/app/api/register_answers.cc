// SPDX-License-Identifier: Apache-2.0
#include "app/api/register_answers.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "app/api/front_desk.h"
#include "app/api/looks.h"
#include "app/api/services.h"
#include "app/frontline/card.h"

namespace handslag::app {
namespace {

// A record in an answer and the identifiers of customers that it shows in clear.
struct NamedIn {
  std::string record;
  std::vector<model::Identifier> identifiers;
};

// Whom an answer shows.
struct ShownCustomers {
  std::set<std::string> open, guarded;                 // names
  std::set<std::string, std::less<>> guarded_records;  // ids
};

void gather(const Json& json, std::vector<model::Identifier>& identifiers) {
  if (json.is_object() && json.size() == 2 && json.contains("type") && json.contains("value") &&
      json["type"].is_string() && json["value"].is_string()) {
    identifiers.push_back({json["type"], json["value"]});
    return;
  }
  if (!json.is_structured()) return;
  for (const Json& it : json) gather(it, identifiers);
}

// The answer is a list of records, a record, or what belongs to the one that the path names.
std::vector<NamedIn> named_in(const Call& call, const Json& answer) {
  std::vector<NamedIn> named;
  const auto add = [&](const std::string& record, const Json& json) {
    NamedIn it{record, {}};
    gather(json, it.identifiers);
    if (!it.identifiers.empty()) named.push_back(std::move(it));
  };
  if (const auto records = answer.find("records"); records != answer.end() && records->is_array()) {
    for (const Json& it : *records) add(it["id"], it);
  } else {
    add(answer.contains("register") ? answer["id"].get<std::string>() : call.path[0], answer);
  }
  return named;
}

Result<ShownCustomers> customers_shown(const Call& call, const std::vector<NamedIn>& named) {
  ShownCustomers shown;
  if (named.empty()) return shown;
  Status asked = unavailable("the live system stands still; the log says why");
  call.services->watch.ask_and_wait([&](Live* live, Timestamp now) {
    if (live == nullptr) return;
    asked = {};
    for (const NamedIn& it : named) {
      for (const model::CustomerIndex customer : customers_named(*live, it.identifiers, now)) {
        const bool is_guarded = is_protected(live->look(customer, now).columns, 1);
        (is_guarded ? shown.guarded : shown.open).insert(live->name(customer));
        if (is_guarded) shown.guarded_records.insert(it.record);
      }
    }
  });
  HANDSLAG_CHECK_STATUS(asked);
  return shown;
}

Status note_shown(const Call& call, const ShownCustomers& shown) {
  for (const std::string& name : shown.guarded)
    HANDSLAG_CHECK_STATUS(note_look(call, store::AuditVerb::ProtectedOpened, name, R"({"record":true})"));
  if (shown.open.empty()) return {};
  const bool is_one = shown.open.size() == 1;
  return note_look(call, store::AuditVerb::IdentifierUnmasked, is_one ? *shown.open.begin() : std::string(),
                   is_one ? std::string() : json_text({{"customers", shown.open}}));
}

}  // namespace

Result<Json> shown(const Call& call, const RecordQuestion& question) {
  Actor actor = actor_of(call.caller);
  // Why again: with those masked; and others may have come meanwhile.
  for (int round = 0; round < 3; ++round) {
    HANDSLAG_TRY(answer, call.services->registers.with([&](Registers& it) { return question(it, actor); }));
    HANDSLAG_TRY(customers, customers_shown(call, named_in(call, answer)));
    if (customers.guarded.empty() || may(call.caller, Permission::OpenProtected)) {
      HANDSLAG_CHECK_STATUS(note_shown(call, customers));
      return answer;
    }
    actor.kept_from.merge(customers.guarded_records);
  }
  return unavailable("these records are being changed; ask again");
}

bool is_of_register(const std::string& id, std::string_view register_id) {
  return std::string_view(id).substr(0, id.rfind('-')) == register_id;
}

http::Response faults_response(const Error& error, const Faults& faults) {
  if (faults.empty()) return http::problem_response(error);
  const bool is_stale =
      std::any_of(faults.begin(), faults.end(), [](const Fault& it) { return it.pointer == "/version"; });
  http::Problem problem{is_stale ? 412U : http::status_of(error.code),
                        is_stale ? "Somebody changed it" : "Cannot be done so",
                        error.message,
                        fmt::format("/problems/{}", error_name(error.code)),
                        {}};
  if (error.code == ErrorCode::Invalid) problem.status = 422;
  for (const Fault& it : faults) problem.parts.push_back({it.pointer, it.detail});
  return http::problem_response(problem);
}

// Why masked and no error where the look cannot be noted: the change is made.
static Json record_shown(const Call& call, const Changed& made) {
  if (!made.record.is_object() || named_in(call, made.record).empty()) return made.record;
  const auto show = [&](Registers& registers, const Actor& actor) { return registers.show(actor, made.id); };
  if (auto record = shown(call, show); record.ok()) return std::move(*record);
  Actor actor = actor_of(call.caller);
  actor.kept_from.insert(made.id);
  auto masked = call.services->registers.with([&](Registers& it) { return show(it, actor); });
  return masked.ok() ? std::move(*masked) : Json();
}

Result<http::Response> changed(const Call& call, unsigned status, const RecordChange& change) {
  Faults faults;
  const Actor actor = actor_of(call.caller);
  Result<Changed> made =
      call.services->registers.with([&](Registers& registers) { return change(registers, actor, faults); });
  if (!made.ok()) return faults_response(made.error(), faults);
  // Why ignored: the change is made; the card knows it with the next one.
  if (is_of_register(made->id, kMandates))
    (void)call.services->front.mandates.refresh(call.services->registers).ok();
  return versioned_response(record_shown(call, *made), made->version, status);
}

}  // namespace handslag::app
