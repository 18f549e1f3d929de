// SPDX-License-Identifier: Apache-2.0
// Live: what an event takes back of what came before it, by `replaces` or `voids`.
#include <algorithm>
#include <set>
#include <utility>

#include "app/watch/live.h"

namespace handslag::app {
namespace {

std::set<model::Identifier> identifiers_in(const std::vector<model::Identifier>& subject) {
  return {subject.begin(), subject.end()};
}

}  // namespace

std::string Live::correction_key(std::string_view source, std::string_view id) {
  return std::string(source) + '\0' + std::string(id);
}

// What it takes back is looked for when all of the batch are placed. What came in a file without ids has the
// place in the file for one, which the log finds out in a load.
Status Live::note_corrections(const model::Event& event, const store::AddedEvent& added,
                              model::CustomerIndex customer) {
  const bool corrects = !event.replaces.empty() || !event.voids.empty();
  in_writer_.push_back({added.row, added.subject, corrects});
  for (const std::string* id : {&event.replaces, &event.voids}) {
    if (id->empty()) continue;
    corrected_.insert(correction_key(event.source, *id));
    const bool are_too_many = ++taken_back_ > options_.most_taken_back;
    if (are_too_many || store::may_be_derived_id(*id)) needs_load_ = Cause::Correction;
    if (needs_load_) continue;
    HANDSLAG_TRY(row, writer_->row_of(*id));
    if (row) withdrawals_.push_back({*row, added.subject, event.subject, customer});
  }
  // It was taken back before it came.
  if (!corrected_.empty() && corrected_.contains(correction_key(event.source, event.id)))
    needs_load_ = Cause::Correction;
  return {};
}

// Where that decides nothing about others: her subject is seen as before, by the correction itself, so that
// everybody stays who she was; and what it takes back took nothing back itself.
Status Live::withdraw_corrected() {
  for (const Withdrawal& it : std::exchange(withdrawals_, {})) {
    if (needs_load_) return {};
    HANDSLAG_TRY(may_be, may_be_withdrawn(it));
    const model::CustomerIndex customer = who_->current(it.customer);
    if (!may_be || !columns_->withdraw(customer, it.row)) {
      needs_load_ = Cause::Correction;
    } else if (customer == model::kOrganisation) {
      touch_all(Cause::Correction);
    } else {
      touch(customer, Cause::Correction);
    }
  }
  return {};
}

Result<bool> Live::may_be_withdrawn(const Withdrawal& withdrawal) const {
  const auto by_row = [](const Uncommitted& it, store::RowNumber row) { return it.row < row; };
  const auto found = std::lower_bound(in_writer_.begin(), in_writer_.end(), withdrawal.row, by_row);
  if (found != in_writer_.end() && found->row == withdrawal.row)
    return found->subject == withdrawal.subject && !found->corrects;
  const std::uint32_t rows[] = {withdrawal.row};
  auto events = directory_.log().fetch(rows);
  if (!events.ok() && events.error().code == ErrorCode::NotFound) return false;
  HANDSLAG_CHECK_STATUS(events);
  const model::Event& event = events->front();
  return event.replaces.empty() && event.voids.empty() &&
         identifiers_in(event.subject) == identifiers_in(withdrawal.identifiers);
}

}  // namespace handslag::app
