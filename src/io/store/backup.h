// SPDX-License-Identifier: Apache-2.0
// A copy of a data directory in a folder, with a manifest of sizes and digests, and the way back.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "base/time.h"

namespace handslag::store {

struct BackupSummary {
  std::uint32_t files = 0;
  std::uint64_t bytes = 0;
  Timestamp made;
};

/// Copies everything into the new folder `to`. Nobody writes meanwhile: it takes the directory's lock
/// (Conflict where another has it). Error Conflict: `to` exists. On any error nothing is left at `to`.
Result<BackupSummary> backup(const std::string& directory, const std::string& to, Timestamp now);

/// Puts a backup back into `directory`, which must be missing or empty (Conflict). Every file's digest is
/// verified before anything is put in place (Corrupt), and so is the layout (Invalid: newer than this
/// program).
Result<BackupSummary> restore(const std::string& from, const std::string& directory, Timestamp now);

}  // namespace handslag::store
