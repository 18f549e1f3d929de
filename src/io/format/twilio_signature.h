// SPDX-License-Identifier: Apache-2.0
// Twilio's way to sign, and the two steps of every signature. Only webhook_signature.h's sources need this.
#pragma once

#include "io/format/webhook_signature.h"

namespace handslag::format {

/// The bytes of the HMAC.
std::string hmac(HashAlgorithm algorithm, std::string_view secret, std::string_view text);

/// HMAC-SHA1 over the URL and, of a form, its fields sorted by name, name and value without anything between;
/// of another body the URL holds the digest: bodySHA256. Twilio signs the URL with or without its port.
Status check_twilio(std::span<const std::string> secrets, const WireRequest& request, std::string_view given);

}  // namespace handslag::format
