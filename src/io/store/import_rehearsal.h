// SPDX-License-Identifier: Apache-2.0
// What an import would do with each event, without doing it: for a dry run. Nothing is written, no lock is
// needed beyond that of reading. One thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "io/store/event_log.h"

namespace handslag::store {

class ImportRehearsal {
 public:
  /// `log`: that the file would go into; null: an empty one. Cost: a scan of all texts and ids.
  static Result<std::unique_ptr<ImportRehearsal>> create(EventLog* log);
  ~ImportRehearsal();

  /// As ImportWriter::add, of all events asked about so far.
  Result<Added> add(const model::Event& event);
  /// As ImportWriter::check: add would say so; nothing is noted.
  Result<Added> check(const model::Event& event);
  const std::string& refusal() const { return refusal_; }

 private:
  ImportRehearsal();

  struct Rehearsed;
  Added refuse(std::string reason);
  std::uint32_t source_code(const std::string& source);
  Result<bool> row_has_id(std::uint32_t row, std::uint32_t source, const std::string& id);

  std::unique_ptr<Rehearsed> rehearsed_;
  std::string refusal_;
};

/// "the id "7" of source "shop" is there already with other content; …".
std::string conflict_text(const model::Event& event);

}  // namespace handslag::store
