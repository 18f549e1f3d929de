// SPDX-License-Identifier: Apache-2.0
// All registers of an installation: those that the program ships (packs/registers, built in), and those of
// DIR/settings/registers/*.toml, which add registers or take the place of shipped ones with the same id.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/registers/definition.h"
#include "base/result.h"

namespace handslag::app {

/// Immutable; any thread.
class Definitions {
 public:
  /// Checks what definitions say of one another: ids differ, links and `waits_for` lead to registers, fields
  /// and states that exist. Invalid names register, field and remedy.
  static Result<Definitions> create(std::vector<Definition> definitions);

  /// Null where there is none.
  const Definition* find(std::string_view id) const;
  /// NotFound with the nearest id.
  Result<const Definition*> need(std::string_view id) const;
  /// By id.
  const std::vector<Definition>& all() const { return definitions_; }

 private:
  explicit Definitions(std::vector<Definition> definitions) : definitions_(std::move(definitions)) {}
  std::vector<Definition> definitions_;
};

/// The shipped ones and those of a data directory; an empty name: the shipped ones alone. Invalid or Limit as
/// read_definition and Definitions::create say; Unavailable where a file cannot be read.
Result<Definitions> read_definitions(const std::string& data_directory);

}  // namespace handslag::app
