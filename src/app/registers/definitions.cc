// SPDX-License-Identifier: Apache-2.0
#include "app/registers/definitions.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "app/pack_file.h"
#include "app/registers/definition_toml.h"
#include "base/text.h"
#include "io/runtime/file.h"

namespace handslag::app {
namespace {

namespace fs = std::filesystem;

std::string suggestion(std::string_view id, const std::vector<Definition>& definitions) {
  std::vector<std::string_view> known;
  for (const Definition& it : definitions) known.emplace_back(it.id);
  const auto near = nearest_word(id, known);
  return near ? fmt::format("did you mean \"{}\"?", *near)
              : fmt::format("known are {}", fmt::join(known, ", "));
}

Status check_links(const Definition& definition, const Definitions& definitions) {
  for (const Field& field : definition.fields) {
    for (const std::string& target : field.registers) {
      if (definitions.find(target) != nullptr) continue;
      return invalid(fmt::format("register {}, field {}: there is no register \"{}\"; {}", definition.id,
                                 field.id, target, suggestion(target, definitions.all())));
    }
  }
  return {};
}

Status check_waits(const Definition& definition, const Definitions& definitions) {
  for (const Move& move : definition.moves) {
    if (!move.waits_for) continue;
    const WaitsFor& waits = *move.waits_for;
    const std::string place = fmt::format("register {}, move to {}, waits_for", definition.id, move.to);
    const Definition* other = definitions.find(waits.register_id);
    if (other == nullptr) {
      return invalid(fmt::format("{}: there is no register \"{}\"; {}", place, waits.register_id,
                                 suggestion(waits.register_id, definitions.all())));
    }
    const Field* field = other->field(waits.field);
    if (field == nullptr || std::find(field->registers.begin(), field->registers.end(), definition.id) ==
                                field->registers.end()) {
      return invalid(fmt::format("{}: \"{}\" is no link from {} to {}; name one, or make it", place,
                                 waits.field, other->id, definition.id));
    }
    for (const std::string& state : waits.states) {
      if (other->state(state) != nullptr) continue;
      return invalid(
          fmt::format("{}: {} has no state \"{}\"; name one of its states", place, other->id, state));
    }
  }
  return {};
}

// A later definition takes the place of an earlier one with its id.
void put(Definition definition, std::vector<Definition>& definitions) {
  for (Definition& it : definitions) {
    if (it.id != definition.id) continue;
    it = std::move(definition);
    return;
  }
  definitions.push_back(std::move(definition));
}

Result<std::vector<std::string>> files_of(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code error;
  if (!fs::is_directory(folder, error)) return files;
  fs::directory_iterator at(folder, error);
  for (const fs::directory_iterator end; !error && at != end; at.increment(error)) {
    if (at->path().extension() == ".toml") files.push_back(at->path().string());
  }
  if (error) return unavailable(fmt::format("cannot read the folder {}: {}", folder, error.message()));
  std::sort(files.begin(), files.end());
  if (files.size() > kMaxRegisters) {
    return over_limit(fmt::format("{} holds {} registers; at most {}", folder, files.size(), kMaxRegisters));
  }
  return files;
}

// Why apart from put(): two files of one folder that say the same id are a mistake, not a replacement.
Status read_own(const std::string& folder, std::vector<Definition>& definitions) {
  std::vector<std::string> seen;
  HANDSLAG_TRY(files, files_of(folder));
  for (const std::string& file : files) {
    HANDSLAG_TRY(text, runtime::read_small_file(file, kMaxDefinitionBytes));
    HANDSLAG_TRY(definition, read_definition(text, file));
    if (std::find(seen.begin(), seen.end(), definition.id) != seen.end()) {
      return invalid(fmt::format("{}: another file of this folder defines \"{}\" already; take one away",
                                 file, definition.id));
    }
    seen.push_back(definition.id);
    put(std::move(definition), definitions);
  }
  return {};
}

}  // namespace

Result<Definitions> Definitions::create(std::vector<Definition> definitions) {
  std::sort(definitions.begin(), definitions.end(),
            [](const Definition& a, const Definition& b) { return a.id < b.id; });
  const auto twice =
      std::adjacent_find(definitions.begin(), definitions.end(),
                         [](const Definition& a, const Definition& b) { return a.id == b.id; });
  if (twice != definitions.end()) {
    return invalid(fmt::format("the register \"{}\" is defined twice; take one away", twice->id));
  }
  if (definitions.size() > kMaxRegisters) {
    return over_limit(
        fmt::format("{} registers are too many; at most {}", definitions.size(), kMaxRegisters));
  }
  Definitions made(std::move(definitions));
  for (const Definition& definition : made.all()) {
    HANDSLAG_CHECK_STATUS(check_links(definition, made));
    HANDSLAG_CHECK_STATUS(check_waits(definition, made));
  }
  return made;
}

const Definition* Definitions::find(std::string_view id) const {
  const auto at =
      std::lower_bound(definitions_.begin(), definitions_.end(), id,
                       [](const Definition& it, std::string_view wanted) { return it.id < wanted; });
  return at == definitions_.end() || at->id != id ? nullptr : &*at;
}

Result<const Definition*> Definitions::need(std::string_view id) const {
  const Definition* found = find(id);
  if (found != nullptr) return found;
  return not_found(fmt::format("there is no register \"{}\"; {}", id.substr(0, 60),
                               suggestion(id.substr(0, 60), definitions_)));
}

Result<Definitions> read_definitions(const std::string& data_directory) {
  std::vector<Definition> definitions;
  for (const PackFile& file : register_files()) {
    HANDSLAG_TRY(definition, read_definition(file.text, std::string(file.path)));
    definitions.push_back(std::move(definition));
  }
  if (!data_directory.empty()) {
    HANDSLAG_CHECK_STATUS(read_own(data_directory + "/settings/registers", definitions));
  }
  return Definitions::create(std::move(definitions));
}

}  // namespace handslag::app
