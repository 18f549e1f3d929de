// SPDX-License-Identifier: Apache-2.0
#include "app/watch/premises.h"

#include <algorithm>

#include "app/evaluate/evaluation.h"
#include "app/language/json.h"
#include "pure/promise/parse.h"

namespace handslag::app {
namespace {

constexpr SettingsFile kPremiseFiles[] = {SettingsFile::Types, SettingsFile::Calendars};

Error unreadable_premises() {
  return {ErrorCode::Corrupt, "what was told rests on promises or settings that cannot be read any more"};
}

Status add_version(const std::vector<store::PromiseVersion>& stored, const Json& told, PromiseSet& promises) {
  const std::string id = told.at("id");
  const std::uint32_t number = told.at("version");
  const auto found = std::find_if(stored.begin(), stored.end(),
                                  [&](const auto& it) { return it.id == id && it.version == number; });
  if (found == stored.end()) return unreadable_premises();
  promise::Parsed parsed = promise::parse(found->text);
  if (!parsed.ok() || parsed.promises.size() != 1) return unreadable_premises();
  promises.add(std::move(parsed.promises.front()), number, {told.at("from").get<std::int64_t>()},
               {told.at("to").get<std::int64_t>()});
  return {};
}

}  // namespace

Result<Premises> current_premises(store::DataDirectory& directory) {
  Premises premises;
  HANDSLAG_TRY(promises, promises_in_force(directory));
  HANDSLAG_TRY(settings, read_settings(directory.path()));
  Json text{{"versions", Json::array()}};
  for (const promise::Version& it : promises.versions()) {
    text["versions"].push_back(
        {{"id", it.promise->id}, {"version", it.number}, {"from", it.from.us}, {"to", it.to.us}});
  }
  for (const SettingsFile file : kPremiseFiles) {
    const std::string_view name = settings_file_name(file);
    HANDSLAG_TRY(toml, directory.settings(name));
    text[std::string(name)] = toml;
  }
  premises.promises = std::move(promises);
  premises.settings = std::move(settings);
  premises.text = text.dump(-1, ' ', false, Json::error_handler_t::replace);
  return premises;
}

Result<Premises> earlier_premises(store::DataDirectory& directory, const std::string& text) {
  Premises premises;
  premises.text = text;
  HANDSLAG_TRY(stored, directory.promises().all());
  const Json told = Json::parse(text, nullptr, false);
  try {
    for (const Json& version : told.at("versions"))
      HANDSLAG_CHECK_STATUS(add_version(stored, version, premises.promises));
    for (const SettingsFile file : kPremiseFiles) {
      const std::string name(settings_file_name(file));
      HANDSLAG_CHECK_STATUS(
          read_settings_text(file, name, told.at(name).get<std::string>(), premises.settings));
    }
  } catch (const Json::exception&) {
    return unreadable_premises();
  }
  return premises;
}

}  // namespace handslag::app
