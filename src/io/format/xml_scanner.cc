// SPDX-License-Identifier: Apache-2.0
#include "io/format/xml_scanner.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

#include "base/text.h"

namespace handslag::format {
namespace {

constexpr std::size_t kMostAttributes = 256;

enum Class : std::uint8_t {
  kPlain = 0,
  kSpecial = 1,    // of a value: to be replaced or refused
  kHigh = 2,       // of a value: part of a longer character
  kNameEnd = 4,    // cannot stand in a name
  kTagStop = 8,    // outside quotes: the tag's end, a quote, or a fault
  kForbidden = 16  // nowhere
};

constexpr std::array<std::uint8_t, 256> kClasses = [] {
  std::array<std::uint8_t, 256> classes{};
  for (std::size_t c = 0; c < 0x20; ++c) classes[c] = kForbidden | kSpecial | kNameEnd;
  for (const char c : {'\t', '\n', '\r'}) classes[static_cast<unsigned char>(c)] = kSpecial | kNameEnd;
  for (std::size_t c = 0x80; c < 0x100; ++c) classes[c] = kHigh;
  for (const char c : std::string_view(" !\"#$%&'()*+,/;<=>?@[\\]^`{|}~"))
    classes[static_cast<unsigned char>(c)] |= kNameEnd;
  for (const char c : {'&', '<'}) classes[static_cast<unsigned char>(c)] |= kSpecial;
  for (const char c : {'>', '"', '\'', '<'}) classes[static_cast<unsigned char>(c)] |= kTagStop;
  return classes;
}();

std::uint8_t class_of(char c) {
  return kClasses[static_cast<unsigned char>(c)];
}

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

Error fault(const std::string& what) {
  return invalid("not well-formed XML: " + what + "; repair or export the file again");
}

void skip_space(std::string_view& text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
}

// Takes a name from the front; empty where there is none.
std::string_view take_name(std::string_view& text) {
  std::size_t size = 0;
  while (size < text.size() && (class_of(text[size]) & kNameEnd) == 0) ++size;
  const std::string_view name = text.substr(0, size);
  if (name.empty() || name[0] == '-' || name[0] == '.' || (name[0] >= '0' && name[0] <= '9')) return {};
  const bool is_ascii = std::none_of(name.begin(), name.end(), [](char c) { return class_of(c) == kHigh; });
  if (!is_ascii && !is_utf8(name)) return {};
  text.remove_prefix(size);
  return name;
}

// What XML allows a character to be.
bool is_character(std::uint32_t point) {
  if (point < 0x20) return point == '\t' || point == '\n' || point == '\r';
  return point <= 0xD7FF || (point >= 0xE000 && point <= 0xFFFD) || (point >= 0x10000 && point <= 0x10FFFF);
}

// "#38" or "#x26": what stands between & and ;.
bool append_number(std::string_view reference, std::string& text) {
  reference.remove_prefix(1);
  const bool is_hexadecimal = reference.starts_with('x');
  if (is_hexadecimal) reference.remove_prefix(1);
  std::uint32_t point = 0;
  const char* end = reference.data() + reference.size();
  const auto [read_to, failure] = std::from_chars(reference.data(), end, point, is_hexadecimal ? 16 : 10);
  if (failure != std::errc{} || read_to != end || !is_character(point)) return false;
  const auto put = [&](std::uint32_t byte) { text.push_back(static_cast<char>(byte)); };
  if (point < 0x80) {
    put(point);
    return true;
  }
  const int more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;  // bytes behind the first
  put((0xF0U << (3 - more)) | (point >> (6 * more)));
  for (int i = more - 1; i >= 0; --i) put(0x80U | ((point >> (6 * i)) & 0x3FU));
  return true;
}

bool append_reference(std::string_view reference, std::string& text) {
  static constexpr std::pair<std::string_view, char> kNamed[] = {
      {"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};
  for (const auto& [name, character] : kNamed) {
    if (name != reference) continue;
    text.push_back(character);
    return true;
  }
  return reference.starts_with('#') && append_number(reference, text);
}

}  // namespace

XmlScanner::XmlScanner(runtime::ByteSource& source, std::size_t tag_bytes)
    : input_(source, tag_bytes), tag_bytes_(tag_bytes) {}

Result<XmlToken> XmlScanner::next() {
  if (is_closing_) {
    is_closing_ = false;
    open_sizes_.pop_back();
    return XmlToken::End;
  }
  while (true) {
    const bool is_at_tag = skip_text();
    if (open_sizes_.empty() && !is_blank_)
      return fault(has_root_ ? "something stands behind the end" : "no tag comes first");
    if (is_at_tag) {
      HANDSLAG_TRY(token, tag());
      if (token != XmlToken::FileEnd) return token;  // else a comment or the like
    } else if (input_.is_at_end()) {
      line_ = next_line_;
      if (has_root_ && open_sizes_.empty()) return XmlToken::FileEnd;
      return fault("the file ends in the middle");
    } else {
      HANDSLAG_CHECK_STATUS(input_.refill());
    }
  }
}

// To the next '<'; false at the end of the buffer.
bool XmlScanner::skip_text() {
  const char* from = input_.data() + input_.at;
  const char* const end = input_.data() + input_.end;
  const char* at = from;
  if (open_sizes_.empty()) is_blank_ = true;
  for (; at != end && *at != '<'; ++at) {
    if (*at == '\n') ++next_line_;
    is_blank_ = is_blank_ && is_space(*at);
  }
  input_.at += static_cast<std::size_t>(at - from);
  input_.start_record();
  return at != end;
}

void XmlScanner::count_lines(std::size_t from, std::size_t to) {
  const char* at = input_.data() + from;
  const char* const end = input_.data() + to;
  while ((at = static_cast<const char*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)))) !=
         nullptr) {
    ++next_line_;
    ++at;
  }
}

