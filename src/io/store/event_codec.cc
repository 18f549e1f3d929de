// SPDX-License-Identifier: Apache-2.0
#include "io/store/event_codec.h"

#include <bit>
#include <cstring>
#include <limits>
#include <utility>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace handslag::store {
namespace {

static_assert(std::endian::native == std::endian::little, "fixed numbers are stored as they lie in memory");

constexpr char kVersion = 1;
constexpr std::size_t kNumberBytes = 10;  // the longest: 64 bits, 7 a byte

// Which fields follow. Written to disk; never renumber.
enum Flag : std::uint16_t {
  kHasId = 1U << 0U,
  kHasKnown = 1U << 1U,
  kHasSequence = 1U << 2U,
  kHasUnit = 1U << 3U,
  kHasChannel = 1U << 4U,
  kHasTouchpoint = 1U << 5U,
  kHasAgent = 1U << 6U,
  kHasReplaces = 1U << 7U,
  kHasVoids = 1U << 8U,
  kHasPlace = 1U << 9U,  // record and part
  kTimeIsOurs = 1U << 10U,
};
constexpr std::uint16_t kAllFlags = (1U << 11U) - 1;

constexpr std::pair<std::string model::Event::*, Flag> kRareTexts[] = {
    {&model::Event::id, kHasId},           {&model::Event::unit, kHasUnit},
    {&model::Event::channel, kHasChannel}, {&model::Event::touchpoint, kHasTouchpoint},
    {&model::Event::agent, kHasAgent},     {&model::Event::replaces, kHasReplaces},
    {&model::Event::voids, kHasVoids},
};

// Small numbers of either sign become small numbers.
std::uint64_t folded(std::int64_t number) {
  return (static_cast<std::uint64_t>(number) << 1U) ^ static_cast<std::uint64_t>(number >> 63U);
}
std::int64_t unfolded(std::uint64_t number) {
  return static_cast<std::int64_t>((number >> 1U) ^ (~(number & 1U) + 1U));
}

std::uint32_t checksum(std::string_view body) {
  return static_cast<std::uint32_t>(XXH3_64bits(body.data(), body.size()));
}

// Writes where room was made beforehand.
class Writer {
 public:
  explicit Writer(char* at) : at_(at) {}

  template <typename T>
  void fixed(T value) {
    std::memcpy(at_, &value, sizeof value);
    at_ += sizeof value;
  }
  void number(std::uint64_t value) {
    for (; value >= 0x80U; value >>= 7U) *at_++ = static_cast<char>(value | 0x80U);
    *at_++ = static_cast<char>(value);
  }
  void text(std::string_view value) {
    number(value.size());
    std::memcpy(at_, value.data(), value.size());
    at_ += value.size();
  }
  const char* at() const { return at_; }

