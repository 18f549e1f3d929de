// SPDX-License-Identifier: Apache-2.0
#include "app/settings/settings.h"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <algorithm>
#include <filesystem>

#include "base/text.h"
#include "io/format/calendars_toml.h"
#include "io/format/parse_toml.h"
#include "io/runtime/file.h"

namespace handslag::app {
namespace {

Error wrong(const std::string& name, const toml::node& node, const std::string& what) {
  const auto& place = node.source().begin;
  return invalid(fmt::format("{}:{}:{}: {}", name, place.line, place.column, what));
}

// Refuses keys that nobody reads: a misspelt setting must not vanish.
Status only_keys(const std::string& name, const toml::table& table,
                 std::initializer_list<std::string_view> known) {
  const std::vector<std::string_view> words(known);
  for (const auto& [key, node] : table) {
    if (std::find(words.begin(), words.end(), key.str()) != words.end()) continue;
    const auto near = nearest_word(key.str(), words);
    return wrong(name, node,
                 fmt::format("\"{}\" is no setting here; {}", key.str(),
                             near ? fmt::format("did you mean \"{}\"?", *near)
                                  : fmt::format("known are {}", fmt::join(words, ", "))));
  }
  return {};
}

// The tables of [section.NAME], each given to `read`.
template <typename Read>
Status each_table(const std::string& name, const toml::table& file, std::string_view section, Read read) {
  const toml::node* node = file.get(section);
  if (node == nullptr) return {};
  if (!node->is_table()) return wrong(name, *node, fmt::format("[{}.NAME] expected", section));
  for (const auto& [key, entry] : *node->as_table()) {
    if (!entry.is_table()) return wrong(name, entry, fmt::format("[{}.{}] expected", section, key.str()));
    HANDSLAG_CHECK_STATUS(read(std::string(key.str()), *entry.as_table()));
  }
  return {};
}

Status read_rank(const std::string& name, const toml::table& entry, std::int32_t& rank) {
  HANDSLAG_CHECK_STATUS(only_keys(name, entry, {"rank"}));
  const auto number = entry["rank"].value_exact<std::int64_t>();
  if (!number || *number < -1000 || *number > 1000) {
    return wrong(name, entry, "rank = a whole number from -1000 to 1000 expected");
  }
  rank = static_cast<std::int32_t>(*number);
  return {};
}

Status read_shared(const std::string& name, const std::string& type, const toml::table& entry,
                   std::vector<std::string>& shared_types) {
  HANDSLAG_CHECK_STATUS(only_keys(name, entry, {"shared"}));
  const auto shared = entry["shared"].value_exact<bool>();
  if (!shared) return wrong(name, entry, "shared = true or false expected");
  std::erase(shared_types, type);
  if (*shared) shared_types.push_back(type);
  return {};
}

Status read_types(const std::string& name, const toml::table& file, Settings& settings) {
  HANDSLAG_CHECK_STATUS(only_keys(name, file, {"types", "identifiers"}));
  const auto rank = [&](const std::string& type, const toml::table& entry) {
    return read_rank(name, entry, settings.type_ranks[type]);
  };
  const auto shared = [&](const std::string& type, const toml::table& entry) {
    return read_shared(name, type, entry, settings.shared_identifiers);
  };
  HANDSLAG_CHECK_STATUS(each_table(name, file, "types", rank));
  return each_table(name, file, "identifiers", shared);
}

Status read_units(const std::string& name, const toml::table& file, Settings& settings) {
  HANDSLAG_CHECK_STATUS(only_keys(name, file, {"units"}));
  return each_table(name, file, "units", [&](const std::string& id, const toml::table& entry) -> Status {
    HANDSLAG_CHECK_STATUS(only_keys(name, entry, {"name", "parent"}));
    for (const std::string_view key : {"name", "parent"}) {
      const toml::node* node = entry.get(key);
      if (node != nullptr && !node->is_string())
        return wrong(name, *node, fmt::format("{} = a text expected", key));
    }
    settings.units[id] = {entry["name"].value_or(id), entry["parent"].value_or(std::string())};
    return {};
  });
}

}  // namespace

std::string_view settings_file_name(SettingsFile file) {
  switch (file) {
    case SettingsFile::Types:
      return "types";
    case SettingsFile::Units:
      return "units";
    case SettingsFile::Calendars:
      return "calendars";
  }
  return "";
}

Status read_settings_text(SettingsFile file, const std::string& name, std::string_view text,
                          Settings& settings) {
  if (file == SettingsFile::Calendars) {
    HANDSLAG_TRY(calendars, format::read_calendars(text, name));
    settings.calendars = std::move(calendars);
    return {};
  }
  HANDSLAG_TRY(table, format::parse_toml(text, name));
  return file == SettingsFile::Types ? read_types(name, table, settings) : read_units(name, table, settings);
}

Result<Settings> read_settings(const std::string& data_directory) {
  Settings settings;
  for (const SettingsFile file : {SettingsFile::Types, SettingsFile::Units, SettingsFile::Calendars}) {
    const std::string path = fmt::format("{}/settings/{}.toml", data_directory, settings_file_name(file));
    std::error_code failure;
    if (!std::filesystem::exists(path, failure)) continue;
    HANDSLAG_TRY(text, runtime::read_small_file(path, kMaxSettingsBytes));
    HANDSLAG_CHECK_STATUS(read_settings_text(file, path, text, settings));
  }
  return settings;
}

}  // namespace handslag::app
