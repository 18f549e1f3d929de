// SPDX-License-Identifier: Apache-2.0
// Whether a webhook comes from who it says: the signature of its sender is computed anew over the body as it
// came and compared in constant time. Knows the signatures of common senders by name, and any other that is
// an HMAC by a setting. Also signs what we send. Total; any thread.
//
//   const auto setting = named_signature("zendesk");
//   HANDSLAG_CHECK_STATUS(check_signature(*setting, secrets, request, now));
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "io/format/wire_request.h"

namespace handslag::format {

enum class SignatureScheme : std::uint8_t {
  Hmac,              // over signed parts
  StandardWebhooks,  // several signatures in one header, secrets with whsec_
  Twilio,            // over the URL and the sorted fields of a form, or the digest of a JSON body in the URL
};
enum class HashAlgorithm : std::uint8_t { Sha256, Sha1 };
enum class SignatureEncoding : std::uint8_t { Base64, Hex };
enum class TimestampFormat : std::uint8_t { Seconds, Milliseconds, Rfc3339 };

struct SignedPart {
  /// DecodedUrl: the URL as it is, or with %3A and the like undone, as HubSpot signs it.
  enum class Kind : std::uint8_t { Body, Timestamp, Method, Url, DecodedUrl, Header, Text };
  Kind kind = Kind::Body;
  std::string text;  // of Header its name in lower case, of Text itself
};

struct SignatureSetting {
  SignatureScheme scheme = SignatureScheme::Hmac;
  std::string header;  // lower case; holds the signature
  HashAlgorithm algorithm = HashAlgorithm::Sha256;
  SignatureEncoding encoding = SignatureEncoding::Base64;
  std::string prefix;             // before the signature: "sha256="
  std::vector<SignedPart> parts;  // what is signed, in order
  std::string separator;          // between the parts
  std::string timestamp_header;   // lower case; empty: there is none
  TimestampFormat timestamp_format = TimestampFormat::Seconds;
  std::int64_t tolerance_s = 0;  // how far the timestamp may lie from now; 0: it is not looked at
};

/// zendesk, genesys, hubspot, shopify, standard-webhooks, github, twilio.
std::span<const std::string_view> signature_names();
/// The setting of that name; nothing where it is none of signature_names().
std::optional<SignatureSetting> named_signature(std::string_view name);

/// Ok where the signature is that of one of `secrets` (two, while one is replaced by another).
/// Unauthenticated where it is not, is missing or is too old: the message says which, without the secret.
/// Invalid for a secret that is none. REQUIRES: request.full_url is set for the schemes that sign it.
Status check_signature(const SignatureSetting& setting, std::span<const std::string> secrets,
                       const WireRequest& request, Timestamp now);

/// The header webhook-signature of what we send, "v1,…" for each of `secrets`; `id` is webhook-id,
/// `timestamp_s` webhook-timestamp. Invalid for a secret that is not whsec_ and Base64 of 24 to 64 bytes.
Result<std::string> sign_standard_webhook(std::string_view id, std::int64_t timestamp_s,
                                          std::string_view body, std::span<const std::string> secrets);

}  // namespace handslag::format
