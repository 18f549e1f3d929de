// SPDX-License-Identifier: Apache-2.0
#include "app/registers/definitions.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "app/pack_file.h"
#include "app/registers/definition_toml.h"

namespace handslag::app {
namespace {

std::string minimal(const std::string& id, const std::string& more = "") {
  return "id = \"" + id + "\"\nname = { sv = \"" + id +
         "\", en = \"Own\" }\nplural = { sv = \"x\", en = \"x\" }\n" +
         "title = \"what\"\nwho = { read = [\"anyone\"], create = [\"anyone\"], change = [\"anyone\"] }\n" +
         "[[fields]]\nid = \"what\"\nkind = \"text\"\nname = { sv = \"x\", en = \"x\" }\n[[states]]\nid = "
         "\"open\"\n" +
         "name = { sv = \"x\", en = \"x\" }\n" + more;
}

Definition read(const std::string& text) {
  auto definition = read_definition(text, "f.toml");
  EXPECT_TRUE(definition.ok()) << definition.error().message;
  return definition.ok() ? *definition : Definition();
}

class DefinitionsTest : public testing::Test {
 protected:
  DefinitionsTest() {
    std::string name = (std::filesystem::temp_directory_path() / "handslag-registers-XXXXXX").string();
    folder_ = mkdtemp(name.data());
    std::filesystem::create_directories(folder_ + "/settings/registers");
  }
  ~DefinitionsTest() override { std::filesystem::remove_all(folder_); }
  void put(const std::string& file, const std::string& text) {
    std::ofstream(folder_ + "/settings/registers/" + file) << text;
  }
  std::string refusal() {
    const auto definitions = read_definitions(folder_);
    return definitions.ok() ? "taken" : definitions.error().message;
  }
  std::string folder_;
};

TEST_F(DefinitionsTest, AddsOwnRegistersAndReplacesShippedOnes) {
  put("fault.toml", minimal("fault"));
  put("mine.toml", minimal("observation"));
  put("notes.txt", "not a register");
  const auto definitions = read_definitions(folder_);
  ASSERT_TRUE(definitions.ok()) << definitions.error().message;
  EXPECT_EQ(definitions->all().size(), register_files().size() + 1);
  ASSERT_NE(definitions->find("fault"), nullptr);
  EXPECT_EQ(definitions->find("observation")->name.en, "Own");
  EXPECT_EQ(definitions->find("case")->name.en, "Case");
  EXPECT_EQ(definitions->find("nothing"), nullptr);
}

TEST_F(DefinitionsTest, NamesTheFileThatIsWrong) {
  put("bad.toml", "id = 5");
  EXPECT_NE(refusal().find("settings/registers/bad.toml:1:6: id = a text in quotes expected"),
            std::string::npos)
      << refusal();
}

TEST_F(DefinitionsTest, RefusesTwoFilesOfOneRegister) {
  put("a.toml", minimal("fault"));
  put("b.toml", minimal("fault"));
  EXPECT_NE(refusal().find("b.toml: another file of this folder defines \"fault\" already"),
            std::string::npos);
}

TEST(Definitions, AreCheckedAgainstEachOther) {
  const auto refusal = [](const std::string& more) {
    const auto made = Definitions::create({read(minimal("first", more)), read(minimal("second"))});
    return made.ok() ? std::string("taken") : made.error().message;
  };
  const std::string words = "name = { sv = \"x\", en = \"x\" }\n";
  const std::string link = "[[fields]]\nid = \"l\"\nkind = \"link\"\nregisters = [\"secnod\"]\n" + words;
  // Fields stand before states; a table header at the end may still add one.
  EXPECT_EQ(refusal(link),
            "register first, field l: there is no register \"secnod\"; did you mean \"second\"?");
  const auto waits = [&](const std::string& what) {
    return refusal("[[moves]]\nfrom = [\"open\"]\nto = \"open\"\n" + words + "waits_for = { " + what +
                   " }\n");
  };
  EXPECT_NE(
      waits(R"(register = "third", field = "x", states = ["open"])").find("there is no register \"third\""),
      std::string::npos);
  EXPECT_NE(waits(R"(register = "second", field = "what", states = ["open"])").find("is no link from second"),
            std::string::npos);
  EXPECT_EQ(refusal(""), "taken");
}

TEST(Definitions, NameTheNearestRegister) {
  const auto definitions = read_definitions("");
  ASSERT_TRUE(definitions.ok());
  const auto found = definitions->need("comitment");
  ASSERT_FALSE(found.ok());
  EXPECT_EQ(found.error().code, ErrorCode::NotFound);
  EXPECT_EQ(found.error().message, "there is no register \"comitment\"; did you mean \"commitment\"?");
}

}  // namespace
}  // namespace handslag::app
