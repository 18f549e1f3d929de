// SPDX-License-Identifier: Apache-2.0
#include "app/api/hooks.h"

#include <fmt/format.h>

#include <filesystem>

#include "io/runtime/file.h"

namespace handslag::app {
namespace {

constexpr std::uint64_t kHookBytes = 256 * 1024;

}  // namespace

Result<Hooks> read_hooks(const std::string& data_directory,
                         const std::map<std::string, std::vector<std::string>>& secrets) {
  Hooks hooks;
  const std::string folder = data_directory + "/settings/hooks";
  std::error_code error;
  std::filesystem::directory_iterator entries(folder, error);
  if (error) return hooks;  // none
  for (const auto& entry : entries) {
    if (entry.path().extension() != ".toml") continue;
    const std::string name = entry.path().stem().string();
    HANDSLAG_TRY(text, runtime::read_small_file(entry.path().string(), kHookBytes));
    HANDSLAG_TRY(hook, format::parse_hook(text, entry.path().string()));
    HookEntry made{std::move(hook), {}};
    if (const auto own = secrets.find(name); own != secrets.end()) made.secrets = own->second;
    if (made.hook.signature && made.secrets.empty()) {
      return invalid(
          fmt::format("{}: the sender signs, and no secret is known; put [hooks.{}] secrets = [\"…\"] "
                      "into the configuration, or HANDSLAG_HOOK_{} into the environment",
                      entry.path().string(), name, name));
    }
    hooks.by_name.emplace(name, std::move(made));
  }
  return hooks;
}

}  // namespace handslag::app
