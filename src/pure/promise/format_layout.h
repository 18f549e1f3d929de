// SPDX-License-Identifier: Apache-2.0
// Clauses with their comments → the lines of a promise. Not for you: see format.h.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "pure/promise/format_text.h"

namespace handslag::promise {

inline constexpr std::array<Keyword, 14> kClauseOrder{Keyword::Claim,
                                                      Keyword::KeptBy,
                                                      Keyword::MadeBy,
                                                      Keyword::Touchpoint,
                                                      Keyword::Expectation,
                                                      Keyword::Weight,
                                                      Keyword::ForCustomersWhere,
                                                      Keyword::When,
                                                      Keyword::Target,
                                                      Keyword::Warn,
                                                      Keyword::Calendar,
                                                      Keyword::Zone,
                                                      Keyword::ValidFrom,
                                                      Keyword::ValidTo};

/// A clause, or the header, and the comments that belong to it.
struct ClauseLayout {
  Keyword kind = Keyword::None;
  std::vector<std::string> lines;   // without indent
  std::vector<std::string> before;  // comments on lines of their own
  std::string behind;               // a comment at the end of the last line
};

struct PromiseLayout {
  ClauseLayout header;                // its `before` is written by the file's layout
  std::vector<ClauseLayout> clauses;  // in canonical order
  std::vector<std::string> tail;      // comments behind the last clause
};

/// The promise from its header on, each line ended by a line feed. Short clauses share a line where no
/// comment stands between them.
std::string write_layout(const PromiseLayout& layout);

}  // namespace handslag::promise
