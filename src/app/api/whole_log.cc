// SPDX-License-Identifier: Apache-2.0
#include "app/api/whole_log.h"

#include <fmt/format.h>

#include <optional>
#include <sstream>

#include "app/watch/live.h"

namespace handslag::app {

namespace {

Error stands_still() {
  return unavailable("the live system stands still; the log says why");
}

}  // namespace

Result<LiveVerdicts> verdicts_of(const Services& services) {
  std::optional<LiveVerdicts> verdicts;
  services.watch.ask_settled_and_wait([&](Live* live, Timestamp) {
    if (live != nullptr) verdicts = live->verdicts();
  });
  if (!verdicts) return stands_still();
  return std::move(*verdicts);
}

Basis basis_of(const Services& services) {
  Basis basis;
  services.watch.ask_and_wait([&](Live* live, Timestamp now) {
    if (live == nullptr) {
      basis.status = stands_still();
      return;
    }
    basis.status = live->commit(now);
    basis.promises = live->promises().copy();
    basis.sources = live->sources();
    basis.now = now;
  });
  return basis;
}

Error no_such_promise(std::string_view id) {
  return not_found(fmt::format("no promise \"{}\" is in force; GET /v1/promises lists them", id));
}

Result<PromiseSet> chosen_promises(const Basis& basis, std::string_view id) {
  if (id.empty()) return basis.promises.copy();
  PromiseSet set;
  for (const promise::Version& version : basis.promises.versions()) {
    if (version.promise->id == id) set.add(*version.promise, version.number, version.from, version.to);
  }
  if (set.empty()) return no_such_promise(id);
  return set;
}

// --now of a batch fixes the clock (P-6); here the wall clock of this moment is meant.
Result<std::unique_ptr<Evaluation>> evaluate_now(const Services& services, PromiseSet set, const Basis& basis,
                                                 EvaluationRequest request) {
  std::ostringstream nowhere;
  Session session;
  session.data = services.directory.path();
  session.terminal.out = session.terminal.notes = &nowhere;
  request.live_sources = basis.sources;
  return evaluate(services.directory, std::move(set), request, session);
}

}  // namespace handslag::app