// That so many bytes are there, from the beginning of the tag on.
Result<bool> XmlScanner::has_ahead(std::size_t bytes) {
  while (input_.end - input_.begin < bytes && !input_.is_at_end()) HANDSLAG_CHECK_STATUS(input_.refill());
  return input_.end - input_.begin >= bytes;
}

// The tag that begins where the scanning stands; FileEnd where it is none, but skipped.
Result<XmlToken> XmlScanner::tag() {
  line_ = next_line_;
  HANDSLAG_TRY(is_there, has_ahead(2));
  if (!is_there) return fault("the file ends in the middle");
  const char kind = input_[input_.begin + 1];
  if (kind == '?' || kind == '!') {
    HANDSLAG_CHECK_STATUS(kind == '?' ? skip_until("?>") : declaration());
    return XmlToken::FileEnd;
  }
  HANDSLAG_TRY(inside, whole_tag());
  return kind == '/' ? end_tag(inside) : start_tag(inside);
}

Status XmlScanner::declaration() {
  HANDSLAG_TRY(is_there, has_ahead(9));
  const std::string_view ahead(input_.data() + input_.begin, is_there ? 9 : input_.end - input_.begin);
  if (ahead.starts_with("<!--")) {
    input_.at += 4;
    return skip_until("-->");
  }
  if (ahead == "<![CDATA[" && !open_sizes_.empty()) return skip_until("]]>");
  if (ahead == "<!DOCTYPE") {
    return invalid(
        "declares a document type, whose entities could fill the machine; XES needs none: remove "
        "<!DOCTYPE …>");
  }
  return fault("no such declaration");
}

Status XmlScanner::skip_until(std::string_view ending) {
  while (true) {
    const std::string_view rest(input_.data() + input_.at, input_.end - input_.at);
    const std::size_t found = rest.find(ending);
    const std::size_t kept = std::min(rest.size(), ending.size() - 1);  // may be the ending's beginning
    const std::size_t skipped = found != std::string_view::npos ? found + ending.size() : rest.size() - kept;
    count_lines(input_.at, input_.at + skipped);
    input_.at += skipped;
    input_.start_record();
    if (found != std::string_view::npos) return {};
    if (input_.is_at_end()) return fault("the file ends in the middle");
    HANDSLAG_CHECK_STATUS(input_.refill());
  }
}

// The tag at hand without < and >. Its values_ are found on the way.
Result<std::string_view> XmlScanner::whole_tag() {
  ++input_.at;
  quote_ = '\0';
  values_.clear();
  while (!find_tag_end()) {
    if (input_.at < input_.end) return fault("a < inside a tag");
    if (input_.is_at_end()) return fault("the file ends in the middle");
    HANDSLAG_CHECK_STATUS(check_tag_size());
    HANDSLAG_CHECK_STATUS(input_.refill());
  }
  HANDSLAG_CHECK_STATUS(check_tag_size());
  const std::string_view inside(input_.data() + input_.begin + 1, input_.at - input_.begin - 2);
  count_lines(input_.begin, input_.at);
  return inside;
}

Status XmlScanner::check_tag_size() const {
  if (input_.at - input_.begin <= tag_bytes_ && values_.size() <= kMostAttributes) return {};
  return over_limit("a tag is longer than " + std::to_string(tag_bytes_) + " bytes or has more than " +
                    std::to_string(kMostAttributes) + " attributes");
}

