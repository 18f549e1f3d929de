// SPDX-License-Identifier: Apache-2.0
#include "io/mail/message.h"

#include <gtest/gtest.h>

namespace handslag::mail {
namespace {

Message message() {
  return {{"Handslag", "handslag@example.se"},
          {"Åsa Öberg", "asa@example.se"},
          "3 löften",
          "digest-1@handslag",
          *parse_rfc3339("2026-11-22T06:05:04Z"),
          "Hej",
          "<p>Hej</p>"};
}

// The Base64 by coreutils: printf 'Åsa Öberg' | base64.
TEST(MailMessage, IsWhatTheStandardsSay) {
  EXPECT_EQ(message_text(message()),
            "Date: Sun, 22 Nov 2026 06:05:04 +0000\r\n"
            "From: Handslag\r\n <handslag@example.se>\r\n"
            "To: =?UTF-8?B?w4VzYSDDlmJlcmc=?=\r\n <asa@example.se>\r\n"
            "Message-ID: <digest-1@handslag>\r\n"
            "Subject: =?UTF-8?B?MyBsw7ZmdGVu?=\r\n"
            "Auto-Submitted: auto-generated\r\n"
            "MIME-Version: 1.0\r\n"
            "Content-Type: multipart/alternative;\r\n boundary=\"=_handslag_1795327504000000\"\r\n"
            "\r\n"
            "--=_handslag_1795327504000000\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n"
            "Content-Transfer-Encoding: base64\r\n"
            "\r\n"
            "SGVq\r\n"
            "--=_handslag_1795327504000000\r\n"
            "Content-Type: text/html; charset=utf-8\r\n"
            "Content-Transfer-Encoding: base64\r\n"
            "\r\n"
            "PHA+SGVqPC9wPg==\r\n"
            "--=_handslag_1795327504000000--\r\n");
}

TEST(MailMessage, NoHeaderComesOfANameOrSubject) {
  Message it = message();
  it.to.name = "Eva\r\nBcc: all@example.se";
  it.subject = "x\r\n\r\nbody";
  it.message_id = "a>\r\nX: y@b";
  const std::string text = message_text(it);
  EXPECT_EQ(text.find("Bcc:"), std::string::npos);
  EXPECT_EQ(text.find("\r\nX:"), std::string::npos);
  EXPECT_EQ(text.find("\r\n\r\nbody"), std::string::npos);
  EXPECT_NE(text.find("Message-ID: <aXy@b>"), std::string::npos);
}

TEST(MailMessage, LongSubjectsAreCutBetweenCharacters) {
  Message it = message();
  it.subject.clear();
  for (int i = 0; i < 40; ++i) it.subject += "å";  // 80 bytes; 39 would cut one in two, so 38
  const std::string text = message_text(it);
  const std::size_t first = text.find("=?UTF-8?B?", text.find("Subject:"));
  const std::size_t end = text.find("?=", first);
  EXPECT_EQ(end - first - 10, 52U);  // 38 bytes are 52 in Base64
  for (std::size_t at = 0, next = 0; (next = text.find("\r\n", at)) != std::string::npos; at = next + 2) {
    EXPECT_LE(next - at, 78U);
  }
}

TEST(MailMessage, AddressesAreHeldToAFewPlainForms) {
  for (const char* good : {"eva@example.se", "eva.ek+x@mail.example.se", "root@localhost"}) {
    EXPECT_TRUE(check_address(good).ok()) << good;
  }
  for (const char* bad : {"", "eva", "@x", "x@", "a@b@c", "a b@c.se", "a@b.se\r\nBcc: c@d", "<a@b.se>",
                          "å@b.se", "\"a\"@b.se", ".a@b.se", "a..b@c.se", "a@b,c@d"}) {
    EXPECT_EQ(check_address(bad).error().code, ErrorCode::Invalid) << bad;
  }
  EXPECT_EQ(parse_mailbox("Eva Ek <eva@example.se>")->name, "Eva Ek");
  EXPECT_EQ(parse_mailbox(" eva@example.se ")->address, "eva@example.se");
  EXPECT_FALSE(parse_mailbox("Eva Ek").ok());
}

}  // namespace
}  // namespace handslag::mail
