// SPDX-License-Identifier: Apache-2.0
#include "app/serve/settings.h"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <string_view>

#include "app/language/json.h"
#include "app/serve/notice_settings.h"
#include "io/format/toml_table.h"
#include "io/runtime/file.h"

extern char** environ;

namespace handslag::app {
namespace {

constexpr std::uint64_t kConfigBytes = 1 << 20;
constexpr std::string_view kHookVariable = "HANDSLAG_HOOK_";

template <typename Value>
struct Setting {
  std::string_view name;
  const char* variable;  // of the environment; null: none
  Value ServeSettings::*value;
};

constexpr Setting<std::string> kTexts[] = {
    {"metrics_listen", "HANDSLAG_METRICS_LISTEN", &ServeSettings::metrics_listen},
    {"certificate", "HANDSLAG_CERTIFICATE", &ServeSettings::certificate},
    {"key", "HANDSLAG_KEY", &ServeSettings::key},
    {"public_url", "HANDSLAG_PUBLIC_URL", &ServeSettings::public_url},
};
constexpr Setting<std::vector<std::string>> kLists[] = {
    {"listen", "HANDSLAG_LISTEN", &ServeSettings::listen},
    {"allowed_hosts", nullptr, &ServeSettings::allowed_hosts},
    {"trusted_proxies", nullptr, &ServeSettings::trusted_proxies},
    {"embedded_by", nullptr, &ServeSettings::embedded_by},
};
constexpr std::string_view kNames[] = {"listen",     "metrics_listen", "certificate",   "key",
                                       "public_url", "threads",        "allowed_hosts", "trusted_proxies",
                                       "hooks",      "mail",           "webhooks",      "embedded_by"};
constexpr std::string_view kHookNames[] = {"secrets"};

class FileReader {
 public:
  FileReader(const std::string& path, ServeSettings& settings) : path_(path), settings_(settings) {}

  Status read() {
    HANDSLAG_TRY(text, runtime::read_small_file(path_, kConfigBytes));
    HANDSLAG_TRY(table, format::parse_toml(text, path_));
    const format::TableReader reader(table, "", path_, errors_);
    reader.check_keys(kNames);
    for (const auto& setting : kTexts) read_one(reader, setting, &format::TableReader::text);
    for (const auto& setting : kLists) read_one(reader, setting, &format::TableReader::texts);
    read_threads(reader);
    read_hooks(reader);
    for (const std::string_view name : {"mail", "webhooks"}) read_notices(reader, name);
    if (!errors_.empty()) return format::joined(errors_);
    return {};
  }

 private:
  template <typename Value>
  void read_one(const format::TableReader& reader, const Setting<Value>& setting,
                Value (format::TableReader::*take)(std::string_view) const) {
    const toml::node* node = reader.find(setting.name);
    if (node == nullptr) return;
    settings_.*setting.value = (reader.*take)(setting.name);
    note(std::string(setting.name), *node);
  }

  void read_threads(const format::TableReader& reader) {
    const toml::node* node = reader.find("threads");
    if (node == nullptr) return;
    const auto* number = node->as_integer();
    if (number == nullptr || number->get() < 1 || number->get() > 64) {
      reader.error(node, "threads must be a number from 1 to 64");
      return;
    }
    settings_.threads = static_cast<unsigned>(number->get());
    note("threads", *node);
  }

  void read_hooks(const format::TableReader& reader) {
    const toml::node* node = reader.find("hooks");
    if (node == nullptr) return;
    const toml::table* hooks = node->as_table();
    if (hooks == nullptr) {
      reader.error(node, "hooks must be tables such as [hooks.zendesk]");
      return;
    }
    for (const auto& [name, hook] : *hooks) read_hook(reader, std::string(name.str()), hook);
  }

  void read_hook(const format::TableReader& reader, const std::string& name, const toml::node& node) {
    const toml::table* table = node.as_table();
    if (table == nullptr) {
      reader.error(&node, fmt::format("hooks.{} must be a table with \"secrets\"", name));
      return;
    }
    const format::TableReader inner = reader.inner(*table, fmt::format("[hooks.{}]", name));
    inner.check_keys(kHookNames);
    settings_.hook_secrets[name] = inner.texts("secrets");
    note("hooks." + name, node);
  }

  void read_notices(const format::TableReader& reader, std::string_view name) {
    const toml::node* node = reader.find(name);
    if (node == nullptr) return;
    const Status read = read_notice_settings(name, *node, path_, settings_);
    if (!read.ok()) errors_.push_back(read.error().message);
    note(std::string(name), *node);
  }

  void note(const std::string& name, const toml::node& node) {
    settings_.origins[name] = fmt::format("{}:{}", path_, node.source().begin.line);
  }

