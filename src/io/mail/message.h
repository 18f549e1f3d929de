// SPDX-License-Identifier: Apache-2.0
// A mail as it goes over the wire (RFC 5322, MIME): plain text and HTML beside each other. Whatever stands in
// names and subjects, no header of the caller's making comes of it. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace handslag::mail {

/// "Eva Ek" and "eva@example.se"; the name may be empty.
struct Mailbox {
  std::string name, address;
};

struct Message {
  Mailbox from, to;
  std::string subject;     // UTF-8
  std::string message_id;  // "x@y", without angle brackets
  Timestamp date;
  std::string text, html;  // UTF-8
};

/// Ok for an address that we send to: printable ASCII, one @, a domain with or without dots, at most 254
/// bytes, nothing quoted. Invalid says what is wrong.
Status check_address(std::string_view address);

/// "Eva Ek <eva@example.se>" or "eva@example.se". Invalid.
Result<Mailbox> parse_mailbox(std::string_view text);

/// Lines end with CR LF and are short. Line breaks and other control characters in names and subject become
/// spaces. REQUIRES: both addresses have passed check_address.
std::string message_text(const Message& message);

}  // namespace handslag::mail
