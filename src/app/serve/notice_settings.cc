// SPDX-License-Identifier: Apache-2.0
#include "app/serve/notice_settings.h"

#include <fmt/format.h>

#include <cstdlib>

#include "base/text.h"
#include "io/format/toml_table.h"
#include "io/mail/message.h"
#include "io/runtime/file.h"

namespace handslag::app {
namespace {

constexpr std::uint64_t kPasswordBytes = 4'096;
constexpr std::string_view kMailKeys[] = {"server",        "port", "tls",        "user",
                                          "password_file", "from", "authorities"};
constexpr std::string_view kWebhookKeys[] = {"allow_private"};
constexpr std::string_view kEncryptions[] = {"starttls", "tls", "none"};

mail::Encryption encryption_of(const std::string& word) {
  if (word == "tls") return mail::Encryption::Tls;
  return word == "none" ? mail::Encryption::None : mail::Encryption::StartTls;
}

std::uint16_t usual_port(mail::Encryption encryption) {
  if (encryption == mail::Encryption::Tls) return 465;
  return encryption == mail::Encryption::None ? 25 : 587;
}

Status read_password(const std::string& path, std::string& password) {
  if (path.empty()) return {};
  HANDSLAG_TRY(text, runtime::read_small_file(path, kPasswordBytes));
  password = trimmed(text);
  return {};
}

Status read_mail(const format::TableReader& table, std::vector<std::string>& errors, MailSettings& mail) {
  table.check_keys(kMailKeys);
  mail::MailServer& server = mail.server;
  server.host = table.text("server");
  server.user = table.text("user");
  server.authorities_path = table.text("authorities");
  mail.from = table.text("from");
  server.encryption = encryption_of(table.word("tls", kEncryptions));
  server.port = usual_port(server.encryption);
  if (const toml::node* node = table.find("port")) {
    const auto port = node->value<std::int64_t>();
    if (!port || *port < 1 || *port > 65'535) table.error(node, "port must be a number from 1 to 65535");
    server.port = static_cast<std::uint16_t>(port.value_or(0));
  }
  const std::string password_file = table.text("password_file");
  if (!errors.empty()) return format::joined(errors);
  return read_password(password_file, server.password);
}

}  // namespace

Status read_notice_settings(std::string_view name, const toml::node& node, const std::string& path,
                            ServeSettings& settings) {
  std::vector<std::string> errors;
  const toml::table empty;
  const toml::table* found = node.as_table();
  const format::TableReader table(found == nullptr ? empty : *found, fmt::format("[{}]", name), path, errors);
  if (found == nullptr) {
    table.error(&node, "must be a table");
  } else if (name == "mail") {
    return read_mail(table, errors, settings.mail);
  } else {
    table.check_keys(kWebhookKeys);
    settings.webhooks_to_private_addresses = table.flag("allow_private");
  }
  return errors.empty() ? Status() : Status(format::joined(errors));
}

Status complete_mail_settings(MailSettings& mail) {
  if (const char* password = std::getenv("HANDSLAG_MAIL_PASSWORD")) mail.server.password = password;
  if (mail.server.host.empty()) return {};
  const bool is_clean = mail.server.host.find_first_of("/@ \r\n") == std::string::npos;
  if (!is_clean) return invalid("[mail] server must be a host alone, such as \"mail.example.se\"");
  const Result<mail::Mailbox> from = mail::parse_mailbox(mail.from);
  if (!from.ok())
    return invalid("[mail] needs from = \"Handslag <handslag@example.se>\": " + from.error().message);
  if (!mail.server.user.empty() && mail.server.password.empty())
    return invalid("[mail] has a user and no password; set password_file, or HANDSLAG_MAIL_PASSWORD");
  if (!mail.server.password.empty() && mail.server.encryption == mail::Encryption::None)
    return invalid("[mail] would send its password in clear; say tls = \"starttls\" or \"tls\"");
  return {};
}

std::string notice_settings_text(const ServeSettings& settings) {
  std::string text =
      fmt::format("\n[webhooks]\nallow_private = {}\n", settings.webhooks_to_private_addresses);
  const mail::MailServer& server = settings.mail.server;
  if (server.host.empty()) return text + "\n# [mail] is not set: no mail is sent\n";
  constexpr std::string_view kWords[] = {"none", "starttls", "tls"};
  return text +
         fmt::format("\n[mail]\nserver = \"{}\"\nport = {}\ntls = \"{}\"\nuser = \"{}\"\nfrom = \"{}\"\n{}",
                     server.host, server.port, kWords[static_cast<std::size_t>(server.encryption)],
                     server.user, settings.mail.from,
                     server.password.empty() ? "" : "# a password, not shown\n");
}

}  // namespace handslag::app
