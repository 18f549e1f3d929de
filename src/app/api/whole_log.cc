// SPDX-License-Identifier: Apache-2.0
#include "app/api/whole_log.h"

#include <sstream>

#include "app/watch/live.h"

namespace handslag::app {

Basis basis_of(const Services& services) {
  Basis basis;
  services.watch.ask_and_wait([&](Live* live, Timestamp now) {
    if (live == nullptr) {
      basis.status = unavailable("the live system stands still; the log says why");
      return;
    }
    basis.status = live->commit(now);
    basis.promises = live->promises().copy();
    basis.sources = live->sources();
    basis.now = now;
  });
  return basis;
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
