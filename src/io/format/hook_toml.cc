// SPDX-License-Identifier: Apache-2.0
// parse_hook(): a map, and what its [hook] says.
#include <array>

#include "io/format/hook.h"
#include "io/format/toml_table.h"
#include "io/format/wire_event.h"

namespace handslag::format {
namespace {

using Kind = SignedPart::Kind;

constexpr std::int64_t kMostTolerance_s = 86'400;

void read_tolerance(const TableReader& in, SignatureSetting& setting) {
  const toml::node* node = in.find("tolerance_s");
  if (node == nullptr) return;
  const auto* value = node->as_integer();
  if (value == nullptr || value->get() < 0 || value->get() > kMostTolerance_s) {
    return in.error(node, "tolerance_s must be a whole number of seconds, at most 86400; 0 looks at no time");
  }
  setting.tolerance_s = value->get();
  if (setting.tolerance_s > 0 && setting.timestamp_header.empty())
    in.error(node, "tolerance_s needs timestamp, the header that holds the time");
}

SignedPart signed_part(const TableReader& in, const std::string& text) {
  static constexpr std::array<std::pair<std::string_view, Kind>, 5> kKinds = {
      {{"body", Kind::Body},
       {"timestamp", Kind::Timestamp},
       {"method", Kind::Method},
       {"url", Kind::Url},
       {"decoded_url", Kind::DecodedUrl}}};
  for (const auto& [name, kind] : kKinds) {
    if (text == name) return {kind, ""};
  }
  if (text.starts_with("header:")) return {Kind::Header, lower_case(text.substr(7))};
  if (text.starts_with("text:")) return {Kind::Text, text.substr(5)};
  in.error(in.find("signed"), "signed " + in_quotes(text) +
                                  " is unknown; it can be \"body\", \"timestamp\", \"method\", \"url\", "
                                  "\"decoded_url\", \"header:NAME\", \"text:TEXT\"");
  return {};
}

void read_parts(const TableReader& in, SignatureSetting& setting) {
  bool has_body = false;
  for (const std::string& text : in.texts("signed")) {
    setting.parts.push_back(signed_part(in, text));
    has_body = has_body || setting.parts.back().kind == Kind::Body;
    if (setting.parts.back().kind == Kind::Timestamp && setting.timestamp_header.empty())
      in.error(in.find("signed"), "\"timestamp\" needs timestamp, the header that holds the time");
  }
  if (in.find("signed") == nullptr) setting.parts = {{Kind::Body, ""}};
  if (in.find("signed") != nullptr && !has_body)
    in.error(in.find("signed"), "\"body\" is not signed, so that anybody could change it; name it");
}

SignatureSetting own_signature(const TableReader& in) {
  static constexpr std::array<std::string_view, 9> kKeys = {"header",    "algorithm",        "encoding",
                                                            "prefix",    "signed",           "separator",
                                                            "timestamp", "timestamp_format", "tolerance_s"};
  static constexpr std::array<std::string_view, 2> kAlgorithms = {"sha256", "sha1"};
  static constexpr std::array<std::string_view, 2> kEncodings = {"base64", "hex"};
  static constexpr std::array<std::string_view, 3> kFormats = {"seconds", "milliseconds", "rfc3339"};
  in.check_keys(kKeys);
  SignatureSetting setting;
  if (in.find("header") == nullptr) in.error(nullptr, "needs header = \"…\", which holds the signature");
  setting.header = lower_case(in.text("header"));
  if (in.word("algorithm", kAlgorithms) == "sha1") setting.algorithm = HashAlgorithm::Sha1;
  setting.encoding =
      in.word("encoding", kEncodings) == "hex" ? SignatureEncoding::Hex : SignatureEncoding::Base64;
  setting.prefix = in.text("prefix");
  setting.separator = in.text("separator");
  setting.timestamp_header = lower_case(in.text("timestamp"));
  const std::string format = in.word("timestamp_format", kFormats);
  if (format == "milliseconds") setting.timestamp_format = TimestampFormat::Milliseconds;
  if (format == "rfc3339") setting.timestamp_format = TimestampFormat::Rfc3339;
  read_tolerance(in, setting);
  read_parts(in, setting);
  return setting;
}

std::optional<SignatureSetting> signature_by_name(const TableReader& in, std::string_view key) {
  const std::string name = in.text(key);
  if (name == "none" || name == "?") return std::nullopt;
  if (auto setting = named_signature(name)) return setting;
  std::string what = std::string(key) + " " + in_quotes(name) + " is unknown; it can be \"none\"";
  for (std::string_view known : signature_names()) what += " " + in_quotes(known);
  in.error(in.find(key), what);
  return std::nullopt;
}

std::optional<SignatureSetting> signature_of(const TableReader& in) {
  const toml::node* node = in.find("signature");
  if (node == nullptr) {
    in.error(nullptr,
             "needs signature: a sender's name, a table that describes it, or \"none\" where only the key in "
             "the request says who sends");
    return std::nullopt;
  }
  const toml::table* table = node->as_table();
  if (table == nullptr) return signature_by_name(in, "signature");
  const TableReader inner = in.inner(*table, "signature");
  if (inner.find("name") == nullptr) return own_signature(inner);
  inner.check_keys(std::array<std::string_view, 2>{"name", "tolerance_s"});
  auto setting = signature_by_name(inner, "name");
  if (setting) read_tolerance(inner, *setting);
  return setting;
}

void read_hook_table(const TableReader& in, Hook& hook) {
  static constexpr std::array<std::string_view, 2> kKeys = {"signature", "delivery"};
  in.check_keys(kKeys);
  hook.signature = signature_of(in);
  hook.delivery_header = lower_case(in.text("delivery"));
  const bool is_standard = hook.signature && hook.signature->scheme == SignatureScheme::StandardWebhooks;
  // Why only there: it is the one whose delivery is part of what is signed.
  if (hook.delivery_header.empty() && is_standard) hook.delivery_header = "webhook-id";
}

}  // namespace

Result<Hook> parse_hook(std::string_view text, const std::string& name) {
  auto map = parse_map(text, name);
  std::vector<std::string> errors;
  Hook hook;
  if (map.ok()) {
    hook.map = std::move(*map);
  } else {
    errors.push_back(map.error().message);
  }
  auto parsed = parse_toml(text, name);
  if (!parsed.ok()) return std::move(parsed).error();
  const TableReader whole(*parsed, "", name, errors);
  const toml::node* node = whole.find("hook");
  const toml::table* table = node != nullptr ? node->as_table() : nullptr;
  if (table != nullptr) {
    read_hook_table(whole.inner(*table, "[hook]"), hook);
  } else {
    whole.error(node, "needs a table [hook] with signature = \"…\"");
  }
  if (!errors.empty()) return joined(errors);
  return hook;
}

}  // namespace handslag::format
