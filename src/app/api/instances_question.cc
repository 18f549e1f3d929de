// SPDX-License-Identifier: Apache-2.0
#include "app/api/instances_question.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "app/api/services.h"
#include "app/explain/explained_live.h"
#include "app/frontline/find_customers.h"
#include "app/watch/live.h"

namespace handslag::app {
namespace {

// What the live system has told, and of whom the question is, at one moment.
struct InstancesAsked {
  Refusal refusal;
  std::optional<LiveVerdicts> verdicts;  // none where it is refused
  std::optional<std::vector<model::CustomerIndex>> of;
};

bool is_identifier(const std::string& reference) {
  return reference.find(':') != std::string::npos;
}

// Notes the look.
Result<Refusal> narrow(const Call& call, Live& live, Timestamp now, const std::string& reference,
                       InstancesAsked& asked) {
  if (reference == identity::customer_name(0)) {
    HANDSLAG_CHECK_STATUS(note_look(call, store::AuditVerb::TimelineRead, reference));
    asked.of = {model::kOrganisation};
    return Refusal();
  }
  AskedFor wanted;
  (is_identifier(reference) ? wanted.identifier : wanted.customer) = reference;
  HANDSLAG_TRY(found, find_customers(live, wanted, utc_day(now)));
  if (found.customers.empty())
    return not_found("there is no customer " + reference.substr(0, kMostTyped) +
                     "; customers go by names such as c12");
  // Why before any look: an answer of some of them would pass for that of all.
  if (found.has_more)
    return over_limit(fmt::format("more than {} customers are known by {}; say which, by a name such as c12",
                                  kMostCandidates, reference.substr(0, kMostTyped)));
  for (const model::CustomerIndex it : found.customers) {
    HANDSLAG_TRY(refusal,
                 refusal_to_look(call, live, live.look(it, now), it, store::AuditVerb::TimelineRead));
    if (refusal) return refusal;
  }
  asked.of = std::move(found.customers);
  return Refusal();
}

// On the live system's thread, when all that was taken is evaluated. The log then holds it too: witnesses are
// read from there.
Result<InstancesAsked> take_verdicts(const Call& call, Live& live, Timestamp now,
                                     const std::string& reference) {
  InstancesAsked asked;
  if (!reference.empty()) {
    HANDSLAG_TRY(refusal, narrow(call, live, now, reference, asked));
    asked.refusal = std::move(refusal);
    if (asked.refusal) return asked;
  }
  HANDSLAG_CHECK_STATUS(live.commit(now));
  asked.verdicts = live.verdicts();
  return asked;
}

}  // namespace

Result<Refusal> with_instances(const Call& call, const ExplainOptions& options, std::size_t most,
                               const std::function<Error(const PromiseSet&)>& unknown,
                               const std::function<Status(const ExplainedInstances&)>& tell) {
  if (is_identifier(options.customer) && !may(call.caller, Permission::UnmaskIdentifiers))
    return Error{ErrorCode::Forbidden,
                 "\"customer\" must be a name such as c12: you do not see customers' identifiers"};
  Result<InstancesAsked> asked = unavailable("the live system stands still; the log says why");
  call.services->watch.ask_settled_and_wait([&](Live* live, Timestamp now) {
    if (live != nullptr) asked = take_verdicts(call, *live, now, options.customer);
  });
  if (!asked.ok()) return asked.error();
  if (asked->refusal) return std::move(asked->refusal);
  LiveVerdicts& verdicts = *asked->verdicts;
  const PromiseSet all = verdicts.promises.copy();
  choose_promise(verdicts, options.promise);
  if (verdicts.promises.empty()) return unknown(all);
  HANDSLAG_CHECK_STATUS(explain_live(verdicts, asked->of, options, most, tell));
  return Refusal();
}

}  // namespace handslag::app
