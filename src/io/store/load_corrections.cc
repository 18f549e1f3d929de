// SPDX-License-Identifier: Apache-2.0
#include "io/store/load_corrections.h"

#include "io/store/duck_database.h"

namespace handslag::store {

// A correction names an id, its own or a derived one ("<digits>:<record>.<part>").
Result<std::vector<timeline::Correction>> load_corrections(DuckConnection& connection,
                                                           const std::string& condition) {
  std::vector<timeline::Correction> corrections;
  const auto take = [&](const DuckChunk& chunk) {
    for (std::size_t row = 0; row < chunk.size(); ++row) {
      corrections.push_back({chunk.column<std::uint32_t>(0)[row], chunk.column<std::uint32_t>(1)[row]});
    }
    return Status();
  };
  const std::string by = "SELECT c.event, t.event FROM corrections c JOIN events e ON e.event = c.event ";
  HANDSLAG_CHECK_STATUS(each_chunk(
      connection,
      by + "JOIN events t ON t.source = e.source AND t.id = c.target WHERE t.id <> ''" + condition, take));
  HANDSLAG_CHECK_STATUS(
      each_chunk(connection,
                 by +
                     "JOIN imports i ON i.id_prefix = split_part(c.target, ':', 1) AND i.removed IS NULL "
                     "JOIN events t ON t.import = i.import AND t.source = e.source AND t.id = '' "
                     "AND t.record || '.' || t.part = split_part(c.target, ':', 2) WHERE true" +
                     condition,
                 take));
  return corrections;
}

Result<std::vector<RowNumber>> find_correction_circles(EventLog& log) {
  HANDSLAG_TRY(connection, log.database()->connect());
  HANDSLAG_TRY(corrections, load_corrections(connection, ""));
  return timeline::rows_in_circles(corrections);
}

}  // namespace handslag::store
