// SPDX-License-Identifier: Apache-2.0
#include "app/upkeep/copies.h"

#include <fmt/format.h>

#include <filesystem>

#include "app/evaluate/evaluation.h"
#include "io/runtime/disk.h"
#include "io/store/backup.h"

namespace handslag::app {

Status make_backup(const Session& session, const std::string& target) {
  std::error_code failure;
  const std::string inside = std::filesystem::weakly_canonical(session.data, failure).string() + "/";
  if ((std::filesystem::weakly_canonical(target, failure).string() + "/").starts_with(inside)) {
    return invalid(target + ": lies in the data directory itself; name a folder outside it");
  }
  HANDSLAG_TRY(summary, store::backup(session.data, target, current_time(session)));
  *session.terminal.out << fmt::format(
      fmt::runtime(
          session.terminal.say("Copied {} files, {}, to {}.\n", "Kopierade {} filer, {}, till {}.\n")),
      summary.files, runtime::format_bytes(summary.bytes), target);
  return {};
}

Status restore_backup(const Session& session, const std::string& backup) {
  HANDSLAG_TRY(summary, store::restore(backup, session.data, current_time(session)));
  *session.terminal.out << fmt::format(
      fmt::runtime(session.terminal.say("Restored {} files, {}, as they were {}.\n",
                                        "Återställde {} filer, {}, så som de var {}.\n")),
      summary.files, runtime::format_bytes(summary.bytes), format_rfc3339(summary.made));
  return {};
}

}  // namespace handslag::app