 private:
  char* at_;
};

std::uint16_t flags_of(const model::Event& event) {
  unsigned flags = 0;
  for (const auto& [field, flag] : kRareTexts) {
    if (!(event.*field).empty()) flags |= flag;
  }
  if (event.known) flags |= kHasKnown;
  if (event.sequence != 0) flags |= kHasSequence;
  if (event.record != 0 || event.part != 0) flags |= kHasPlace;
  if (event.is_time_ours) flags |= kTimeIsOurs;
  return static_cast<std::uint16_t>(flags);
}

std::size_t room_of(const std::string& text) {
  return kNumberBytes + text.size();
}

// No body is longer than this.
std::size_t room_for(const model::Event& event) {
  std::size_t room = sizeof(std::uint16_t) + 2 * sizeof(std::int64_t) + 6 * kNumberBytes;
  room += room_of(event.source) + room_of(event.type);
  for (const auto& [field, flag] : kRareTexts) room += room_of(event.*field);
  for (const model::Identifier& identifier : event.subject)
    room += room_of(identifier.type) + room_of(identifier.value);
  for (const model::Key& key : event.keys) room += room_of(key.name) + room_of(key.value);
  for (const model::Attribute& attribute : event.data) {
    const auto* text = std::get_if<std::string>(&attribute.value);
    room += room_of(attribute.name) + 1 + kNumberBytes + (text == nullptr ? 0 : text->size());
  }
  return room;
}

void write_value(const model::Value& value, Writer& out) {
  const model::ValueKind kind = model::kind_of(value);
  HANDSLAG_CHECK(kind != model::ValueKind::Missing, "an attribute without a value");
  out.fixed(static_cast<std::uint8_t>(kind));
  if (const auto* text = std::get_if<std::string>(&value)) return out.text(*text);
  if (const auto* number = std::get_if<double>(&value)) return out.fixed(*number);
  if (const auto* moment = std::get_if<Timestamp>(&value)) return out.fixed(moment->us);
  if (const auto* truth = std::get_if<bool>(&value)) return out.fixed(static_cast<std::uint8_t>(*truth));
  out.number(folded(std::get<Date>(value).days));
}

void write_body(const model::Event& event, Writer& out) {
  out.fixed(flags_of(event));
  out.text(event.source);
  out.text(event.type);
  out.fixed(event.time.us);
  if (event.known) out.fixed(event.known->us);
  if (event.sequence != 0) out.number(folded(event.sequence));
  for (const auto& [field, flag] : kRareTexts) {
    if (!(event.*field).empty()) out.text(event.*field);
  }
  if (event.record != 0 || event.part != 0) {
    out.number(event.record);
    out.number(event.part);
  }
  out.number(event.subject.size());
  for (const model::Identifier& identifier : event.subject) {
    out.text(identifier.type);
    out.text(identifier.value);
  }
  out.number(event.keys.size());
  for (const model::Key& key : event.keys) {
    out.text(key.name);
    out.text(key.value);
  }
  out.number(event.data.size());
  for (const model::Attribute& attribute : event.data) {
    out.text(attribute.name);
    write_value(attribute.value, out);
  }
}

// Every function is false where the bytes do not give what is asked for; the reader then stands anywhere
// inside.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : at_(bytes.data()), end_(at_ + bytes.size()) {}

  template <typename T>
  bool fixed(T& value) {
    if (left() < sizeof value) return false;
    std::memcpy(&value, at_, sizeof value);
    at_ += sizeof value;
    return true;
  }
  bool number(std::uint64_t& value) {
    value = 0;
    for (unsigned shift = 0; shift < 64 && at_ != end_; shift += 7) {
      const auto byte = static_cast<unsigned char>(*at_++);
      value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
      if (byte < 0x80U) return shift < 63 || byte <= 1;
    }
    return false;
  }
  bool text(std::string& value) {
    std::uint64_t size = 0;
    if (!number(size) || size > left()) return false;
    value.assign(at_, static_cast<std::size_t>(size));
    at_ += size;
    return true;
  }
  // How many elements follow, each of at least `least_bytes`: bounds the memory that damaged bytes can ask
  // for.
  bool count(std::size_t& value, std::size_t least_bytes) {
    std::uint64_t number_read = 0;
    if (!number(number_read) || number_read > left() / least_bytes) return false;
    value = static_cast<std::size_t>(number_read);
    return true;
  }
  bool done() const { return at_ == end_; }

 private:
  std::size_t left() const { return static_cast<std::size_t>(end_ - at_); }
  const char* at_;
  const char* end_;
};

bool read_text_value(Reader& in, model::Value& value) {
  if (!std::holds_alternative<std::string>(value)) value.emplace<std::string>();
  return in.text(std::get<std::string>(value));
}

template <typename T>
bool read_fixed_value(Reader& in, model::Value& value) {
  T read{};
  if (!in.fixed(read)) return false;
  value = read;
  return true;
}

bool read_truth(Reader& in, model::Value& value) {
  std::uint8_t truth = 0;
  if (!in.fixed(truth) || truth > 1) return false;
  value = truth == 1;
  return true;
}

bool read_date(Reader& in, model::Value& value) {
  std::uint64_t number = 0;
  if (!in.number(number)) return false;
  const std::int64_t days = unfolded(number);
  if (days < std::numeric_limits<std::int32_t>::min() || days > std::numeric_limits<std::int32_t>::max())
    return false;
  value = Date{static_cast<std::int32_t>(days)};
  return true;
}

bool read_value(Reader& in, model::Value& value) {
  std::uint8_t kind = 0;
  if (!in.fixed(kind)) return false;
  switch (static_cast<model::ValueKind>(kind)) {
    case model::ValueKind::Text:
      return read_text_value(in, value);
    case model::ValueKind::Number:
      return read_fixed_value<double>(in, value);
    case model::ValueKind::Instant:
      return read_fixed_value<Timestamp>(in, value);
    case model::ValueKind::Boolean:
      return read_truth(in, value);
    case model::ValueKind::Date:
      return read_date(in, value);
    case model::ValueKind::Missing:
      break;
  }
  return false;
}

