// SPDX-License-Identifier: Apache-2.0
// Reading TOML tables with errors that name place and remedy. Internal to app/registers.
#pragma once

#include <toml++/toml.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "app/registers/definition.h"
#include "base/result.h"

namespace handslag::app {

/// A table at a place of a file. Copies freely; keeps the table, which must outlive it.
class TomlTable {
 public:
  TomlTable(const std::string& file, const toml::table& table) : file_(&file), table_(&table) {}

  /// Invalid at the key's place (the table's where it is not there): "FILE:LINE:COLUMN: WHAT".
  Error wrong(std::string_view key, const std::string& what) const;

  bool has(std::string_view key) const { return table_->contains(key); }
  /// Refuses keys that nobody reads: a misspelt one must not vanish.
  Status only(std::initializer_list<std::string_view> known) const;

  /// Empty, false or absent where the key is not there.
  Result<std::string> text(std::string_view key) const;
  Result<bool> flag(std::string_view key, bool otherwise) const;
  Result<std::optional<double>> number(std::string_view key) const;
  Result<std::vector<std::string>> texts(
      std::string_view key) const;  // a single text counts as a list of one
  Result<std::vector<TomlTable>> tables(std::string_view key, std::size_t limit) const;
  Result<std::optional<TomlTable>> table(std::string_view key) const;
  Result<std::optional<model::Duration>> duration(std::string_view key) const;
  /// { claimed = false, cause = "walk" }
  Result<std::vector<Condition>> conditions(std::string_view key) const;

  /// Invalid where the key is not there or empty.
  Result<std::string> needed_text(std::string_view key, std::string_view example) const;
  Result<std::vector<std::string>> needed_texts(std::string_view key, std::string_view example) const;
  /// { sv = "…", en = "…" }, both.
  Result<Words> needed_words(std::string_view key) const;
  Result<Words> words(std::string_view key) const;

  /// Each of `names` is one of `known`, or Invalid with the nearest. `what`: "field", "state".
  Status check_names(std::string_view key, const std::vector<std::string>& names,
                     const std::vector<std::string_view>& known, std::string_view what) const;

  const toml::table& raw() const { return *table_; }

 private:
  const std::string* file_;
  const toml::table* table_;
};

/// The parts of a definition, each checked against what is read already. In this order.
Status read_fields(const TomlTable& root, Definition& definition);
Status read_states(const TomlTable& root, Definition& definition);
Status read_moves(const TomlTable& root, Definition& definition);
Status read_rules(const TomlTable& root, Definition& definition);  // dues, escalations, tells
Status read_events(const TomlTable& root, Definition& definition);

std::vector<std::string_view> field_ids(const Definition& definition);
std::vector<std::string_view> state_ids(const Definition& definition);

/// The conditions name fields of the kinds choice or yes/no, and values that these have.
Status check_conditions(const TomlTable& at, std::string_view key, const std::vector<Condition>& conditions,
                        const Definition& definition);

}  // namespace handslag::app
