// SPDX-License-Identifier: Apache-2.0
#include "io/runtime/file.h"

#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include <array>

#include "io/runtime/file_gzip.h"

namespace handslag::runtime {
namespace {

Result<std::string> all_of(ByteSource& source, std::size_t step = 7) {
  std::string all;
  std::vector<char> room(step);
  for (;;) {
    HANDSLAG_TRY(size, source.read(room));
    if (size == 0) return all;
    all.append(room.data(), size);
  }
}

std::string gzipped(std::string_view text) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  std::string in(text);
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

TEST(File, SaysWhatIsMissing) {
  auto opened = open_file("/no/such/file.csv");
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().code, ErrorCode::NotFound);
  EXPECT_NE(opened.error().message.find("/no/such/file.csv"), std::string::npos);
}

TEST(File, RefusesAFolder) {
  auto opened = open_file("/");
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().code, ErrorCode::Invalid);
}

TEST(File, SaysThatItMayNotBeRead) {
  if (::geteuid() == 0) GTEST_SKIP() << "the superuser may read everything";
  auto opened = open_file("/etc/shadow");
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().code, ErrorCode::Unavailable);
}

TEST(File, PeekLosesNothing) {
  auto peeked = peek(bytes_source("0123456789abcdef"), 4);
  ASSERT_TRUE(peeked.ok());
  EXPECT_EQ(peeked->head, "0123");
  EXPECT_EQ(*all_of(*peeked->source), "0123456789abcdef");
}

TEST(File, PeekOfLittleIsAll) {
  auto peeked = peek(bytes_source("ab"), 4);
  ASSERT_TRUE(peeked.ok());
  EXPECT_EQ(peeked->head, "ab");
  EXPECT_EQ(*all_of(*peeked->source), "ab");
}

TEST(Gzip, InflatesMembersOnEndAndIgnoresPadding) {
  const std::string bytes = gzipped("first,") + gzipped("second") + std::string(512, '\0');
  EXPECT_TRUE(is_gzip(bytes));
  auto source = inflate_gzip(bytes_source(bytes), {});
  EXPECT_EQ(*all_of(*source), "first,second");
  EXPECT_EQ(source->consumed(), bytes.size());
}

TEST(Gzip, SaysWhenTheFileIsCutShort) {
  const std::string bytes = gzipped("a text that is long enough to be cut in the middle of it");
  for (std::size_t size : {std::size_t{3}, bytes.size() / 2, bytes.size() - 1}) {
    auto source = inflate_gzip(bytes_source(std::string_view(bytes).substr(0, size)), {});
    auto all = all_of(*source);
    ASSERT_FALSE(all.ok()) << size;
    EXPECT_EQ(all.error().code, ErrorCode::Invalid);
  }
}

TEST(Gzip, SaysWhenTheBytesAreDamaged) {
  std::string bytes = gzipped("a text that is long enough to be damaged in the middle of it");
  bytes[bytes.size() - 6] = static_cast<char>(bytes[bytes.size() - 6] ^ 0x55);  // in the checksum
  auto source = inflate_gzip(bytes_source(bytes), {});
  EXPECT_FALSE(all_of(*source).ok());
}

TEST(Gzip, StopsABombByItsRatio) {
  const std::string bytes = gzipped(std::string(4 << 20, '0'));
  InflateLimits limits;
  limits.ratio_from_bytes = 1 << 20;
  auto source = inflate_gzip(bytes_source(bytes), limits);
  auto all = all_of(*source, 65536);
  ASSERT_FALSE(all.ok());
  EXPECT_EQ(all.error().code, ErrorCode::Limit);
}

TEST(Gzip, StopsAtTheAbsoluteLimit) {
  const std::string bytes = gzipped(std::string(10'000, '0'));
  InflateLimits limits;
  limits.inflated_bytes = 9'999;
  auto source = inflate_gzip(bytes_source(bytes), limits);
  EXPECT_EQ(all_of(*source).error().code, ErrorCode::Limit);
  limits.inflated_bytes = 10'000;
  source = inflate_gzip(bytes_source(bytes), limits);
  EXPECT_EQ(all_of(*source)->size(), 10'000U);
}

}  // namespace
}  // namespace handslag::runtime
