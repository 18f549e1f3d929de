// SPDX-License-Identifier: Apache-2.0
#include "io/format/webhook_signature.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <charconv>

#include "base/text.h"
#include "io/format/base64.h"
#include "io/format/twilio_signature.h"
#include "io/runtime/secrets.h"

namespace handslag::format {
namespace {

constexpr std::size_t kMostSignatures = 16;  // in one header

Error unsigned_by(std::string message) {
  return {ErrorCode::Unauthenticated, std::move(message)};
}

std::string hex(std::string_view bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 15U];
  }
  return text;
}

// Undoes what stays the same URL without it: the characters that HubSpot's documentation lists.
std::string url_decoded(std::string_view url) {
  static constexpr std::array<std::pair<std::string_view, char>, 12> kPairs = {{{"%3A", ':'},
                                                                                {"%2F", '/'},
                                                                                {"%3F", '?'},
                                                                                {"%40", '@'},
                                                                                {"%21", '!'},
                                                                                {"%24", '$'},
                                                                                {"%27", '\''},
                                                                                {"%28", '('},
                                                                                {"%29", ')'},
                                                                                {"%2A", '*'},
                                                                                {"%2C", ','},
                                                                                {"%3B", ';'}}};
  std::string decoded;
  for (std::size_t i = 0; i < url.size(); ++i) {
    char c = url[i];
    for (const auto& [code, character] : kPairs) {
      const std::string_view here = url.substr(i, 3);
      const bool is_it =
          here.size() == 3 && here[0] == '%' && here[1] == code[1] && (here[2] & ~0x20) == (code[2] & ~0x20);
      if (!is_it) continue;
      c = character;
      i += 2;
      break;
    }
    decoded += c;
  }
  return decoded;
}

std::optional<Timestamp> parse_timestamp(std::string_view text, TimestampFormat format) {
  if (format == TimestampFormat::Rfc3339) return parse_rfc3339(text);
  std::int64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::int64_t unit = format == TimestampFormat::Seconds ? kMicrosPerSecond : kMicrosPerSecond / 1000;
  const bool is_number = failure == std::errc{} && end == text.data() + text.size();
  if (!is_number || number < 0 || number > kLastTime.us / unit) return std::nullopt;
  return Timestamp{number * unit};
}

Status check_timestamp(const SignatureSetting& setting, const WireRequest& request, Timestamp now) {
  if (setting.timestamp_header.empty()) return {};
  const auto text = request.header(setting.timestamp_header);
  if (!text)
    return unsigned_by("the header " + setting.timestamp_header +
                       " is missing; it is part of what is signed");
  if (setting.tolerance_s == 0) return {};
  const auto time = parse_timestamp(trimmed(*text), setting.timestamp_format);
  if (!time)
    return unsigned_by("the header " + setting.timestamp_header + " is no time; see the hook's setting");
  const std::int64_t away = now.us - time->us;
  if ((away < 0 ? -away : away) <= setting.tolerance_s * kMicrosPerSecond) return {};
  return unsigned_by("the signature is more than " + std::to_string(setting.tolerance_s) +
                     " seconds old or ahead; check both clocks, and send anew");
}

Result<std::string> part_text(const SignedPart& part, const SignatureSetting& setting,
                              const WireRequest& request, bool is_decoded) {
  const auto header = [&](const std::string& name) -> Result<std::string> {
    const auto text = request.header(name);
    if (!text) return unsigned_by("the header " + name + " is missing; it is part of what is signed");
    return std::string(*text);
  };
  switch (part.kind) {
    case SignedPart::Kind::Body:
      return std::string(request.body);
    case SignedPart::Kind::Timestamp:
      return header(setting.timestamp_header);
    case SignedPart::Kind::Method:
      return std::string(request.method);
    case SignedPart::Kind::Url:
      return std::string(request.full_url);
    case SignedPart::Kind::DecodedUrl:
      return is_decoded ? url_decoded(request.full_url) : std::string(request.full_url);
    case SignedPart::Kind::Header:
      return header(part.text);
    default:
      return part.text;
  }
}

Result<std::string> signed_text(const SignatureSetting& setting, const WireRequest& request,
                                bool is_decoded) {
  std::string text;
  for (const SignedPart& part : setting.parts) {
    HANDSLAG_TRY(piece, part_text(part, setting, request, is_decoded));
    if (&part != setting.parts.data()) text += setting.separator;
    text += piece;
  }
  return text;
}

