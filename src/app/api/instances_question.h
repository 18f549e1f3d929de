// SPDX-License-Identifier: Apache-2.0
// A promise's instances as they stand now, for whoever tells of them. On a worker.
#pragma once

#include <functional>
#include <optional>

#include "app/api/looks.h"
#include "app/explain/explain.h"

namespace handslag::app {

/// Calls tell(explained) once, or answers the refusal where the caller may not be told of options.customer:
/// "c12", "organisation" or, of whoever sees identifiers, "type:value". The look is noted. Errors:
/// unknown(all in force) where there is no such promise, NotFound (no such customer), Limit (more than
/// kMostCandidates are known by the identifier), Invalid (the promise cannot run here), Forbidden (an
/// identifier from whoever does not see them: the answer would tell whether its holder is a customer),
/// Unavailable, and what `tell` returns.
Result<Refusal> with_instances(const Call& call, const ExplainOptions& options, std::size_t most,
                               const std::function<Error(const PromiseSet&)>& unknown,
                               const std::function<Status(const ExplainedInstances&)>& tell);

}  // namespace handslag::app
