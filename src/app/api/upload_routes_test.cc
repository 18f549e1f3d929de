// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include "app/api/frontline_fixture.h"

namespace handslag::app {
namespace {

constexpr const char* kOrders =
    "order,mail,bought,sent\n"
    "A7,dora@example.se,2026-11-02 10:00:00,2026-11-03 09:00:00\n"
    "A8,dora@example.se,2026-11-04 10:00:00,\n"
    "A9,eva@example.se,2026-11-05 10:00:00,\n";
constexpr const char* kMap =
    "source = \"webshop\"\nzone = \"UTC\"\n"
    "[[event]]\ntype = \"placed\"\nwhen = \"bought\"\n"
    "subject = [{ type = \"email\", column = \"mail\" }]\nkeys = { order = \"order\" }\n"
    "[[event]]\ntype = \"sent\"\nwhen = \"sent\"\n"
    "subject = [{ type = \"email\", column = \"mail\" }]\nkeys = { order = \"order\" }\n";

class UploadRoutes : public FrontlineRoutes {
 protected:
  void SetUp() override {
    FrontlineRoutes::SetUp();
    add("steward", {{Role::Steward, "*"}});
    add("other.steward", {{Role::Steward, "*"}});
  }
  Answer upload(const std::string& login, const std::string& name, const std::string& body) {
    http::Request request = request_of(login, http::Method::Post, "/v1/uploads", {{"name", name}});
    request.body = body;
    return ask(std::move(request));
  }
  std::string sent_orders() { return upload("steward", "orders.csv", kOrders).json.value("upload", ""); }
  Answer use(const std::string& id, const std::string& what, const std::string& map = kMap) {
    return post("steward", "/v1/uploads/" + id + "/" + what, {{"map", map}});
  }
  Answer erase(const std::string& login, const std::string& path) {
    return send_as(login, http::Method::Delete, path, Json::object());
  }
  std::size_t kept_files() {
    const std::filesystem::path folder = data_->path() + "/uploads";
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(folder), std::filesystem::directory_iterator()));
  }
};

TEST_F(UploadRoutes, ShowTheColumnsOfAFile) {
  const Answer answer = upload("steward", "orders.csv", kOrders);
  ASSERT_EQ(answer.status, 201U) << answer.json.dump();
  EXPECT_EQ(answer.json["format"], "csv");
  EXPECT_EQ(answer.json["records"], 3);
  EXPECT_EQ(answer.json["whole"], true);
  ASSERT_EQ(answer.json["columns"].size(), 4U);
  const Json& mail = answer.json["columns"][1];
  EXPECT_EQ(mail["name"], "mail");
  EXPECT_EQ(mail["filled"], 3);
  EXPECT_EQ(mail["distinct"], 2);
  EXPECT_EQ(mail["samples"], Json({"dora@example.se", "eva@example.se"}));
  EXPECT_EQ(answer.json["columns"][3]["filled"], 1);
}

TEST_F(UploadRoutes, TryAMapAndStoreNothing) {
  const Answer answer = use(sent_orders(), "try");
  ASSERT_EQ(answer.status, 200U) << answer.json.dump();
  EXPECT_EQ(answer.json["events"], 4);
  EXPECT_EQ(answer.json["customers"], 2);
  EXPECT_EQ(answer.json["rejected"], 0);
  EXPECT_EQ(answer.json["first"][0]["time"], "2026-11-02T10:00:00Z");
  EXPECT_EQ(answer.json["first"][0]["keys"]["order"], "A7");
  EXPECT_EQ(get("steward", "/v1/imports").json["imports"].size(), 0U);
}

TEST_F(UploadRoutes, TellWhatWouldBeRejectedAndWhy) {
  const std::string id =
      upload("steward", "orders.csv", "order,mail,bought,sent\nA1,a@example.se,soon,\n").json["upload"];
  const Answer answer = use(id, "try");
  ASSERT_EQ(answer.status, 200U) << answer.json.dump();
  EXPECT_EQ(answer.json["rejected"], 1);
  EXPECT_EQ(answer.json["rejects"][0]["line"], 2);
  EXPECT_EQ(answer.json["rejects"][0]["column"], "bought");
  EXPECT_EQ(use(id, "import").status, 400U);
  EXPECT_EQ(get("steward", "/v1/imports").json["imports"].size(), 0U);
}

