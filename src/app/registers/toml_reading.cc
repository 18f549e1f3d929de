// SPDX-License-Identifier: Apache-2.0
#include "app/registers/toml_reading.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/registers/definition_toml.h"
#include "base/text.h"

namespace handslag::app {
namespace {

constexpr std::size_t kMaxWordLength = 1'000;  // of any text in a definition, in bytes
constexpr std::size_t kMostListedTexts = 200;

Error wrong_at(const std::string& file, const toml::node& node, const std::string& what) {
  const auto& place = node.source().begin;
  return invalid(fmt::format("{}:{}:{}: {}", file, place.line, place.column, what));
}

std::string known_or_near(std::string_view word, const std::vector<std::string_view>& known) {
  const auto near = nearest_word(word, known);
  return near ? fmt::format("did you mean \"{}\"?", *near)
              : fmt::format("known are {}", fmt::join(known, ", "));
}

}  // namespace

Error TomlTable::wrong(std::string_view key, const std::string& what) const {
  const toml::node* node = table_->get(key);
  return wrong_at(*file_, node == nullptr ? *table_ : *node, what);
}

Status TomlTable::only(std::initializer_list<std::string_view> known) const {
  const std::vector<std::string_view> words(known);
  for (const auto& [key, node] : *table_) {
    if (std::find(words.begin(), words.end(), key.str()) != words.end()) continue;
    const std::string_view shown = key.str().substr(0, 60);
    return wrong_at(*file_, node,
                    fmt::format("\"{}\" means nothing here; {}", shown, known_or_near(shown, words)));
  }
  return {};
}

Result<std::string> TomlTable::text(std::string_view key) const {
  const toml::node* node = table_->get(key);
  if (node == nullptr) return std::string();
  const auto* text = node->as_string();
  if (text == nullptr) return wrong(key, fmt::format("{} = a text in quotes expected", key));
  if (text->get().size() > kMaxWordLength) {
    return wrong(key, fmt::format("{} is longer than {} bytes; shorten it", key, kMaxWordLength));
  }
  return text->get();
}

Result<bool> TomlTable::flag(std::string_view key, bool otherwise) const {
  const toml::node* node = table_->get(key);
  if (node == nullptr) return otherwise;
  if (const auto* flag = node->as_boolean()) return flag->get();
  return wrong(key, fmt::format("{} = true or false expected", key));
}

Result<std::optional<double>> TomlTable::number(std::string_view key) const {
  const toml::node* node = table_->get(key);
  if (node == nullptr) return std::optional<double>();
  const auto number = node->is_number() ? node->value<double>() : std::nullopt;
  if (number && *number >= -1e15 && *number <= 1e15) return number;
  return wrong(key, fmt::format("{} = a number within 15 digits expected", key));
}

Result<std::vector<std::string>> TomlTable::texts(std::string_view key) const {
  std::vector<std::string> texts;
  const toml::node* node = table_->get(key);
  if (node == nullptr) return texts;
  if (const auto* text = node->as_string()) {
    texts.push_back(text->get());
    return texts;
  }
  const toml::array* list = node->as_array();
  const std::string remedy = fmt::format("{} = a list of texts expected, [\"…\", \"…\"]", key);
  if (list == nullptr) return wrong(key, remedy);
  if (list->size() > kMostListedTexts)
    return wrong(key, fmt::format("{}: at most {} of them", key, kMostListedTexts));
  for (const toml::node& element : *list) {
    const auto* text = element.as_string();
    if (text == nullptr || text->get().size() > kMaxWordLength) return wrong_at(*file_, element, remedy);
    texts.push_back(text->get());
  }
  return texts;
}

Result<std::vector<TomlTable>> TomlTable::tables(std::string_view key, std::size_t limit) const {
  std::vector<TomlTable> tables;
  const toml::node* node = table_->get(key);
  if (node == nullptr) return tables;
  const toml::array* list = node->as_array();
  if (list == nullptr) return wrong(key, fmt::format("[[{}]] expected, a list of tables", key));
  if (list->size() > limit) return over_limit(wrong(key, fmt::format("at most {} {}", limit, key)).message);
  for (const toml::node& element : *list) {
    const toml::table* table = element.as_table();
    if (table == nullptr) return wrong_at(*file_, element, fmt::format("[[{}]] expected, a table", key));
    tables.emplace_back(*file_, *table);
  }
  return tables;
}

Result<std::optional<TomlTable>> TomlTable::table(std::string_view key) const {
  const toml::node* node = table_->get(key);
  if (node == nullptr) return std::optional<TomlTable>();
  const toml::table* table = node->as_table();
  if (table == nullptr) return wrong(key, fmt::format("{} = {{ … }} expected, a table", key));
  return std::optional<TomlTable>(TomlTable(*file_, *table));
}

Result<std::optional<model::Duration>> TomlTable::duration(std::string_view key) const {
  HANDSLAG_TRY(written, text(key));
  if (written.empty()) return std::optional<model::Duration>();
  const auto duration = parse_patience(written);
  if (duration) return duration;
  return wrong(key, fmt::format("{} = a whole number and a unit expected, such as \"2 business days\"; units "
                                "are s, min, h, days, business days, business hours",
                                key));
}

Result<std::vector<Condition>> TomlTable::conditions(std::string_view key) const {
  std::vector<Condition> conditions;
  HANDSLAG_TRY(inner, table(key));
  if (!inner) return conditions;
  for (const auto& [field, value] : inner->raw()) {
    Condition condition{std::string(field.str()), {}};
    if (const auto* flag = value.as_boolean()) {
      condition.value = flag->get() ? "true" : "false";
    } else if (const auto* text = value.as_string()) {
      condition.value = text->get();
    } else {
      return wrong_at(*file_, value, "a choice in quotes, true or false expected");
    }
    conditions.push_back(std::move(condition));
  }
  return conditions;
}

Result<std::string> TomlTable::needed_text(std::string_view key, std::string_view example) const {
  HANDSLAG_TRY(found, text(key));
  if (found.empty()) return wrong(key, fmt::format("say {} = {}", key, example));
  return found;
}

Result<std::vector<std::string>> TomlTable::needed_texts(std::string_view key,
                                                         std::string_view example) const {
  HANDSLAG_TRY(found, texts(key));
  if (found.empty()) return wrong(key, fmt::format("say {} = {}", key, example));
  return found;
}

Result<Words> TomlTable::words(std::string_view key) const {
  HANDSLAG_TRY(inner, table(key));
  if (!inner) return Words();
  HANDSLAG_CHECK_STATUS(inner->only({"sv", "en"}));
  HANDSLAG_TRY(swedish, inner->needed_text("sv", "\"…\", what people read in Swedish"));
  HANDSLAG_TRY(english, inner->needed_text("en", "\"…\", what people read in English"));
  return Words{std::move(swedish), std::move(english)};
}

Result<Words> TomlTable::needed_words(std::string_view key) const {
  HANDSLAG_TRY(found, words(key));
  if (found.en.empty()) return wrong(key, fmt::format("say {} = {{ sv = \"…\", en = \"…\" }}", key));
  return found;
}

Status TomlTable::check_names(std::string_view key, const std::vector<std::string>& names,
                              const std::vector<std::string_view>& known, std::string_view what) const {
  for (const std::string& name : names) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    return wrong(key,
                 fmt::format("{}: no {} is called \"{}\"; {}", key, what, name, known_or_near(name, known)));
  }
  return {};
}

