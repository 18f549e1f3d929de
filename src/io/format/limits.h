// SPDX-License-Identifier: Apache-2.0
// What a file may be at most, so that no file can fill the machine. What goes past a limit of a record is
// rejected with its place, and the reading goes on; past a limit of the file, the reading ends with an error.
#pragma once

#include <cstddef>

#include "io/runtime/file_gzip.h"

namespace handslag::format {

struct Limits {
  runtime::InflateLimits inflate;
  std::size_t cell_bytes = 1 << 20;        // one cell, field or attribute
  std::size_t record_bytes = 16 << 20;     // one row, line or XES event
  std::size_t columns = 4096;              // of a table; different names in all the records of JSON and XES
  std::size_t depth = 64;                  // nesting of JSON and XML
  std::size_t once_per_bytes = 256 << 20;  // what `once_per` remembers
};

}  // namespace handslag::format