// 24 to 64 bytes, as the specification has it.
Result<std::string> standard_secret(std::string_view secret) {
  constexpr std::string_view kPrefix = "whsec_";
  if (secret.starts_with(kPrefix)) secret.remove_prefix(kPrefix.size());
  const auto bytes = base64_decoded(secret);
  if (bytes && bytes->size() >= 24 && bytes->size() <= 64) return *bytes;
  return invalid("the secret must be whsec_ and the Base64 of 24 to 64 bytes; copy it again from the sender");
}

std::string standard_signature(std::string_view id, std::string_view timestamp, std::string_view body,
                               std::string_view secret) {
  std::string text;
  text.reserve(id.size() + timestamp.size() + body.size() + 2);
  text.append(id).append(".").append(timestamp).append(".").append(body);
  return "v1," + base64(hmac(HashAlgorithm::Sha256, secret, text));
}

// Every signature is compared with every secret, whatever was found before.
Status check_standard(const SignatureSetting& setting, std::span<const std::string> secrets,
                      const WireRequest& request, std::string_view given) {
  const auto id = request.header("webhook-id");
  const auto timestamp = request.header(setting.timestamp_header);
  if (!id || !timestamp) return unsigned_by("the header webhook-id is missing; it is part of what is signed");
  const auto signatures = split(given, ' ');
  bool is_known = false;
  for (const std::string& secret : secrets) {
    HANDSLAG_TRY(key, standard_secret(secret));
    const std::string expected = standard_signature(*id, *timestamp, request.body, key);
    for (std::size_t i = 0; i < signatures.size() && i < kMostSignatures; ++i) {
      is_known = runtime::is_same_secret(signatures[i], expected) || is_known;
    }
  }
  if (is_known) return {};
  return unsigned_by("no signature is that of the body; check that both sides have the same secret");
}

Status check_hmac(const SignatureSetting& setting, std::span<const std::string> secrets,
                  const WireRequest& request, std::string_view given) {
  if (!given.starts_with(setting.prefix))
    return unsigned_by("the signature does not begin with " + setting.prefix + "; see the hook's setting");
  given.remove_prefix(setting.prefix.size());
  // Why twice: HubSpot's documentation decodes the URL, its own libraries do not.
  bool is_known = false;
  for (bool is_decoded : {true, false}) {
    HANDSLAG_TRY(text, signed_text(setting, request, is_decoded));
    for (const std::string& secret : secrets) {
      const std::string digest = hmac(setting.algorithm, secret, text);
      const bool is_hex = setting.encoding == SignatureEncoding::Hex;
      is_known = runtime::is_same_secret(given, is_hex ? hex(digest) : base64(digest)) || is_known;
    }
  }
  if (is_known) return {};
  return unsigned_by(
      "the signature is not that of the request; check the secret, and the public URL where that is signed");
}

}  // namespace

std::string hmac(HashAlgorithm algorithm, std::string_view secret, std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  const EVP_MD* hash = algorithm == HashAlgorithm::Sha256 ? EVP_sha256() : EVP_sha1();
  const auto* bytes =
      HMAC(hash, secret.data(), static_cast<int>(secret.size()),
           reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(), &size);
  HANDSLAG_CHECK(bytes != nullptr, "OpenSSL computes no HMAC");
  return {reinterpret_cast<const char*>(digest.data()), size};
}

Status check_signature(const SignatureSetting& setting, std::span<const std::string> secrets,
                       const WireRequest& request, Timestamp now) {
  if (secrets.empty()) return invalid("the hook has no secret; set one");
  for (const std::string& secret : secrets) {
    if (secret.empty()) return invalid("a secret of the hook is empty; set it");
  }
  const auto given = request.header(setting.header);
  if (!given)
    return unsigned_by("the header " + setting.header +
                       " is missing; the sender must sign with the hook's secret");
  HANDSLAG_CHECK_STATUS(check_timestamp(setting, request, now));
  switch (setting.scheme) {
    case SignatureScheme::StandardWebhooks:
      return check_standard(setting, secrets, request, trimmed(*given));
    case SignatureScheme::Twilio:
      return check_twilio(secrets, request, trimmed(*given));
    default:
      return check_hmac(setting, secrets, request, trimmed(*given));
  }
}

Result<std::string> sign_standard_webhook(std::string_view id, std::int64_t timestamp_s,
                                          std::string_view body, std::span<const std::string> secrets) {
  if (secrets.empty()) return invalid("the webhook has no secret; set one");
  std::string signatures;
  for (const std::string& secret : secrets) {
    HANDSLAG_TRY(key, standard_secret(secret));
    if (!signatures.empty()) signatures += ' ';
    signatures += standard_signature(id, std::to_string(timestamp_s), body, key);
  }
  return signatures;
}

}  // namespace handslag::format
