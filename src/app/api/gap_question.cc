// SPDX-License-Identifier: Apache-2.0
#include "app/api/gap_question.h"

#include <algorithm>
#include <utility>

#include "app/api/whole_log.h"

namespace handslag::app {
namespace {

Status check_options(const GapOptions& options) {
  if (options.from && options.to && *options.to <= *options.from)
    return invalid("\"from\" must stand before \"to\"");
  if (options.by.size() > 4) return invalid("at most four \"by\"");
  return require_cuts(options.by);
}

Status with_gap_from_log(const Services& services, const GapOptions& options, std::string_view promise,
                         UnknownNames unknown, const std::function<Status(const GapReport&)>& tell) {
  const Basis basis = basis_of(services);
  HANDSLAG_CHECK_STATUS(basis.status);
  HANDSLAG_TRY(set, chosen_promises(basis, promise));
  HANDSLAG_TRY(evaluation, evaluate_now(services, std::move(set), basis, {options.by, {}}));
  if (unknown == UnknownNames::Refuse)
    HANDSLAG_CHECK_STATUS(require_known_names(services.directory.log(), evaluation->loaded.columns, options));
  return tell(measure(judged_by(*evaluation), options));
}

}  // namespace

Status with_gap(const Services& services, const GapOptions& options, std::string_view promise,
                UnknownNames unknown, const std::function<Status(const GapReport&)>& tell) {
  HANDSLAG_CHECK_STATUS(check_options(options));
  HANDSLAG_TRY(verdicts, verdicts_of(services));
  if (!promise.empty()) choose_promise(verdicts, std::string(promise));
  if (!promise.empty() && verdicts.promises.empty()) return no_such_promise(promise);
  std::vector<std::string> names = options.by;
  std::erase(names, kByUnit);
  const bool may_be_unknown = unknown == UnknownNames::Refuse && !carries_names(verdicts, names);
  if (may_be_unknown || !keeps_names(verdicts, names))
    return with_gap_from_log(services, options, promise, unknown, tell);
  return tell(measure(judged_by(verdicts), options));
}

Result<std::optional<promise::Period>> period_asked(std::string_view each) {
  const auto period = period_named(each);
  if (!period && !each.empty()) return invalid("\"each\" must be day, week, month, quarter or year");
  return period;
}

}  // namespace handslag::app
