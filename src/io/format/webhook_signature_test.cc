// SPDX-License-Identifier: Apache-2.0
// Signatures by an independent hand: of documentation where it gives one, else of Python,
//   base64.b64encode(hmac.new(secret, text, "sha256").digest())
#include "io/format/webhook_signature.h"

#include <gtest/gtest.h>

namespace handslag::format {
namespace {

struct Sent {
  std::string body = R"({"a":1})";
  std::vector<WireHeader> headers;
  std::string url = "https://intake.example.se/v1/hooks/crm";
  Timestamp received = *parse_rfc3339("2026-11-21T10:00:00Z");

  ErrorCode check(const SignatureSetting& setting, std::vector<std::string> secrets) const {
    WireRequest request;
    request.full_url = url;
    request.headers = headers;
    request.body = body;
    const Status checked = check_signature(setting, secrets, request, received);
    return checked.ok() ? ErrorCode::Conflict : checked.error().code;  // Conflict: none of what it can be
  }
  bool is_good(const SignatureSetting& setting, std::vector<std::string> secrets) const {
    return check(setting, std::move(secrets)) == ErrorCode::Conflict;
  }
  bool is_refused(const SignatureSetting& setting, std::vector<std::string> secrets) const {
    return check(setting, std::move(secrets)) == ErrorCode::Unauthenticated;
  }
};

TEST(WebhookSignature, EveryNameHasASetting) {
  EXPECT_EQ(signature_names().size(), 7U);
  for (std::string_view name : signature_names()) EXPECT_TRUE(named_signature(name).has_value()) << name;
  EXPECT_FALSE(named_signature("nobody").has_value());
}

TEST(WebhookSignature, Zendesk) {
  const auto setting = *named_signature("zendesk");
  const std::string secret = "dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==";  // of its documentation
  Sent sent{R"({"ticket_id":7})",
            {{"X-Zendesk-Webhook-Signature", "xOiiRZUuSMWxshIUY7UtcxsiOq4RLImadb0xvnWnRs8="},
             {"X-Zendesk-Webhook-Signature-Timestamp", "2026-11-21T10:00:00Z"}}};
  EXPECT_TRUE(sent.is_good(setting, {secret}));
  EXPECT_TRUE(sent.is_good(setting, {"new", secret}));
  EXPECT_TRUE(sent.is_refused(setting, {"new"}));
  sent.body += " ";
  EXPECT_TRUE(sent.is_refused(setting, {secret}));
  sent.headers.pop_back();
  EXPECT_TRUE(sent.is_refused(setting, {secret}));
  sent.headers.clear();
  EXPECT_TRUE(sent.is_refused(setting, {secret}));
}

TEST(WebhookSignature, ShopifyAndGenesys) {
  const Sent shopify{R"({"a":1})",
                     {{"X-Shopify-Hmac-SHA256", "3+Yq/TpwjqJ7IXuMq8EfED7b+y0XbokqOKLUdagDxMI="}}};
  EXPECT_TRUE(shopify.is_good(*named_signature("shopify"), {"hush"}));
  EXPECT_TRUE(shopify.is_refused(*named_signature("shopify"), {"hush "}));
  const Sent genesys{R"({"a":1})",
                     {{"X-Hub-Signature-256", "sha256=qp4uNXX11wmLbKzNeQiIw21f22M0KnO62i1qUXR6hJQ="}}};
  EXPECT_TRUE(genesys.is_good(*named_signature("genesys"), {"secret"}));
  const Sent bare{R"({"a":1})", {{"X-Hub-Signature-256", "qp4uNXX11wmLbKzNeQiIw21f22M0KnO62i1qUXR6hJQ="}}};
  EXPECT_TRUE(bare.is_refused(*named_signature("genesys"), {"secret"}));
}

// The example of GitHub's documentation.
TEST(WebhookSignature, Github) {
  const Sent sent{
      "Hello, World!",
      {{"X-Hub-Signature-256", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"}}};
  EXPECT_TRUE(sent.is_good(*named_signature("github"), {"It's a Secret to Everybody"}));
  EXPECT_TRUE(sent.is_refused(*named_signature("github"), {"It's a Secret"}));
}

TEST(WebhookSignature, HubSpot) {
  const auto setting = *named_signature("hubspot");
  const std::string url = "https://intake.example.se/v1/hooks/crm?a=%3A";
  const auto sent = [&](const char* signature, const char* received) {
    return Sent{R"({"a":1})",
                {{"X-HubSpot-Signature-v3", signature}, {"X-HubSpot-Request-Timestamp", "1764064800000"}},
                url,
                *parse_rfc3339(received)};
  };
  const char* whole = "TtrJMUN55axaSzHmIbFnp7nb3I70djxhsf4TeGLEWxs=";    // over the URL as it is
  const char* decoded = "VGrg+1zk8UIp4mxJkaO2SUX5XetDo0sZyGNopoqeHcY=";  // over …?a=:
  EXPECT_TRUE(sent(whole, "2025-11-25T10:00:00Z").is_good(setting, {"secret"}));
  EXPECT_TRUE(sent(decoded, "2025-11-25T10:05:00Z").is_good(setting, {"secret"}));
  EXPECT_TRUE(sent(decoded, "2025-11-25T10:05:01Z").is_refused(setting, {"secret"}));
  EXPECT_TRUE(sent(decoded, "2025-11-25T09:54:59Z").is_refused(setting, {"secret"}));
}

constexpr const char* kStandardSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
constexpr const char* kStandardSignature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

Sent standard(std::string signatures, std::int64_t later_s = 0) {
  static std::string kept;
  kept = std::move(signatures);
  return {R"({"test": 2432232314})",
          {{"webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"},
           {"webhook-timestamp", "1614265330"},
           {"webhook-signature", kept}},
          "",
          {(1'614'265'330 + later_s) * kMicrosPerSecond}};
}

// The vector of the specification.
TEST(WebhookSignature, StandardWebhooks) {
  const auto setting = *named_signature("standard-webhooks");
  EXPECT_TRUE(standard(kStandardSignature).is_good(setting, {kStandardSecret}));
  const std::string several = "v1a,xx v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= ";
  EXPECT_TRUE(standard(several + kStandardSignature).is_good(setting, {kStandardSecret}));
  EXPECT_TRUE(standard(several).is_refused(setting, {kStandardSecret}));
  EXPECT_TRUE(standard(kStandardSignature, 300).is_good(setting, {kStandardSecret}));
  EXPECT_TRUE(standard(kStandardSignature, 301).is_refused(setting, {kStandardSecret}));
  EXPECT_TRUE(standard(kStandardSignature, -301).is_refused(setting, {kStandardSecret}));
  EXPECT_EQ(standard(kStandardSignature).check(setting, {"whsec_short"}), ErrorCode::Invalid);
  Sent changed = standard(kStandardSignature);
  changed.body += " ";
  EXPECT_TRUE(changed.is_refused(setting, {kStandardSecret}));
}

// As tests/e2e/clients/standardwebhooks.mjs sent it.
TEST(WebhookSignature, StandardWebhooksAsItsLibrarySigns) {
  const Sent sent{
      R"({"type":"ticket.opened","timestamp":"2026-11-21T10:00:00Z","data":{"ticket":{"id":7},"customer":{"email":"test@example.com"}}})",
      {{"webhook-id", "msg_standardwebhooks_1"},
       {"webhook-timestamp", "1795311815"},
       {"webhook-signature", "v1,cUgCi1/spuV5JV4AHO2T35fm97+IYsmcTTDC1QwSSfU="}},
      "",
      {1'795'311'815 * kMicrosPerSecond}};
  EXPECT_TRUE(sent.is_good(*named_signature("standard-webhooks"), {kStandardSecret}));
}

TEST(WebhookSignature, SignsWhatWeSend) {
  const std::vector<std::string> one = {kStandardSecret};
  const auto signed_once =
      sign_standard_webhook("msg_p5jXN8AQM9LWM0D4loKWxJek", 1'614'265'330, R"({"test": 2432232314})", one);
  ASSERT_TRUE(signed_once.ok());
  EXPECT_EQ(*signed_once, kStandardSignature);
  const std::vector<std::string> two = {kStandardSecret, kStandardSecret};
  EXPECT_EQ(
      sign_standard_webhook("msg_p5jXN8AQM9LWM0D4loKWxJek", 1'614'265'330, R"({"test": 2432232314})", two)
          .value(),
      std::string(kStandardSignature) + " " + kStandardSignature);
  const std::vector<std::string> bad = {"whsec_AAAA"};
  EXPECT_EQ(sign_standard_webhook("a", 1, "", bad).error().code, ErrorCode::Invalid);
}

constexpr const char* kTwilioUrl = "https://mycompany.com/myapp.php?foo=1&bar=2";
constexpr const char* kTwilioForm =
    "Digits=1234&To=%2B18005551212&From=%2B14158675309&Caller=%2B14158675309&CallSid=CA1234567890ABCDE";

Sent twilio(const char* url, const char* signature, std::string body = kTwilioForm) {
  return {std::move(body), {{"X-Twilio-Signature", signature}}, url};
}

// The example of Twilio's documentation, and those of its libraries' tests.
TEST(WebhookSignature, Twilio) {
  const auto setting = *named_signature("twilio");
  EXPECT_TRUE(twilio(kTwilioUrl, "RSOYDt4T1cUTdK1PDd93/VVr8B8=").is_good(setting, {"12345"}));
  EXPECT_TRUE(twilio(kTwilioUrl, "RSOYDt4T1cUTdK1PDd93/VVr8B8=").is_refused(setting, {"1234"}));
  EXPECT_TRUE(
      twilio(kTwilioUrl, "RSOYDt4T1cUTdK1PDd93/VVr8B8=", "Digits=1235").is_refused(setting, {"12345"}));
  EXPECT_TRUE(twilio(kTwilioUrl, "IK+Dwps556ElfBT0I3Rgjkr1wJU=",
                     "Sid=CA123&SidAccount=AC123&Digits=5678&Digits=1234&Digits=1234")
                  .is_good(setting, {"12345"}));
}

TEST(WebhookSignature, TwilioSignsTheUrlWithOrWithoutItsPort) {
  const auto setting = *named_signature("twilio");
  const auto is_good = [&](const char* url, const char* signature) {
    return twilio(url, signature).is_good(setting, {"12345"});
  };
  EXPECT_TRUE(is_good(kTwilioUrl, "kvajT1Ptam85bY51eRf/AJRuM3w="));  // over :443
  EXPECT_TRUE(
      is_good("http://mycompany.com/myapp.php?foo=1&bar=2", "0ZXoZLH/DfblKGATFgpif+LLRf4="));  // over :80
  EXPECT_TRUE(is_good("https://mycompany.com:1234/myapp.php?foo=1&bar=2", "RSOYDt4T1cUTdK1PDd93/VVr8B8="));
  EXPECT_TRUE(
      is_good("https://user:pass@mycompany.com/myapp.php?foo=1&bar=2", "CukzLTc1tT5dXEDIHm/tKBanW10="));
  EXPECT_TRUE(
      is_good("https://user:pass@mycompany.com/myapp.php?foo=1&bar=2", "ZQFR1PTIZXF2MXB8ZnKCvnnA+rI="));
}

TEST(WebhookSignature, TwilioSignsADigestOfJson) {
  const auto setting = *named_signature("twilio");
  const char* url =
      "https://mycompany.com/myapp.php?foo=1&bar=2&bodySHA256="
      "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
  const std::string body = R"({"property": "value", "boolean": true})";
  EXPECT_TRUE(twilio(url, "a9nBmqA0ju/hNViExpshrM61xv4=", body).is_good(setting, {"12345"}));
  EXPECT_TRUE(twilio(url, "a9nBmqA0ju/hNViExpshrM61xv4=", body + " ").is_refused(setting, {"12345"}));
}

TEST(WebhookSignature, AnyOtherHmac) {
  SignatureSetting setting;
  setting.header = "x-signature";
  setting.algorithm = HashAlgorithm::Sha1;
  setting.encoding = SignatureEncoding::Hex;
  setting.prefix = "v0=";
  setting.separator = ".";
  setting.timestamp_header = "x-time";
  setting.tolerance_s = 60;
  using Kind = SignedPart::Kind;
  setting.parts = {{Kind::Timestamp, ""},
                   {Kind::Method, ""},
                   {Kind::Text, "/v1/hooks/x"},
                   {Kind::Header, "x-part"},
                   {Kind::Body, ""}};
  // Python: hmac.new(b"key", b'1700000000.POST./v1/hooks/x.p.{"a":1}', "sha1").hexdigest()
  Sent sent{R"({"a":1})",
            {{"X-Signature", "v0=8902fd55a2ddd705e46cbbfdece09e7cc0f73022"},
             {"X-Time", "1700000000"},
             {"X-Part", "p"}},
            "",
            {1'700'000'060 * kMicrosPerSecond}};
  EXPECT_TRUE(sent.is_good(setting, {"key"}));
  sent.received.us += kMicrosPerSecond;
  EXPECT_TRUE(sent.is_refused(setting, {"key"}));
  sent.received.us -= kMicrosPerSecond;
  sent.headers[1].value = "x";
  EXPECT_TRUE(sent.is_refused(setting, {"key"}));
  sent.headers = {{"X-Signature", "v0="}, {"X-Time", "1700000000"}};
  EXPECT_TRUE(sent.is_refused(setting, {"key"}));
}

TEST(WebhookSignature, WithoutASecretNothingIsTaken) {
  const Sent sent{"", {{"X-Shopify-Hmac-SHA256", ""}}};
  EXPECT_EQ(sent.check(*named_signature("shopify"), {}), ErrorCode::Invalid);
  EXPECT_EQ(sent.check(*named_signature("shopify"), {""}), ErrorCode::Invalid);
}

}  // namespace
}  // namespace handslag::format
