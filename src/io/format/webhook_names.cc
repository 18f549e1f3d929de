// SPDX-License-Identifier: Apache-2.0
// The signatures of common senders, as their documentation and libraries have them.
#include <array>

#include "io/format/webhook_signature.h"

namespace handslag::format {
namespace {

using Signed = SignedPart::Kind;

constexpr std::int64_t kFiveMinutes = 300;

SignatureSetting over_body(std::string header, SignatureEncoding encoding, std::string prefix) {
  SignatureSetting setting;
  setting.header = std::move(header);
  setting.encoding = encoding;
  setting.prefix = std::move(prefix);
  setting.parts = {{Signed::Body, ""}};
  return setting;
}

SignatureSetting zendesk() {
  SignatureSetting setting = over_body("x-zendesk-webhook-signature", SignatureEncoding::Base64, "");
  setting.parts = {{Signed::Timestamp, ""}, {Signed::Body, ""}};
  setting.timestamp_header = "x-zendesk-webhook-signature-timestamp";
  setting.timestamp_format = TimestampFormat::Rfc3339;
  return setting;
}

SignatureSetting hubspot() {
  SignatureSetting setting = over_body("x-hubspot-signature-v3", SignatureEncoding::Base64, "");
  setting.parts = {
      {Signed::Method, ""}, {Signed::DecodedUrl, ""}, {Signed::Body, ""}, {Signed::Timestamp, ""}};
  setting.timestamp_header = "x-hubspot-request-timestamp";
  setting.timestamp_format = TimestampFormat::Milliseconds;
  setting.tolerance_s = kFiveMinutes;
  return setting;
}

SignatureSetting standard_webhooks() {
  SignatureSetting setting;
  setting.scheme = SignatureScheme::StandardWebhooks;
  setting.header = "webhook-signature";
  setting.timestamp_header = "webhook-timestamp";
  setting.tolerance_s = kFiveMinutes;
  return setting;
}

SignatureSetting twilio() {
  SignatureSetting setting;
  setting.scheme = SignatureScheme::Twilio;
  setting.header = "x-twilio-signature";
  return setting;
}

}  // namespace

std::span<const std::string_view> signature_names() {
  static constexpr std::array<std::string_view, 7> kNames = {
      "zendesk", "genesys", "hubspot", "shopify", "standard-webhooks", "github", "twilio"};
  return kNames;
}

std::optional<SignatureSetting> named_signature(std::string_view name) {
  if (name == "zendesk") return zendesk();
  if (name == "genesys") return over_body("x-hub-signature-256", SignatureEncoding::Base64, "sha256=");
  if (name == "hubspot") return hubspot();
  if (name == "shopify") return over_body("x-shopify-hmac-sha256", SignatureEncoding::Base64, "");
  if (name == "standard-webhooks") return standard_webhooks();
  if (name == "github") return over_body("x-hub-signature-256", SignatureEncoding::Hex, "sha256=");
  if (name == "twilio") return twilio();
  return std::nullopt;
}

}  // namespace handslag::format