std::vector<std::string_view> field_ids(const Definition& definition) {
  std::vector<std::string_view> ids;
  for (const Field& field : definition.fields) ids.emplace_back(field.id);
  return ids;
}

std::vector<std::string_view> state_ids(const Definition& definition) {
  std::vector<std::string_view> ids;
  for (const State& state : definition.states) ids.emplace_back(state.id);
  return ids;
}

Status check_conditions(const TomlTable& at, std::string_view key, const std::vector<Condition>& conditions,
                        const Definition& definition) {
  for (const Condition& condition : conditions) {
    HANDSLAG_CHECK_STATUS(at.check_names(key, {condition.field}, field_ids(definition), "field"));
    const Field& field = *definition.field(condition.field);
    std::vector<std::string_view> values;
    if (field.kind == FieldKind::YesNo) values = {"true", "false"};
    for (const Choice& choice : field.choices) values.emplace_back(choice.id);
    if (values.empty()) {
      return at.wrong(key, fmt::format("{}: {} is {}; a condition asks for a choice or yes/no", key, field.id,
                                       field_kind_name(field.kind)));
    }
    HANDSLAG_CHECK_STATUS(at.check_names(key, {condition.value}, values, "value of " + field.id));
  }
  return {};
}

}  // namespace handslag::app
