// SPDX-License-Identifier: Apache-2.0
// Reading settings of ours from TOML, so that every fault is told with its line and all come in one pass. For
// the parsers of maps and hooks. One thread.
#pragma once

#include <toml++/toml.h>

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/text.h"
#include "io/format/parse_toml.h"
#include "io/format/read_output.h"

namespace handslag::format {

using Words = std::span<const std::string_view>;

inline std::string quoted(std::string_view text) {
  return "\"" + std::string(cut_text(text, 60)) + "\"";
}

/// A table of the file, and where it stands for messages ("[[event]] 2").
class TableReader {
 public:
  TableReader(const toml::table& table, std::string place, const std::string& name,
              std::vector<std::string>& errors)
      : table_(table), place_(std::move(place)), name_(name), errors_(errors) {}

  void error(const toml::node* node, const std::string& what) const {
    if (errors_.size() > kErrors) return;
    const toml::source_region& region = node != nullptr ? node->source() : table_.source();
    std::string message = name_ + ":" + std::to_string(region.begin.line) + ": ";
    if (!place_.empty()) message += place_ + ": ";
    errors_.push_back(message + what);
  }

  TableReader inner(const toml::table& table, const std::string& place) const {
    return {table, place_.empty() ? place : place_ + ", " + place, name_, errors_};
  }

  const toml::table& table() const { return table_; }
  const toml::node* find(std::string_view key) const { return table_.get(key); }

  // Every key must be one of `known`.
  void check_keys(Words known) const {
    for (const auto& [key, node] : table_) {
      if (std::find(known.begin(), known.end(), key.str()) != known.end()) continue;
      std::string what = "unknown key " + quoted(key.str());
      if (auto near = nearest_word(key.str(), known)) {
        what += "; did you mean " + quoted(*near) + "?";
      } else {
        what += "; known here:";
        for (std::string_view word : known) what += " " + std::string(word);
      }
      error(&node, what);
    }
  }

  std::string text(std::string_view key) const {
    const toml::node* node = find(key);
    return node == nullptr ? std::string() : text_of(*node, key);
  }

  std::string text_of(const toml::node& node, std::string_view key) const {
    if (const auto* value = node.as_string()) {
      if (value->get().empty()) error(&node, std::string(key) + " is empty; leave it out or name something");
      return value->get();
    }
    error(&node, std::string(key) + " must be a text in quotes");
    return "?";  // an error is noted; not empty, so that no second one follows
  }

  bool flag(std::string_view key) const {
    const toml::node* node = find(key);
    if (node == nullptr) return false;
    if (const auto* value = node->as_boolean()) return value->get();
    error(node, std::string(key) + " must be true or false");
    return false;
  }

  // A text, or a list of texts.
  std::vector<std::string> texts(std::string_view key) const {
    std::vector<std::string> found;
    const toml::node* node = find(key);
    if (node == nullptr) return found;
    if (node->is_string()) return {text(key)};
    const toml::array* list = node->as_array();
    if (list == nullptr) {
      error(node, std::string(key) + " must be a text or a list of texts");
      return found;
    }
    for (const toml::node& element : *list) {
      if (const auto* value = element.as_string()) {
        found.push_back(value->get());
      } else {
        error(&element, std::string(key) + " must hold texts only");
      }
    }
    return found;
  }

  // One of `words`, or empty where the key is not there.
  std::string word(std::string_view key, Words words) const {
    const std::string found = text(key);
    if (find(key) == nullptr || found == "?" || std::find(words.begin(), words.end(), found) != words.end())
      return found;
    std::string what = std::string(key) + " " + format::quoted(found) + " is unknown; it can be";
    for (std::string_view word : words) what += " " + quoted(word);
    error(find(key), what);
    return found;
  }

 private:
  static constexpr std::size_t kErrors = 20;

  const toml::table& table_;
  std::string place_;
  const std::string& name_;
  std::vector<std::string>& errors_;
};

/// All the errors of a text as one.
inline Error joined(const std::vector<std::string>& errors) {
  std::string message;
  for (const std::string& error : errors) message += (message.empty() ? "" : "\n") + error;
  return invalid(message);
}

}  // namespace handslag::format
