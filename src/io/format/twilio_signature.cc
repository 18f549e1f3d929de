// SPDX-License-Identifier: Apache-2.0
#include "io/format/twilio_signature.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/url_encoding.h"
#include "io/format/base64.h"
#include "io/runtime/secrets.h"

namespace handslag::format {
namespace {

constexpr std::string_view kDigestName = "bodySHA256=";

Error refuse(std::string message) {
  return {ErrorCode::Unauthenticated, std::move(message)};
}

std::string_view digest_in(std::string_view url) {
  std::string_view query = url.substr(std::min(url.find('?'), url.size()));
  if (!query.empty()) query.remove_prefix(1);
  for (std::string_view field : split(query, '&')) {
    if (field.starts_with(kDigestName)) return field.substr(kDigestName.size());
  }
  return {};
}

// The same URL without its port, and with that of its scheme.
std::array<std::string, 3> ways_of(std::string_view url) {
  std::array<std::string, 3> ways = {std::string(url), std::string(url), std::string(url)};
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return ways;
  const std::size_t begin = scheme + 3;
  const std::size_t end = std::min(url.find_first_of("/?#", begin), url.size());
  const std::string_view authority = url.substr(begin, end - begin);
  const std::size_t at = authority.rfind('@');
  const std::size_t host = at == std::string_view::npos ? 0 : at + 1;
  const std::size_t bracket = authority.find(']', host);  // of an IPv6 address
  const std::size_t colon = authority.find(':', bracket == std::string_view::npos ? host : bracket);
  const std::string before(url.substr(0, begin));
  const std::string bare(authority.substr(0, colon));
  const std::string behind(url.substr(end));
  ways[1] = before + bare + behind;
  ways[2] = before + bare + (url.starts_with("https") ? ":443" : ":80") + behind;
  return ways;
}

// Sorted by name, then value; a field that stands twice with one value counts once.
Result<std::string> text_of_fields(std::string_view body) {
  HANDSLAG_TRY(fields, parse_form(body));
  const auto pair_of = [](const FormField& field) { return std::tie(field.name, field.value); };
  std::sort(fields.begin(), fields.end(),
            [&](const FormField& a, const FormField& b) { return pair_of(a) < pair_of(b); });
  const auto end = std::unique(fields.begin(), fields.end(), [&](const FormField& a, const FormField& b) {
    return pair_of(a) == pair_of(b);
  });
  std::string text;
  for (auto field = fields.begin(); field != end; ++field) text.append(field->name).append(field->value);
  return text;
}

}  // namespace

Status check_twilio(std::span<const std::string> secrets, const WireRequest& request,
                    std::string_view given) {
  std::string behind_url;
  if (const std::string_view digest = digest_in(request.full_url); !digest.empty()) {
    if (!runtime::is_same_secret(digest, runtime::sha256(request.body)))
      return refuse("bodySHA256 is not the digest of the body; check what changes it on its way");
  } else {
    HANDSLAG_TRY(fields, text_of_fields(request.body));
    behind_url = std::move(fields);
  }
  bool is_known = false;
  for (const std::string& secret : secrets) {
    for (const std::string& url : ways_of(request.full_url)) {
      is_known =
          runtime::is_same_secret(given, base64(hmac(HashAlgorithm::Sha1, secret, url + behind_url))) ||
          is_known;
    }
  }
  if (is_known) return {};
  return refuse(
      "the signature is not that of the request; check the secret and the public URL of the server");
}

}  // namespace handslag::format
