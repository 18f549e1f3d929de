// SPDX-License-Identifier: Apache-2.0
#include "io/mail/message.h"

#include <algorithm>
#include <cstdio>

#include "base/text.h"
#include "io/format/base64.h"

namespace handslag::mail {
namespace {

constexpr std::size_t kAddressBytes = 254;
constexpr std::size_t kWordBytes = 39;  // of an encoded word, before Base64: "Subject: " and it stay below 78
constexpr std::size_t kLineBytes = 57;  // of a body, before Base64
constexpr std::string_view kAtomMarks = "!#$%&'*+-/=?^_`{|}~.";

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return is_letter_or_digit(c) || c == ' '; });
}

// Where a piece of at most `most` bytes ends without cutting a character.
std::size_t piece_end(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text.size();
  std::size_t end = most;
  while (end > 1 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return end;
}

// RFC 2047: everything but letters, digits and spaces is wrapped, so that nothing in it can mean anything.
std::string header_words(std::string_view given) {
  std::string text(given);
  std::replace_if(text.begin(), text.end(), is_control, ' ');
  if (is_plain(text) && text.size() < 60) return text;
  std::string words;
  for (std::string_view left = text; !left.empty();) {
    const std::size_t end = piece_end(left, kWordBytes);
    words += (words.empty() ? "" : "\r\n ");
    words += "=?UTF-8?B?" + format::base64(left.substr(0, end)) + "?=";
    left.remove_prefix(end);
  }
  return words;
}

std::string mailbox_text(const Mailbox& it) {
  return it.name.empty() ? it.address : header_words(it.name) + "\r\n <" + it.address + ">";
}

std::string date_text(Timestamp time) {
  constexpr const char* kDays[] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};  // from 1970-01-01
  constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::int64_t seconds = std::max<std::int64_t>(time.us, 0) / kMicrosPerSecond;
  const auto days = static_cast<std::int32_t>(seconds / 86'400);
  const CivilDay day = civil_from_date({days});
  const auto of_day = static_cast<int>(seconds % 86'400);
  char text[64];
  const int length =
      std::snprintf(text, sizeof text, "%s, %02d %s %04d %02d:%02d:%02d +0000", kDays[days % 7], day.day,
                    kMonths[day.month - 1], day.year, of_day / 3600, of_day / 60 % 60, of_day % 60);
  return {text, static_cast<std::size_t>(length)};
}

std::string encoded_body(std::string_view text) {
  std::string lines;
  for (; !text.empty(); text.remove_prefix(std::min(kLineBytes, text.size()))) {
    lines += format::base64(text.substr(0, kLineBytes)) + "\r\n";
  }
  return lines;
}

std::string part(const std::string& boundary, std::string_view kind, std::string_view body) {
  return "--" + boundary + "\r\nContent-Type: text/" + std::string(kind) +
         "; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" + encoded_body(body);
}

}  // namespace

Status check_address(std::string_view address) {
  const std::size_t at = address.find('@');
  const auto fits = [](std::string_view part, std::string_view marks) {
    return !part.empty() && part.front() != '.' && part.back() != '.' && part.find("..") == part.npos &&
           std::all_of(part.begin(), part.end(),
                       [&](char c) { return is_letter_or_digit(c) || marks.find(c) != marks.npos; });
  };
  if (at == address.npos || address.size() > kAddressBytes || !fits(address.substr(0, at), kAtomMarks) ||
      !fits(address.substr(at + 1), ".-")) {
    return invalid("a mail address must be like name@example.se, in ASCII");
  }
  return {};
}

Result<Mailbox> parse_mailbox(std::string_view text) {
  text = trimmed(text);
  Mailbox found;
  const std::size_t open = text.find('<');
  if (open != text.npos && text.ends_with('>')) {
    found.name = trimmed(text.substr(0, open));
    text = text.substr(open + 1, text.size() - open - 2);
  }
  found.address = text;
  HANDSLAG_CHECK_STATUS(check_address(found.address));
  return found;
}

std::string message_text(const Message& message) {
  // Why no boundary occurs in a part: both are Base64, and this holds a character that Base64 has not.
  const std::string boundary = "=_handslag_" + std::to_string(message.date.us);
  std::string id = message.message_id;
  id.erase(std::remove_if(id.begin(), id.end(),
                          [](char c) { return !is_letter_or_digit(c) && c != '.' && c != '-' && c != '@'; }),
           id.end());
  return "Date: " + date_text(message.date) + "\r\nFrom: " + mailbox_text(message.from) +
         "\r\nTo: " + mailbox_text(message.to) + "\r\nMessage-ID: <" + id +
         ">\r\nSubject: " + header_words(message.subject) +
         "\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: "
         "multipart/alternative;\r\n "
         "boundary=\"" +
         boundary + "\"\r\n\r\n" + part(boundary, "plain", message.text) +
         part(boundary, "html", message.html) + "--" + boundary + "--\r\n";
}

}  // namespace handslag::mail
