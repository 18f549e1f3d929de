// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <toml++/toml.h>
#include <cstdlib>

#include "app/serve/notice_settings.h"
#include "app/serve/serve.h"
#include "io/format/parse_toml.h"
#include "io/runtime/file.h"

extern char** environ;

namespace handslag::app {
namespace {

constexpr std::uint64_t kConfigBytes = 1 << 20;
constexpr std::string_view kHookVariable = "HANDSLAG_HOOK_";

struct Place {
  const std::string& path;
  Error error(const toml::node& node, const std::string& what) const {
    return invalid(
        fmt::format("{}:{}:{}: {}", path, node.source().begin.line, node.source().begin.column, what));
  }
};

Status read_text(const toml::node& node, const Place& place, std::string_view name, std::string& value) {
  const auto text = node.value<std::string>();
  if (!text) return place.error(node, fmt::format("\"{}\" must be a text in quotes", name));
  value = *text;
  return {};
}

Status read_texts(const toml::node& node, const Place& place, std::string_view name,
                  std::vector<std::string>& values) {
  values.clear();
  if (const auto one = node.value<std::string>()) {
    values.push_back(*one);
    return {};
  }
  const toml::array* list = node.as_array();
  if (list == nullptr)
    return place.error(node, fmt::format("\"{}\" must be a text or a list of texts", name));
  for (const toml::node& it : *list) {
    std::string value;
    HANDSLAG_CHECK_STATUS(read_text(it, place, name, value));
    values.push_back(std::move(value));
  }
  return {};
}

Status read_hooks(const toml::node& node, const Place& place, ServeSettings& settings) {
  const toml::table* hooks = node.as_table();
  if (hooks == nullptr) return place.error(node, "[hooks.NAME] must be a table with \"secrets\"");
  for (const auto& [name, hook] : *hooks) {
    const toml::table* table = hook.as_table();
    if (table == nullptr) return place.error(hook, "[hooks.NAME] must be a table with \"secrets\"");
    for (const auto& [key, value] : *table) {
      if (key != "secrets")
        return place.error(value, fmt::format("\"{}\" is not known here; there is: secrets", key.str()));
      HANDSLAG_CHECK_STATUS(
          read_texts(value, place, "secrets", settings.hook_secrets[std::string(name.str())]));
    }
  }
  return {};
}

Status read_setting(std::string_view name, const toml::node& node, const Place& place,
                    ServeSettings& settings) {
  if (name == "listen") return read_texts(node, place, name, settings.listen);
  if (name == "metrics_listen") return read_text(node, place, name, settings.metrics_listen);
  if (name == "certificate") return read_text(node, place, name, settings.certificate);
  if (name == "key") return read_text(node, place, name, settings.key);
  if (name == "public_url") return read_text(node, place, name, settings.public_url);
  if (name == "allowed_hosts") return read_texts(node, place, name, settings.allowed_hosts);
  if (name == "trusted_proxies") return read_texts(node, place, name, settings.trusted_proxies);
  if (name == "hooks") return read_hooks(node, place, settings);
  if (name == "mail" || name == "webhooks") return read_notice_settings(name, node, place.path, settings);
  if (name == "threads") {
    const auto threads = node.value<std::int64_t>();
    if (!threads || *threads < 1 || *threads > 64)
      return place.error(node, "\"threads\" must be a number from 1 to 64");
    settings.threads = static_cast<unsigned>(*threads);
    return {};
  }
  return place.error(
      node,
      fmt::format("\"{}\" is not known; there are: listen, metrics_listen, certificate, key, public_url, "
                  "threads, allowed_hosts, trusted_proxies, hooks, mail, webhooks",
                  name));
}

Status read_file(const std::string& path, ServeSettings& settings) {
  HANDSLAG_TRY(text, runtime::read_small_file(path, kConfigBytes));
  HANDSLAG_TRY(table, format::parse_toml(text, path));
  const Place place{path};
  for (const auto& [name, node] : table)
    HANDSLAG_CHECK_STATUS(read_setting(name.str(), node, place, settings));
  return {};
}

void read_environment(ServeSettings& settings) {
  const auto take = [](const char* name, std::string& value) {
    if (const char* set = std::getenv(name)) value = set;
  };
  std::string listen;
  take("HANDSLAG_LISTEN", listen);
  if (!listen.empty()) settings.listen = {listen};
  take("HANDSLAG_METRICS_LISTEN", settings.metrics_listen);
  take("HANDSLAG_CERTIFICATE", settings.certificate);
  take("HANDSLAG_KEY", settings.key);
  take("HANDSLAG_PUBLIC_URL", settings.public_url);
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::size_t equals = text.find('=');
    if (!text.starts_with(kHookVariable) || equals == std::string_view::npos) continue;
    settings.hook_secrets[std::string(text.substr(kHookVariable.size(), equals - kHookVariable.size()))] = {
        std::string(text.substr(equals + 1))};
  }
}

std::string list_text(const std::vector<std::string>& values) {
  std::string text = "[";
  for (const std::string& value : values) text += fmt::format("{}\"{}\"", text.size() > 1 ? ", " : "", value);
  return text + "]";
}

}  // namespace

Result<ServeSettings> read_serve_settings(const std::string& path) {
  ServeSettings settings;
  if (!path.empty()) HANDSLAG_CHECK_STATUS(read_file(path, settings));
  read_environment(settings);
  HANDSLAG_CHECK_STATUS(complete_mail_settings(settings.mail));
  if (settings.certificate.empty() != settings.key.empty())
    return invalid("TLS needs both \"certificate\" and \"key\"");
  return settings;
}

Status show_config(const Session& session, const std::string& path) {
  HANDSLAG_TRY(settings, read_serve_settings(path));
  std::ostream& out = *session.terminal.out;
  out << fmt::format(
      "listen = {}\nmetrics_listen = \"{}\"\ncertificate = \"{}\"\nkey = \"{}\"\npublic_url = "
      "\"{}\"\nthreads = {}\n",
      list_text(settings.listen), settings.metrics_listen, settings.certificate, settings.key,
      settings.public_url, settings.threads);
  out << fmt::format("allowed_hosts = {}\ntrusted_proxies = {}\n", list_text(settings.allowed_hosts),
                     list_text(settings.trusted_proxies));
  for (const auto& [name, secrets] : settings.hook_secrets)
    out << fmt::format("\n[hooks.{}]\n# {} secret(s), not shown\n", name, secrets.size());
  out << notice_settings_text(settings);
  return {};
}

}  // namespace handslag::app
