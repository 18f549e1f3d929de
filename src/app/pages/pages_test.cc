// SPDX-License-Identifier: Apache-2.0
#include "app/pages/pages.h"

#include <gtest/gtest.h>

namespace handslag::app {
namespace {

http::Request asking(std::string path, std::vector<http::Header> headers) {
  http::Request request;
  request.path = std::move(path);
  request.headers = std::move(headers);
  return request;
}

std::string header_of(const http::Response& response, std::string_view name) {
  for (const http::Header& it : response.headers)
    if (it.name == name) return it.value;
  return "";
}

// As browsers send it, and as curl and our clients do.
TEST(Pages, ABrowserIsToldByWhatItTakes) {
  EXPECT_TRUE(is_asked_by_browser(asking("/", {{"accept", "text/html,application/xhtml+xml,*/*;q=0.8"}})));
  EXPECT_FALSE(is_asked_by_browser(asking("/", {{"accept", "*/*"}})));
  EXPECT_FALSE(is_asked_by_browser(asking("/", {})));
  http::Request sent = asking("/", {{"accept", "text/html"}});
  sent.method = http::Method::Post;
  EXPECT_FALSE(is_asked_by_browser(sent));
}

TEST(Pages, TheDocumentRunsNothingButOurFiles) {
  const http::Response response = page_document();
  EXPECT_EQ(response.status, 200U);
  EXPECT_EQ(header_of(response, "Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(header_of(response, "Cache-Control"), "no-store");
  EXPECT_EQ(header_of(response, "X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(header_of(response, "Referrer-Policy"), "no-referrer");
  const std::string policy = header_of(response, "Content-Security-Policy");
  EXPECT_NE(policy.find("default-src 'none'; script-src 'self';"), std::string::npos) << policy;
  EXPECT_NE(policy.find("frame-ancestors 'self'"), std::string::npos) << policy;
  EXPECT_EQ(policy.find("unsafe"), std::string::npos) << policy;
  EXPECT_EQ(policy.find("http"), std::string::npos) << policy;
  EXPECT_EQ(response.content().find("@@"), std::string::npos);
  EXPECT_NE(response.content().find("Handslag"), std::string::npos);
}

TEST(Pages, StandInFramesOfThoseAloneWhoAreNamed) {
  const std::vector<std::string> named{"https://crm.example.se", "http://localhost:4000"};
  const std::string policy = header_of(page_document(named), "Content-Security-Policy");
  EXPECT_TRUE(policy.ends_with("; frame-ancestors 'self' https://crm.example.se http://localhost:4000"))
      << policy;
}

TEST(Pages, TheWordForStylesIsNewEachTime) {
  EXPECT_NE(header_of(page_document(), "Content-Security-Policy"),
            header_of(page_document(), "Content-Security-Policy"));
}

TEST(Pages, AFileIsKeptForEverAndCompressedForThoseWhoTakeIt) {
  for (const PageFile& file : built_pages()) {
    if (file.path == "/index.html") continue;
    const std::string path(file.path);
    const auto plain = page_asset(asking(path, {}));
    ASSERT_TRUE(plain.has_value()) << path;
    EXPECT_EQ(header_of(*plain, "Cache-Control"), "public, max-age=31536000, immutable") << path;
    EXPECT_EQ(plain->content(), file.bytes) << path;
    EXPECT_NE(header_of(*plain, "Content-Type"), "application/octet-stream") << path;
    if (file.gzip.empty()) continue;
    const auto small = page_asset(asking(path, {{"accept-encoding", "br, gzip;q=0.8"}}));
    EXPECT_EQ(small->content(), file.gzip) << path;
    EXPECT_EQ(header_of(*small, "Content-Encoding"), "gzip") << path;
    EXPECT_LT(file.gzip.size(), file.bytes.size()) << path;
    const auto refused = page_asset(asking(path, {{"accept-encoding", "gzip;q=0, br"}}));
    EXPECT_EQ(header_of(*refused, "Content-Encoding"), "") << path;
  }
  EXPECT_FALSE(page_asset(asking("/assets/nobody.js", {})).has_value());
  EXPECT_FALSE(page_asset(asking("/index.html", {})).has_value());
}

}  // namespace
}  // namespace handslag::app
