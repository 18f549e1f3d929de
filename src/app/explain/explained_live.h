// SPDX-License-Identifier: Apache-2.0
// The instances behind the figures (explain.h), chosen from what the live system has told; those of whom one
// is shown are evaluated anew, for its witnesses and its reason. On any thread.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "app/explain/explain.h"
#include "app/watch/live_verdicts.h"

namespace handslag::app {

/// Calls tell(explained) once, with what a batch evaluation of the same moment would show; with no verdicts
/// where more than `most` would be shown. `of`: these customers alone, distinct. Invalid where no version can
/// run here; else what `tell` returns. REQUIRES: one promise was chosen. Cost: linear in instances, some
/// nanoseconds each; memory for at most `most`; and an evaluation of whoever is shown.
Status explain_live(const LiveVerdicts& verdicts, const std::optional<std::vector<model::CustomerIndex>>& of,
                    const ExplainOptions& options, std::size_t most,
                    const std::function<Status(const ExplainedInstances&)>& tell);

}  // namespace handslag::app
