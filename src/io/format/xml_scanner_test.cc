// SPDX-License-Identifier: Apache-2.0
#include "io/format/xml_scanner.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace handslag::format {
namespace {

// Gives one byte at a time, so that every tag is cut everywhere.
class Trickle final : public runtime::ByteSource {
 public:
  explicit Trickle(std::string_view bytes) : bytes_(bytes) {}
  Result<std::size_t> read(std::span<char> room) override {
    if (given_ == bytes_.size()) return std::size_t{0};
    room[0] = bytes_[given_++];
    return std::size_t{1};
  }
  std::uint64_t consumed() const override { return given_; }

 private:
  std::string_view bytes_;
  std::size_t given_ = 0;
};

// "<1 a k=v><2 b>//": starts with their lines, a slash for each end; or the error.
std::string tags_of(runtime::ByteSource& source) {
  XmlScanner scanner(source, 1000);
  std::string tags;
  while (true) {
    const auto token = scanner.next();
    if (!token.ok()) return token.error().message;
    if (*token == XmlToken::FileEnd) return tags;
    if (*token == XmlToken::End) {
      tags += '/';
      continue;
    }
    tags += "<" + std::to_string(scanner.line()) + " " + std::string(scanner.name());
    for (const XmlAttribute& attribute : scanner.attributes())
      tags += " " + std::string(attribute.name) + "=" + std::string(attribute.value);
    tags += '>';
  }
}

std::string tags_of(std::string_view text) {
  const auto whole = runtime::bytes_source(text);
  std::string tags = tags_of(*whole);
  Trickle trickle(text);
  EXPECT_EQ(tags_of(trickle), tags) << text;
  return tags;
}

TEST(XmlScanner, GivesTagsWithTheirAttributesAndLines) {
  EXPECT_EQ(tags_of("<?xml version=\"1.0\"?>\n<a>\n <b k=\"1\"\n  l = 'x\"y' />text</a >\n"),
            "<2 a><3 b k=1 l=x\"y>//");
  EXPECT_EQ(tags_of("<x:a å=\">\"/>"), "<1 x:a å=>>/");
}

TEST(XmlScanner, PassesOverWhatIsNoTag) {
  EXPECT_EQ(tags_of("<!-- <c>\n -- > --><a><![CDATA[<b>]]]><?pi <c>?><!----></a><!-- end -->"), "<2 a>/");
}

TEST(XmlScanner, ResolvesReferencesAndWhiteSpace) {
  EXPECT_EQ(tags_of("<a k=\"&lt;&amp;amp;&quot;&apos;&gt;\" l=\"&#65;&#xe5;&#x20AC;&#x1F600;\"/>"),
            "<1 a k=<&amp;\"'> l=Aå€😀>/");
  EXPECT_EQ(tags_of("<a k=\"1\t2\n3\r\n4\r5\"/>"), "<1 a k=1 2 3 4 5>/");
}

TEST(XmlScanner, RefusesWhatIsNotWellFormed) {
  for (const char* text : {"",
                           "text",
                           "<a>",
                           "<a",
                           "<a k=\"1",
                           "</a>",
                           "<a></b>",
                           "<a/><b/>",
                           "<a/>x",
                           "<a k/>",
                           "<a k=1/>",
                           "<a k=\"1\"l=\"2\"/>",
                           "<a k=\"1\" k=\"2\"/>",
                           "<a \"1\"/>",
                           "<a =\"1\"/>",
                           "<a k=\"<\"/>",
                           "<a <b/></a>",
                           "<1/>",
                           "< a/>",
                           "<a k=\"&\"/>",
                           "<a k=\"&b;\"/>",
                           "<a k=\"&#0;\"/>",
                           "<a k=\"&#xD800;\"/>",
                           "<a k=\"&#x110000;\"/>",
                           "<a k=\"\x01\"/>",
                           "<a k=\"\xE5\"/>",
                           "<!-- ",
                           "<![CDATA[x]]><a/>",
                           "<!x><a/>",
                           "<a></a b>"}) {
    EXPECT_TRUE(tags_of(text).starts_with("not well-formed XML: ")) << text << ": " << tags_of(text);
  }
}

TEST(XmlScanner, RefusesDocumentTypesAndLongTags) {
  EXPECT_NE(tags_of("<!DOCTYPE a><a/>").find("document type"), std::string::npos);
  EXPECT_NE(tags_of("<a k=\"" + std::string(300'000, 'x')).find("longer than 1000 bytes"), std::string::npos);
  std::string many = "<a";
  for (int i = 0; i < 300; ++i) many += " k" + std::to_string(i) + "=''";
  EXPECT_NE(tags_of(many + "/>").find("more than 256 attributes"), std::string::npos);
}

TEST(XmlEncoding, IsWhatTheDeclarationNames) {
  EXPECT_EQ(xml_encoding("<?xml version=\"1.0\" encoding='ISO-8859-1'?><a/>"), "iso-8859-1");
  EXPECT_EQ(xml_encoding("<?xml version=\"1.0\"?><a encoding=\"x\"/>"), "");
  EXPECT_EQ(xml_encoding("<a/>"), "");
}

}  // namespace
}  // namespace handslag::format
