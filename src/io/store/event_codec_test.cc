// SPDX-License-Identifier: Apache-2.0
#include "io/store/event_codec.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

namespace handslag::store {
namespace {

using Random = std::mt19937_64;

// Any bytes, often none, now and then long enough for a length of two and three bytes.
std::string any_text(Random& random) {
  constexpr std::size_t kSizes[] = {0, 0, 1, 4, 9, 20, 127, 128, 300, 17'000};
  const std::size_t size = kSizes[random() % (random() % 8 == 0 ? std::size(kSizes) : 6)];
  std::string text(size, '\0');
  for (char& c : text) c = static_cast<char>(random());
  return text;
}

// Of every size: extremes as often as small ones.
std::int64_t any_number(Random& random) {
  return static_cast<std::int64_t>(random() >> (random() % 64)) * (random() % 2 == 0 ? 1 : -1);
}

model::Value any_value(Random& random) {
  switch (random() % 5) {
    case 0:
      return any_text(random);
    case 1:
      return std::bit_cast<double>(random());
    case 2:
      return Timestamp{any_number(random)};
    case 3:
      return random() % 2 == 0;
    default:
      return Date{static_cast<std::int32_t>(random())};
  }
}

model::Event any_event(Random& random) {
  model::Event event;
  for (std::string* text : {&event.source, &event.id, &event.type, &event.unit, &event.channel,
                            &event.touchpoint, &event.agent, &event.replaces, &event.voids})
    *text = any_text(random);
  event.time = {any_number(random)};
  event.is_time_ours = random() % 2 == 0;
  if (random() % 2 == 0) event.known = Timestamp{any_number(random)};
  event.sequence = any_number(random);
  for (std::uint64_t i = random() % 4; i > 0; --i)
    event.subject.push_back({any_text(random), any_text(random)});
  for (std::uint64_t i = random() % 4; i > 0; --i) event.keys.push_back({any_text(random), any_text(random)});
  for (std::uint64_t i = random() % 6; i > 0; --i)
    event.data.push_back({any_text(random), any_value(random)});
  event.record = random() >> (random() % 64);
  event.part = static_cast<std::uint32_t>(random() >> (random() % 64));
  return event;
}

// Equal also where a number is not a number.
bool same(const model::Value& a, const model::Value& b) {
  const auto *x = std::get_if<double>(&a), *y = std::get_if<double>(&b);
  if (x != nullptr && y != nullptr)
    return std::bit_cast<std::uint64_t>(*x) == std::bit_cast<std::uint64_t>(*y);
  return a == b;
}

void expect_same(const model::Event& a, const model::Event& b) {
  EXPECT_EQ(std::tie(a.source, a.id, a.type, a.unit, a.channel, a.touchpoint, a.agent, a.replaces, a.voids),
            std::tie(b.source, b.id, b.type, b.unit, b.channel, b.touchpoint, b.agent, b.replaces, b.voids));
  EXPECT_EQ(std::tie(a.time, a.known, a.sequence, a.record, a.part),
            std::tie(b.time, b.known, b.sequence, b.record, b.part));
  EXPECT_EQ(a.subject, b.subject);
  EXPECT_EQ(a.keys, b.keys);
  ASSERT_EQ(a.data.size(), b.data.size());
  for (std::size_t i = 0; i < a.data.size(); ++i) {
    EXPECT_EQ(a.data[i].name, b.data[i].name);
    EXPECT_TRUE(same(a.data[i].value, b.data[i].value));
  }
}

model::Event full_event() {
  model::Event event;
  event.source = "shop";
  event.id = "a-1";
  event.type = "order.placed";
  event.time = {1'700'000'000'000'000};
  event.known = Timestamp{1'700'000'000'000'001};
  event.sequence = -3;
  event.subject = {{"email", "a@example.se"}};
  event.unit = "store 7";
  event.keys = {{"order", "A-1001"}};
  event.data = {{"text", model::Value{std::string("x")}},
                {"number", 1.5},
                {"at", Timestamp{5}},
                {"gift", true},
                {"day", Date{-20'000}}};
  event.voids = "a-0";
  event.record = 7;
  event.part = 2;
  return event;
}

TEST(EventCodec, GivesBackEveryFieldOfAnyEvent) {
  Random random(1);
  std::string bytes;
  std::vector<model::Event> written;
  for (int i = 0; i < 3000; ++i) {
    written.push_back(any_event(random));
    append_event(written.back(), bytes);
  }
  model::Event read;  // one for all: nothing of an earlier event may remain
  std::size_t at = 0;
  for (const model::Event& event : written) {
    const auto next = read_event(bytes, at, read);
    ASSERT_TRUE(next.ok()) << next.error().message;
    expect_same(event, read);
    at = *next;
  }
  EXPECT_EQ(at, bytes.size());
}

TEST(EventCodec, GivesBackTheExtremes) {
  model::Event event = full_event();
  event.time = kLastTime;
  event.known = kFirstTime;
  event.sequence = std::numeric_limits<std::int64_t>::min();
  event.record = std::numeric_limits<std::uint64_t>::max();
  event.part = std::numeric_limits<std::uint32_t>::max();
  event.data = {{"a", Date{std::numeric_limits<std::int32_t>::min()}},
                {"b", Date{std::numeric_limits<std::int32_t>::max()}},
                {"c", -0.0},
                {"d", std::numeric_limits<double>::quiet_NaN()},
                {"e", Timestamp{std::numeric_limits<std::int64_t>::min()}},
                {"f", false}};
  std::string bytes;
  append_event(event, bytes);
  model::Event read;
  ASSERT_TRUE(read_event(bytes, 0, read).ok());
  expect_same(event, read);
  EXPECT_TRUE(std::signbit(std::get<double>(read.data[2].value)));
}

// By hand from the description in the header; the checksum apart, which is XXH3's.
TEST(EventCodec, WritesTheBytesThatAreDescribed) {
  model::Event event;
  event.source = "s";
  event.type = "ty";
  event.time = {0x0102'0304'0506'0708};
  event.sequence = -2;
  event.keys = {{"k", "v"}};
  event.data = {{"d", true}};
  std::string bytes;
  append_event(event, bytes);
  const std::string body = std::string("\x04\x00", 2) + "\x01s" + "\x02ty" +
                           "\x08\x07\x06\x05\x04\x03\x02\x01" + "\x03" + std::string("\x00", 1) +
                           "\x01\x01k\x01v" + "\x01\x01" + "d" + "\x04\x01";
  EXPECT_EQ(bytes.substr(0, 5),
            std::string("\x01", 1) + static_cast<char>(body.size()) + std::string(3, '\0'));
  EXPECT_EQ(bytes.substr(kHeadBytes), body);
}

TEST(EventCodec, TellsEveryCutFromAWholeEvent) {
  std::string bytes;
  append_event(full_event(), bytes);
  model::Event read;
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    // Why a copy of its own: a look past the end is then a look outside the memory.
    const std::string cut(bytes.data(), size);
    const auto outcome = read_event(cut, 0, read);
    ASSERT_FALSE(outcome.ok()) << size;
    EXPECT_EQ(outcome.error().code, ErrorCode::Corrupt);
  }
}

TEST(EventCodec, TellsEveryFlippedBit) {
  std::string bytes;
  append_event(full_event(), bytes);
  model::Event read;
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    std::string flipped = bytes;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    const auto outcome = read_event(flipped, 0, read);
    ASSERT_FALSE(outcome.ok()) << bit;
    EXPECT_EQ(outcome.error().code, ErrorCode::Corrupt);
  }
}

// Past the checksum: bodies cut and changed at will, closed again as if they had been written so.
TEST(EventCodec, UnderstandsOrRefusesAnyBody) {
  Random random(2);
  std::size_t refused = 0, understood = 0;
  for (int i = 0; i < 10'000; ++i) {
    std::string bytes;
    append_event(i % 4 == 0 ? full_event() : any_event(random), bytes);
    for (std::uint64_t n = random() % 3; n > 0; --n)
      bytes[kHeadBytes + random() % (bytes.size() - kHeadBytes)] = static_cast<char>(random());
    if (random() % 3 == 0) bytes.resize(kHeadBytes + random() % (bytes.size() - kHeadBytes));
    bytes.shrink_to_fit();
    seal_event(bytes, 0);
    model::Event read;
    const auto outcome = read_event(bytes, 0, read);
    if (outcome.ok()) {
      ++understood;
      std::string again;
      append_event(read, again);
      EXPECT_TRUE(read_event(again, 0, read).ok());
    } else {
      ++refused;
      EXPECT_EQ(outcome.error().code, ErrorCode::Corrupt);
    }
  }
  EXPECT_GT(refused, 2000U);
  EXPECT_GT(understood, 2000U);
}

// A body of a few bytes that says it holds a thousand million identifiers.
TEST(EventCodec, AsksForNoMoreMemoryThanTheBytesCanFill) {
  std::string bytes(kHeadBytes, '\0');
  bytes += std::string("\x00\x00", 2) + "\x01s\x01t" + std::string(8, '\0') + "\xff\xff\xff\xff\x03";
  seal_event(bytes, 0);
  model::Event read;
  EXPECT_EQ(read_event(bytes, 0, read).error().code, ErrorCode::Corrupt);
  EXPECT_EQ(read.subject.capacity(), 0U);
}

TEST(EventCodec, RefusesAnotherVersionAndBytesAfterTheLastField) {
  std::string bytes;
  append_event(full_event(), bytes);
  std::string newer = bytes;
  newer[0] = 2;
  model::Event read;
  EXPECT_EQ(read_event(newer, 0, read).error().code, ErrorCode::Corrupt);
  bytes += 'x';
  EXPECT_TRUE(read_event(bytes, 0, read).ok());  // what follows is the next event's
  seal_event(bytes, 0);
  EXPECT_EQ(read_event(bytes, 0, read).error().code, ErrorCode::Corrupt);
}

}  // namespace
}  // namespace handslag::store