// False at the end of the buffer, and at a '<' that cannot stand there.
bool XmlScanner::find_tag_end() {
  const char* const begin = input_.data() + input_.begin;
  const char* const end = input_.data() + input_.end;
  const char* at = input_.data() + input_.at;
  bool is_found = false;
  while (at != end && !is_found) {
    if (quote_ != '\0') {
      const auto* close =
          static_cast<const char*>(std::memchr(at, quote_, static_cast<std::size_t>(end - at)));
      at = close == nullptr ? end : close + 1;
      if (close == nullptr) break;
      values_.back().close = static_cast<std::size_t>(close - begin);
      quote_ = '\0';
      continue;
    }
    while (at != end && (class_of(*at) & kTagStop) == 0) ++at;
    if (at == end || *at == '<') break;
    is_found = *at == '>';
    if (!is_found) {
      quote_ = *at;
      values_.push_back({static_cast<std::size_t>(at - begin), 0});
    }
    ++at;
  }
  input_.at = static_cast<std::size_t>(at - input_.data());
  return is_found;
}

Result<XmlToken> XmlScanner::start_tag(std::string_view inside) {
  if (has_root_ && open_sizes_.empty()) return fault("something stands behind the end");
  has_root_ = true;
  is_closing_ = inside.ends_with('/');
  if (is_closing_) inside.remove_suffix(1);
  std::string_view rest = inside;
  name_ = take_name(rest);
  if (name_.empty()) return fault("a tag without a name");
  open_sizes_.push_back(open_names_.size());
  if (!is_closing_) open_names_ += name_;
  HANDSLAG_CHECK_STATUS(take_attributes(rest));
  return XmlToken::Start;
}

Result<XmlToken> XmlScanner::end_tag(std::string_view inside) {
  inside.remove_prefix(1);
  const std::string_view name = take_name(inside);
  skip_space(inside);
  if (name.empty() || !inside.empty()) return fault("an end tag that is none");
  if (open_sizes_.empty() || std::string_view(open_names_).substr(open_sizes_.back()) != name)
    return fault("mismatched tag");
  open_names_.resize(open_sizes_.back());
  open_sizes_.pop_back();
  return XmlToken::End;
}

// `rest` is what follows the name; a view of the tag, in which values_ has the places of the values.
Status XmlScanner::take_attributes(std::string_view rest) {
  attributes_.clear();
  resolved_.clear();
  const char* const tag = input_.data() + input_.begin;
  // Why: views of resolved values must stay; a reference is never shorter than what it stands for.
  resolved_.reserve(rest.size());
  for (const Value& value : values_) {
    if (tag + value.open < rest.data()) return fault("a quote in a tag's name");
    std::string_view before(rest.data(), static_cast<std::size_t>(tag + value.open - rest.data()));
    if (before.empty() || !is_space(before.front())) return fault("no space before an attribute");
    skip_space(before);
    const std::string_view name = take_name(before);
    skip_space(before);
    if (name.empty() || !before.starts_with('=')) return fault("a value without an attribute");
    before.remove_prefix(1);
    skip_space(before);
    if (!before.empty()) return fault("an attribute without a quoted value");
    for (const XmlAttribute& other : attributes_) {
      if (other.name == name) return fault("an attribute stands twice");
    }
    HANDSLAG_TRY(text, resolved({tag + value.open + 1, value.close - value.open - 1}));
    attributes_.push_back({name, text});
    rest.remove_prefix(static_cast<std::size_t>(tag + value.close + 1 - rest.data()));
  }
  skip_space(rest);
  return rest.empty() ? Status() : fault("an attribute without a value");
}

Result<std::string_view> XmlScanner::resolved(std::string_view value) {
  std::uint8_t classes = kPlain;
  for (const char c : value) classes |= class_of(c);
  if ((classes & kForbidden) != 0) return fault("a control character in a value");
  if ((classes & kHigh) != 0 && !is_utf8(value)) return fault("a value is not in the encoding of the file");
  if ((classes & kSpecial) == 0) return value;
  const std::size_t begin = resolved_.size();
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] == '<') return fault("a < inside a value");
    if (value[i] != '&') {
      // XML 1.0, 2.11 and 3.3.3: a line end is one, and any white space a space.
      if (value[i] != '\r' || i + 1 == value.size() || value[i + 1] != '\n')
        resolved_.push_back(is_space(value[i]) ? ' ' : value[i]);
      continue;
    }
    const std::size_t end = value.find(';', i);
    if (end == std::string_view::npos || !append_reference(value.substr(i + 1, end - i - 1), resolved_))
      return fault("a reference that XML does not have");
    i = end;
  }
  return std::string_view(resolved_).substr(begin);
}

std::string xml_encoding(std::string_view head) {
  if (!head.starts_with("<?xml")) return {};
  head = head.substr(0, head.find("?>"));
  const std::size_t found = head.find("encoding");
  if (found == std::string_view::npos) return {};
  head.remove_prefix(found + 8);
  const std::size_t open = head.find_first_of("\"'");
  if (open == std::string_view::npos) return {};
  std::string name(head.substr(open + 1, head.find(head[open], open + 1) - open - 1));
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return name;
}

}  // namespace handslag::format
