// SPDX-License-Identifier: Apache-2.0
// A world as columns, built in the most literal way, so that the product's evaluator can be compared with the
// oracle without the product's own builder; and the oracle's answers in the shape of the product's.
#pragma once

#include <vector>

#include "pure/model/columns.h"
#include "pure/model/verdict.h"
#include "tests/oracle/oracle.h"

namespace handslag::oracle {

/// Columns.row counts the events in customer order. REQUIRES: a sorted world whose types name all events'
/// types.
model::Columns columns_from(const World& world, const model::ColumnNeeds& needs);

/// The event of a place on customer's sorted timeline.
model::EventIndex index_of(const model::Columns& columns, model::CustomerIndex customer, Place place);

/// The types of all events by first appearance, for World::types, appended to those already there.
void add_types(World& world);

/// What the product would answer for a customer, where it thought like the oracle: instances and their
/// witnesses.
struct Answer {
  model::Instance instance;  // first_witness and witnesses left at 0
  std::vector<model::EventIndex> witnesses;
};
Answer answer_of(const Judged& judged, std::uint32_t promise, model::CustomerIndex customer,
                 const model::Columns& columns);
std::vector<Answer> answers_of(const model::Verdicts& verdicts);
bool operator==(const Answer& a, const Answer& b);

}  // namespace handslag::oracle
