// SPDX-License-Identifier: Apache-2.0
#include "app/serve/settings.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace handslag::app {
namespace {

class ServeSettingsTest : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* name : {"HANDSLAG_LISTEN", "HANDSLAG_METRICS_LISTEN", "HANDSLAG_CERTIFICATE",
                             "HANDSLAG_KEY", "HANDSLAG_PUBLIC_URL", "HANDSLAG_HOOK_zendesk"})
      unsetenv(name);
    std::string pattern = (std::filesystem::temp_directory_path() / "handslag-config-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override {
    unsetenv("HANDSLAG_PUBLIC_URL");
    unsetenv("HANDSLAG_HOOK_zendesk");
    std::filesystem::remove_all(folder_);
  }

  ServeOptions with_file(const std::string& text) const {
    std::ofstream(path()) << text;
    return {path(), {}};
  }
  std::string path() const { return folder_ / "h.toml"; }
  static std::string fault_of(const ServeOptions& options) {
    const auto settings = read_serve_settings(options);
    return settings.ok() ? "no error" : settings.error().message;
  }
  static std::string shown(const ServeOptions& options) {
    std::ostringstream out;
    Session session;
    session.terminal.out = &out;
    EXPECT_TRUE(show_config(session, options).ok());
    return out.str();
  }

 private:
  std::filesystem::path folder_;
};

TEST_F(ServeSettingsTest, DefaultsHoldWhereNothingIsSaid) {
  const auto settings = read_serve_settings({});
  ASSERT_TRUE(settings.ok());
  EXPECT_EQ(settings->listen, std::vector<std::string>{"127.0.0.1:8080"});
  EXPECT_EQ(settings->metrics_listen, "");
  EXPECT_EQ(settings->threads, 2U);
  EXPECT_TRUE(settings->origins.empty());
}

TEST_F(ServeSettingsTest, EveryFaultIsToldWithItsLineInOnePass) {
  const std::string said =
      fault_of(with_file("lissten = \"127.0.0.1:1\"\n"
                         "threads = 65\n"
                         "certificate = 5\n"
                         "[hooks.zendesk]\n"
                         "secret = \"x\"\n"));
  EXPECT_EQ(said, path() + ":1: unknown key \"lissten\"; did you mean \"listen\"?\n" + path() +
                      ":3: certificate must be a text in quotes\n" + path() +
                      ":2: threads must be a number from 1 to 64\n" + path() +
                      ":5: [hooks.zendesk]: unknown key \"secret\"; did you mean \"secrets\"?");
}

TEST_F(ServeSettingsTest, TheEnvironmentGoesBeforeTheFileAndTheCommandLineBeforeBoth) {
  ServeOptions options = with_file(
      "listen = [\"127.0.0.1:1\", \"[::1]:1\"]\n"
      "public_url = \"https://file.example\"\n"
      "allowed_hosts = \"a.example\"\n"
      "[hooks.zendesk]\n"
      "secrets = [\"one\", \"two\"]\n");
  setenv("HANDSLAG_PUBLIC_URL", "https://environment.example", 1);
  const auto without = read_serve_settings(options);
  ASSERT_TRUE(without.ok()) << without.error().message;
  EXPECT_EQ(without->listen.size(), 2U);
  EXPECT_EQ(without->hook_secrets.at("zendesk").size(), 2U);
  options.listen = {"127.0.0.1:2"};
  const auto settings = read_serve_settings(options);
  ASSERT_TRUE(settings.ok()) << settings.error().message;
  EXPECT_EQ(settings->listen, std::vector<std::string>{"127.0.0.1:2"});
  EXPECT_EQ(settings->public_url, "https://environment.example");
  EXPECT_EQ(settings->origins.at("listen"), "--listen");
  EXPECT_EQ(settings->origins.at("public_url"), "HANDSLAG_PUBLIC_URL");
  EXPECT_EQ(settings->origins.at("allowed_hosts"), path() + ":3");
  EXPECT_EQ(settings->origins.at("hooks.zendesk"), path() + ":4");
  EXPECT_EQ(settings->origins.count("threads"), 0U);
}

TEST_F(ServeSettingsTest, ConfigShowsEachValueWithItsOriginAndNoSecret) {
  setenv("HANDSLAG_HOOK_zendesk", "whsec_hush", 1);
  const std::string text = shown(with_file("threads = 4\n"));
  EXPECT_NE(text.find("threads = 4"), std::string::npos) << text;
  EXPECT_NE(text.find("# " + path() + ":1"), std::string::npos) << text;
  EXPECT_NE(text.find("listen = [\"127.0.0.1:8080\"]"), std::string::npos) << text;
  EXPECT_NE(text.find("# default"), std::string::npos) << text;
  EXPECT_NE(text.find("[hooks.zendesk]\n# secrets: 1, not shown; HANDSLAG_HOOK_zendesk"), std::string::npos)
      << text;
  EXPECT_EQ(text.find("hush"), std::string::npos) << text;
}

TEST_F(ServeSettingsTest, WhoMayShowOurPagesIsAnOrigin) {
  const auto taken = read_serve_settings(
      with_file("embedded_by = [\"https://crm.example.se:8443\", \"http://localhost:1\"]\n"));
  ASSERT_TRUE(taken.ok());
  EXPECT_EQ(taken->embedded_by,
            (std::vector<std::string>{"https://crm.example.se:8443", "http://localhost:1"}));
  for (const char* wrong : {"https://crm.example.se/a", "http://crm.example.se", "crm.example.se", "https://",
                            "*", "https://a; script-src *", "https://a b"}) {
    const std::string said = fault_of(with_file(std::string("embedded_by = [\"") + wrong + "\"]\n"));
    EXPECT_EQ(said, std::string("\"embedded_by\" holds \"") + wrong +
                        "\", which is no origin; write https://crm.example.se, without a path");
  }
}

TEST_F(ServeSettingsTest, HalfOfTlsIsRefused) {
  EXPECT_EQ(fault_of(with_file("certificate = \"c.pem\"\n")), "TLS needs both \"certificate\" and \"key\"");
  EXPECT_EQ(fault_of(with_file("listen = []\n")),
            "\"listen\" is an empty list; name an address, or leave it out");
}

}  // namespace
}  // namespace handslag::app
