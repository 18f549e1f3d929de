// SPDX-License-Identifier: Apache-2.0
// `handslag import`: files in. One file is one transaction: all of it or nothing; the same file twice adds
// nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/session.h"

namespace handslag::app {

struct ImportOptions {
  std::vector<std::string> files;
  std::string map;                                           // a map's file; empty: the format's own meaning
  std::string source;                                        // for events that name none
  std::string zone;                                          // for times that name none
  std::optional<Timestamp> complete_through, history_start;  // P-5
  double most_rejected = 0.1;  // a larger share of records that cannot be used stops the import
  bool dry_run = false;
  std::string server, key;  // of send_files (send_files.h) alone
};

Status import_files(const Session& session, const ImportOptions& options);

}  // namespace handslag::app