  const std::string& path_;
  ServeSettings& settings_;
  std::vector<std::string> errors_;
};

void set(std::string& value, const std::string& text) {
  value = text;
}
void set(std::vector<std::string>& values, const std::string& text) {
  values = {text};
}

template <typename Value, std::size_t kCount>
void read_variables(const Setting<Value> (&list)[kCount], ServeSettings& settings) {
  for (const auto& setting : list) {
    const char* text = setting.variable == nullptr ? nullptr : std::getenv(setting.variable);
    if (text == nullptr || *text == '\0') continue;  // an empty variable is as none
    set(settings.*setting.value, text);
    settings.origins[std::string(setting.name)] = setting.variable;
  }
}

void read_environment(ServeSettings& settings) {
  read_variables(kTexts, settings);
  read_variables(kLists, settings);
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::size_t equals = text.find('=');
    if (!text.starts_with(kHookVariable) || equals == std::string_view::npos) continue;
    const std::string name(text.substr(kHookVariable.size(), equals - kHookVariable.size()));
    settings.hook_secrets[name] = {std::string(text.substr(equals + 1))};
    settings.origins["hooks." + name] = text.substr(0, equals);
  }
}

// As TOML writes a text: JSON's escapes are TOML's too.
std::string written(const std::string& value) {
  return Json(value).dump(-1, ' ', false, Json::error_handler_t::replace);
}
std::string written(const std::vector<std::string>& values) {
  std::string text = "[";
  for (const std::string& value : values) text += (text.size() > 1 ? ", " : "") + written(value);
  return text + "]";
}

void show(const Session& session, const ServeSettings& settings, std::string_view name,
          const std::string& value) {
  const auto origin = settings.origins.find(name);
  *session.terminal.out << fmt::format("{:<50} # {}\n", fmt::format("{} = {}", name, value),
                                       origin == settings.origins.end()
                                           ? std::string(session.terminal.say("default", "förval"))
                                           : origin->second);
}

// "https://crm.example.se:8443"; in the clear only what is on this very machine.
bool is_origin(std::string_view text) {
  constexpr std::string_view kHost = "abcdefghijklmnopqrstuvwxyz0123456789.-:";
  const bool is_secure = text.starts_with("https://");
  if (!is_secure && !text.starts_with("http://")) return false;
  const std::string_view host = text.substr(is_secure ? 8 : 7);
  const std::string_view name = host.substr(0, host.find(':'));
  return !name.empty() && host.find_first_not_of(kHost) == std::string_view::npos &&
         (is_secure || name == "localhost" || name == "127.0.0.1");
}

Status check_origins(const std::vector<std::string>& origins) {
  for (const std::string& origin : origins) {
    if (is_origin(origin)) continue;
    return invalid(fmt::format(
        "\"embedded_by\" holds \"{}\", which is no origin; write https://crm.example.se, without a path",
        origin));
  }
  return {};
}

}  // namespace

Result<ServeSettings> read_serve_settings(const ServeOptions& options) {
  ServeSettings settings;
  if (!options.config.empty()) HANDSLAG_CHECK_STATUS(FileReader(options.config, settings).read());
  read_environment(settings);
  HANDSLAG_CHECK_STATUS(complete_mail_settings(settings.mail));
  if (!options.listen.empty()) {
    settings.listen = options.listen;
    settings.origins["listen"] = "--listen";
  }
  if (settings.listen.empty())
    return invalid("\"listen\" is an empty list; name an address, or leave it out");
  if (settings.certificate.empty() != settings.key.empty())
    return invalid("TLS needs both \"certificate\" and \"key\"");
  HANDSLAG_CHECK_STATUS(check_origins(settings.embedded_by));
  return settings;
}

Status show_config(const Session& session, const ServeOptions& options) {
  HANDSLAG_TRY(settings, read_serve_settings(options));
  show(session, settings, "listen", written(settings.listen));
  for (const auto& setting : kTexts) show(session, settings, setting.name, written(settings.*setting.value));
  show(session, settings, "threads", std::to_string(settings.threads));
  for (const auto& setting : kLists)
    if (setting.name != "listen") show(session, settings, setting.name, written(settings.*setting.value));
  for (const auto& [name, secrets] : settings.hook_secrets) {
    *session.terminal.out << fmt::format("\n[hooks.{}]\n",
                                         name.find('.') == std::string::npos ? name : written(name));
    *session.terminal.out << fmt::format("# secrets: {}, {}; {}\n", secrets.size(),
                                         session.terminal.say("not shown", "visas inte"),
                                         settings.origins["hooks." + name]);
  }
  *session.terminal.out << notice_settings_text(settings);
  return {};
}

}  // namespace handslag::app
