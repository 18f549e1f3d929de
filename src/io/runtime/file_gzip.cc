// SPDX-License-Identifier: Apache-2.0
#include "io/runtime/file_gzip.h"

#include <zlib.h>

#include <algorithm>
#include <vector>

namespace handslag::runtime {
namespace {

constexpr std::size_t kInputBytes = 256 * 1024;
constexpr int kGzipWindow = 15 + 16;  // zlib's way to say: 32 kB window, gzip header

class GzipSource final : public ByteSource {
 public:
  GzipSource(std::unique_ptr<ByteSource> compressed, InflateLimits limits)
      : compressed_(std::move(compressed)), limits_(limits), input_(kInputBytes) {
    is_ready_ = inflateInit2(&stream_, kGzipWindow) == Z_OK;
  }
  ~GzipSource() override {
    if (is_ready_) inflateEnd(&stream_);
  }
  GzipSource(const GzipSource&) = delete;
  GzipSource& operator=(const GzipSource&) = delete;

  Result<std::size_t> read(std::span<char> room) override {
    if (!is_ready_) return Error{ErrorCode::Internal, "zlib cannot start; is there memory left?"};
    stream_.next_out = reinterpret_cast<Bytef*>(room.data());
    stream_.avail_out = static_cast<uInt>(std::min<std::size_t>(room.size(), 1U << 30U));
    const uInt asked = stream_.avail_out;
    while (stream_.avail_out == asked && !is_done_) HANDSLAG_CHECK_STATUS(step());
    const std::size_t given = asked - stream_.avail_out;
    inflated_ += given;
    HANDSLAG_CHECK_STATUS(check_limits());
    return given;
  }
  std::uint64_t consumed() const override { return compressed_->consumed(); }

 private:
  Status step() {
    if (stream_.avail_in == 0) HANDSLAG_CHECK_STATUS(fill());
    if (stream_.avail_in == 0) {
      if (!is_between_members_) return invalid("the gzip data ends in the middle; copy the file again");
      is_done_ = true;
      return {};
    }
    if (is_between_members_ && *stream_.next_in == 0) return skip_padding();
    is_between_members_ = false;
    const int outcome = inflate(&stream_, Z_NO_FLUSH);
    if (outcome == Z_STREAM_END) {
      is_between_members_ = true;
      inflateReset(&stream_);
      return {};
    }
    if (outcome == Z_OK || outcome == Z_BUF_ERROR) return {};
    const char* detail = stream_.msg != nullptr ? stream_.msg : "unknown fault";
    return invalid(std::string("the gzip data is damaged (") + detail + "); copy the file again");
  }

  // Why: tape and block copies pad the end of a file with zeros, which gzip itself ignores.
  Status skip_padding() {
    ++stream_.next_in;
    --stream_.avail_in;
    return {};
  }

  Status fill() {
    HANDSLAG_TRY(size, compressed_->read(input_));
    stream_.next_in = reinterpret_cast<Bytef*>(input_.data());
    stream_.avail_in = static_cast<uInt>(size);
    read_ += size;
    return {};
  }

  Status check_limits() const {
    if (inflated_ > limits_.inflated_bytes) {
      return over_limit("the gzip data inflates to more than " + std::to_string(limits_.inflated_bytes) +
                        " bytes; split the file or raise the limit");
    }
    const std::uint64_t compressed = std::max<std::uint64_t>(read_ - stream_.avail_in, 1);
    if (inflated_ > limits_.ratio_from_bytes && inflated_ / compressed > limits_.ratio) {
      return over_limit("the gzip data inflates more than " + std::to_string(limits_.ratio) +
                        " times, as a file made to fill the machine does; inflate it by hand if it is right");
    }
    return {};
  }

  std::unique_ptr<ByteSource> compressed_;
  InflateLimits limits_;
  std::vector<char> input_;
  z_stream stream_{};
  std::uint64_t inflated_ = 0;
  std::uint64_t read_ = 0;
  bool is_ready_ = false;
  bool is_between_members_ = false;
  bool is_done_ = false;
};

}  // namespace

bool is_gzip(std::string_view head) {
  return head.size() >= 2 && head[0] == '\x1f' && head[1] == '\x8b';
}

std::unique_ptr<ByteSource> inflate_gzip(std::unique_ptr<ByteSource> compressed, InflateLimits limits) {
  return std::make_unique<GzipSource>(std::move(compressed), limits);
}

}  // namespace handslag::runtime
