// SPDX-License-Identifier: Apache-2.0
// What takes the rows of a table before any map, to show people what stands in a file.
#pragma once

#include <span>
#include <string>

#include "base/result.h"
#include "io/format/cell_value.h"

namespace handslag::format {

/// Takes rows as they stand, before any map. A failing status ends the reading, as that of an EventSink.
class RowSink {
 public:
  virtual ~RowSink() = default;
  /// `cells` by the number of the column; there may be fewer than `columns`, which grow while reading where
  /// the format has no header. Both are gone after the call.
  virtual Status row(std::span<const std::string> columns, std::span<const TableCell> cells) = 0;
};

}  // namespace handslag::format