bool read_known(Reader& in, bool present, std::optional<Timestamp>& known) {
  known.reset();
  return !present || in.fixed(known.emplace());
}

bool read_sequence(Reader& in, bool present, std::int64_t& sequence) {
  std::uint64_t number = 0;
  if (present && !in.number(number)) return false;
  sequence = unfolded(number);
  return true;
}

bool read_rare_texts(Reader& in, std::uint16_t flags, model::Event& into) {
  for (const auto& [field, flag] : kRareTexts) {
    if ((flags & flag) == 0) {
      (into.*field).clear();
    } else if (!in.text(into.*field)) {
      return false;
    }
  }
  return true;
}

bool read_place(Reader& in, bool present, model::Event& into) {
  std::uint64_t part = 0;
  into.record = 0;
  if (present && (!in.number(into.record) || !in.number(part))) return false;
  into.part = static_cast<std::uint32_t>(part);
  return part <= std::numeric_limits<std::uint32_t>::max();
}

bool read_lists(Reader& in, model::Event& into) {
  std::size_t count = 0;
  if (!in.count(count, 2)) return false;
  into.subject.resize(count);
  for (model::Identifier& identifier : into.subject) {
    if (!in.text(identifier.type) || !in.text(identifier.value)) return false;
  }
  if (!in.count(count, 2)) return false;
  into.keys.resize(count);
  for (model::Key& key : into.keys) {
    if (!in.text(key.name) || !in.text(key.value)) return false;
  }
  if (!in.count(count, 3)) return false;
  into.data.resize(count);
  for (model::Attribute& attribute : into.data) {
    if (!in.text(attribute.name) || !read_value(in, attribute.value)) return false;
  }
  return true;
}

bool read_body(Reader in, model::Event& into) {
  std::uint16_t flags = 0;
  if (!in.fixed(flags) || (flags & ~unsigned{kAllFlags}) != 0) return false;
  into.is_time_ours = (flags & kTimeIsOurs) != 0;
  return in.text(into.source) && in.text(into.type) && in.fixed(into.time) &&
         read_known(in, (flags & kHasKnown) != 0, into.known) &&
         read_sequence(in, (flags & kHasSequence) != 0, into.sequence) && read_rare_texts(in, flags, into) &&
         read_place(in, (flags & kHasPlace) != 0, into) && read_lists(in, into) && in.done();
}

Error damaged(std::size_t offset, const char* what) {
  return {ErrorCode::Corrupt, "the stored event at byte " + std::to_string(offset) + " " + what +
                                  "; restore the data directory from a backup (handslag restore)"};
}

}  // namespace

void append_event(const model::Event& event, std::string& bytes) {
  const std::size_t start = bytes.size();
  bytes.resize(start + kHeadBytes + room_for(event));
  Writer out(bytes.data() + start + kHeadBytes);
  write_body(event, out);
  bytes.resize(static_cast<std::size_t>(out.at() - bytes.data()));
  seal_event(bytes, start);
}

void seal_event(std::string& bytes, std::size_t start) {
  const std::string_view body = std::string_view(bytes).substr(start + kHeadBytes);
  HANDSLAG_CHECK(body.size() <= std::numeric_limits<std::uint32_t>::max(), "an event beyond 4 GiB");
  const std::uint32_t sum = checksum(body);
  Writer head(bytes.data() + start);
  head.fixed(kVersion);
  head.fixed(static_cast<std::uint32_t>(body.size()));
  head.fixed(sum);
}

Result<std::size_t> read_event(std::string_view bytes, std::size_t offset, model::Event& into) {
  const std::string_view rest = bytes.substr(offset);
  Reader head(rest);
  char version = 0;
  std::uint32_t length = 0, sum = 0;
  if (!head.fixed(version)) return damaged(offset, "is cut short");
  if (version != kVersion) return damaged(offset, "is damaged, or was written by a newer handslag");
  if (!head.fixed(length) || !head.fixed(sum) || length > rest.size() - kHeadBytes) {
    return damaged(offset, "is cut short");
  }
  const std::string_view body = rest.substr(kHeadBytes, length);
  if (checksum(body) != sum || !read_body(Reader(body), into)) return damaged(offset, "is damaged");
  return offset + kHeadBytes + length;
}

}  // namespace handslag::store
