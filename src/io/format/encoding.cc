// SPDX-License-Identifier: Apache-2.0
#include "io/format/encoding.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/text.h"

namespace handslag::format {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::size_t kDecodedBytes = 64 * 1024;

// What windows-1252 has at 0x80 to 0x9F; its five holes map to themselves, as browsers do it.
constexpr std::array<std::uint16_t, 32> kWindows1252 = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

void append_utf8(std::string& text, std::uint32_t point) {
  const auto put = [&](std::uint32_t byte) { text.push_back(static_cast<char>(byte)); };
  if (point < 0x80) return put(point);
  if (point < 0x800) {
    put(0xC0U | (point >> 6U));
  } else if (point < 0x10000) {
    put(0xE0U | (point >> 12U));
    put(0x80U | ((point >> 6U) & 0x3FU));
  } else {
    put(0xF0U | (point >> 18U));
    put(0x80U | ((point >> 12U) & 0x3FU));
    put(0x80U | ((point >> 6U) & 0x3FU));
  }
  put(0x80U | (point & 0x3FU));
}

// Reads chunks and gives what `decode_chunk` makes of them.
class DecodingSource : public runtime::ByteSource {
 public:
  explicit DecodingSource(std::unique_ptr<runtime::ByteSource> source)
      : source_(std::move(source)), chunk_(kDecodedBytes) {}

  Result<std::size_t> read(std::span<char> room) override {
    while (given_ == decoded_.size()) {
      decoded_.clear();
      given_ = 0;
      HANDSLAG_TRY(size, source_->read(chunk_));
      decode_chunk({chunk_.data(), size}, decoded_);
      if (size == 0 && decoded_.empty()) return std::size_t{0};
    }
    const std::size_t size = std::min(room.size(), decoded_.size() - given_);
    std::copy_n(decoded_.data() + given_, size, room.data());
    given_ += size;
    return size;
  }
  std::uint64_t consumed() const override { return source_->consumed(); }

 private:
  // An empty chunk is the end.
  virtual void decode_chunk(std::string_view chunk, std::string& utf8) = 0;

  std::unique_ptr<runtime::ByteSource> source_;
  std::vector<char> chunk_;
  std::string decoded_;
  std::size_t given_ = 0;
};

class Windows1252Source final : public DecodingSource {
 public:
  using DecodingSource::DecodingSource;

 private:
  void decode_chunk(std::string_view chunk, std::string& utf8) override {
    for (char c : chunk) {
      const auto byte = static_cast<unsigned char>(c);
      append_utf8(utf8, byte >= 0x80 && byte < 0xA0 ? kWindows1252[byte - 0x80U] : byte);
    }
  }
};

class Utf16Source final : public DecodingSource {
 public:
  Utf16Source(std::unique_ptr<runtime::ByteSource> source, bool is_big_endian)
      : DecodingSource(std::move(source)), is_big_endian_(is_big_endian) {}

 private:
  void decode_chunk(std::string_view chunk, std::string& utf8) override {
    for (char c : chunk) {
      const auto byte = static_cast<unsigned char>(c);
      if (!has_half_) {
        half_ = byte;
        has_half_ = true;
        continue;
      }
      has_half_ = false;
      unit(is_big_endian_ ? unsigned{half_} << 8U | byte : unsigned{byte} << 8U | half_, utf8);
    }
    if (chunk.empty() && (std::exchange(has_half_, false) || std::exchange(high_, 0U) != 0))
      append_utf8(utf8, 0xFFFD);
  }

  void unit(std::uint32_t unit, std::string& utf8) {
    const bool is_low = unit >= 0xDC00 && unit <= 0xDFFF;
    const std::uint32_t high = std::exchange(high_, 0U);
    if (high != 0 && is_low) return append_utf8(utf8, 0x10000 + ((high - 0xD800) << 10U) + (unit - 0xDC00));
    if (high != 0) append_utf8(utf8, 0xFFFD);
    if (unit >= 0xD800 && unit <= 0xDBFF) {
      high_ = unit;
    } else if (std::exchange(is_first_, false) && unit == 0xFEFF) {
      return;
    } else {
      append_utf8(utf8, is_low ? 0xFFFD : unit);
    }
  }

  bool is_big_endian_;
  bool is_first_ = true;
  bool has_half_ = false;
  std::uint32_t half_ = 0;
  std::uint32_t high_ = 0;
};

// Leaves out the byte order mark, which the caller has seen.
class MarkedUtf8Source final : public DecodingSource {
 public:
  using DecodingSource::DecodingSource;

 private:
  void decode_chunk(std::string_view chunk, std::string& utf8) override {
    const std::size_t skipped = std::min(mark_bytes_left_, chunk.size());
    mark_bytes_left_ -= skipped;
    utf8.append(chunk.substr(skipped));
  }
  std::size_t mark_bytes_left_ = kUtf8Mark.size();
};

}  // namespace

std::optional<Encoding> encoding_from_name(std::string_view name) {
  if (name == "utf-8") return Encoding::Utf8;
  if (name == "latin1" || name == "windows-1252") return Encoding::Windows1252;
  if (name == "utf-16le") return Encoding::Utf16LittleEndian;
  if (name == "utf-16be") return Encoding::Utf16BigEndian;
  return std::nullopt;
}

Encoding detect_encoding(std::string_view head) {
  if (head.starts_with("\xFF\xFE")) return Encoding::Utf16LittleEndian;
  if (head.starts_with("\xFE\xFF")) return Encoding::Utf16BigEndian;
  for (std::size_t cut = 0; cut < 4 && cut <= head.size(); ++cut) {
    if (is_utf8(head.substr(0, head.size() - cut))) return Encoding::Utf8;
    if (cut < head.size() && static_cast<unsigned char>(head[head.size() - 1 - cut]) < 0x80) break;
  }
  return Encoding::Windows1252;
}

std::unique_ptr<runtime::ByteSource> decode(std::unique_ptr<runtime::ByteSource> source, Encoding encoding,
                                            std::string_view head) {
  switch (encoding) {
    case Encoding::Windows1252:
      return std::make_unique<Windows1252Source>(std::move(source));
    case Encoding::Utf16LittleEndian:
    case Encoding::Utf16BigEndian:
      return std::make_unique<Utf16Source>(std::move(source), encoding == Encoding::Utf16BigEndian);
    case Encoding::Utf8:
      if (head.starts_with(kUtf8Mark)) return std::make_unique<MarkedUtf8Source>(std::move(source));
      break;
  }
  return source;
}

}  // namespace handslag::format