TEST_F(UploadRoutes, TellWhatIsWrongWithAMap) {
  const Answer answer = use(sent_orders(), "try", "[[event]]\ntyp = \"a\"\nwhen = \"bought\"\n");
  EXPECT_EQ(answer.status, 400U);
  EXPECT_NE(answer.json["detail"].get<std::string>().find("did you mean \"type\""), std::string::npos);
}

TEST_F(UploadRoutes, TakeAFileInAndOutAgain) {
  const std::string id = sent_orders();
  const Answer in = use(id, "import");
  ASSERT_EQ(in.status, 201U) << in.json.dump();
  EXPECT_EQ(in.json["events"], 4);
  EXPECT_EQ(in.json["source"], "webshop");
  EXPECT_EQ(in.json["file"], "orders.csv");
  EXPECT_EQ(kept_files(), 0U);
  EXPECT_EQ(use(id, "try").status, 404U);

  const std::string dora = in.json["customer"];
  const Answer timeline = get("steward", "/v1/customers/" + dora + "/timeline");
  EXPECT_EQ(timeline.json["events"].size(), 3U) << timeline.json.dump();

  const std::string number = std::to_string(in.json["number"].get<int>());
  const Answer out = erase("steward", "/v1/imports/" + number);
  ASSERT_EQ(out.status, 200U) << out.json.dump();
  EXPECT_FALSE(out.json["removed"].is_null());
  EXPECT_TRUE(out.json["stayed"].empty()) << "no other file had them";
  EXPECT_EQ(erase("steward", "/v1/imports/" + number).status, 404U);
  EXPECT_EQ(identify("anna.front", {{"text", "dora@example.se"}}).json["found"], false);

  EXPECT_EQ(use(sent_orders(), "import").status, 201U) << "the same file again, once it is out";
}

TEST_F(UploadRoutes, TakeTheSameFileOnce) {
  ASSERT_EQ(use(sent_orders(), "import").status, 201U);
  EXPECT_EQ(use(sent_orders(), "import").status, 409U);
  EXPECT_EQ(get("steward", "/v1/imports").json["imports"].size(), 1U);
}

TEST_F(UploadRoutes, TellOfNoStepWhereTheTrailCannotBeWritten) {
  const std::string path = "/v1/uploads/" + sent_orders();
  http::Request into = request_of("steward", http::Method::Post, path + "/import");
  into.body = Json{{"map", kMap}}.dump();
  http::Request shown = request_of("steward", http::Method::Get, path);
  break_trail();  // nobody signs in any more
  EXPECT_EQ(ask(std::move(into)).status, 503U);
  EXPECT_EQ(ask(std::move(shown)).json["step"], "none");
}

TEST_F(UploadRoutes, AreThoseOfWhoSentTheFile) {
  const std::string id = sent_orders();
  EXPECT_EQ(post("other.steward", "/v1/uploads/" + id + "/try", {{"map", kMap}}).status, 404U);
  EXPECT_EQ(post("analyst", "/v1/uploads/" + id + "/try", {{"map", kMap}}).status, 403U);
  EXPECT_EQ(get("other.steward", "/v1/uploads/" + id).status, 404U);
  const Answer shown = get("steward", "/v1/uploads/" + id);
  EXPECT_EQ(shown.json["step"], "none");
  EXPECT_EQ(shown.json["read"], 0);
  EXPECT_EQ(erase("steward", "/v1/uploads/" + id).status, 200U);
  EXPECT_EQ(kept_files(), 0U);
}

TEST_F(UploadRoutes, KeepNoFileThatCannotBeRead) {
  EXPECT_EQ(upload("steward", "book.xlsx", "PK\x03\x04zip").status, 400U);
  EXPECT_EQ(upload("steward", "empty.csv", "").status, 400U);
  EXPECT_EQ(kept_files(), 0U);
}

TEST_F(UploadRoutes, KeepEightFilesAndTheNewestAtThat) {
  const std::string first = sent_orders();
  for (std::size_t i = 0; i < kMostUploads; ++i) sent_orders();
  EXPECT_EQ(kept_files(), kMostUploads);
  EXPECT_EQ(use(first, "try").status, 404U);
}

}  // namespace
}  // namespace handslag::app
