// SPDX-License-Identifier: Apache-2.0
#include "io/format/record_buffer.h"

#include <cstring>

#include "io/format/read_output.h"

namespace handslag::format {
namespace {
constexpr std::size_t kChunkBytes = 256 * 1024;
constexpr std::size_t kPaddingBytes = 64;  // simdjson reads so far behind a text
// Why a character more than is kept of it: so the cut shows.
constexpr std::size_t kBeginningBytes = kRawBytes + 4;
}  // namespace

RecordBuffer::RecordBuffer(runtime::ByteSource& source, std::size_t record_bytes)
    : source_(source), record_bytes_(record_bytes), bytes_(kChunkBytes) {}

void RecordBuffer::start_record() {
  begin = at;
  beginning_.clear();
}

Status RecordBuffer::refill() {
  if (at - begin > record_bytes_) {
    if (beginning_.empty()) beginning_ = cut_text({bytes_.data() + begin, at - begin}, kBeginningBytes);
    begin = at;
  }
  if (begin > 0) {
    std::memmove(bytes_.data(), bytes_.data() + begin, end - begin);
    at -= begin;
    end -= begin;
    begin = 0;
  }
  if (bytes_.size() - end < kChunkBytes / 2) bytes_.resize(bytes_.size() * 2);
  HANDSLAG_TRY(size, source_.read(std::span<char>(bytes_).subspan(end, bytes_.size() - end - kPaddingBytes)));
  end += size;
  is_at_end_ = size == 0;
  return {};
}

std::string_view RecordBuffer::record(std::size_t record_end) const {
  if (!beginning_.empty()) return beginning_;
  if (is_too_long(record_end)) return cut_text({bytes_.data() + begin, record_end - begin}, kBeginningBytes);
  return {bytes_.data() + begin, record_end - begin};
}

}  // namespace handslag::format
