// SPDX-License-Identifier: Apache-2.0
#include "io/http/inflate.h"

#include <algorithm>

namespace handslag::http {
namespace {

constexpr std::size_t kPieceBytes = 16 << 10;
constexpr std::uint64_t kRatioFromBytes = 1 << 20;
constexpr int kWindowBits = 15;

Error damaged() {
  return invalid(
      "The body is not what its Content-Encoding says, or is damaged; send it whole, or unpacked.");
}

}  // namespace

BodyInflater::BodyInflater(Coding coding, std::uint64_t limit_bytes, std::uint32_t ratio)
    : coding_(coding), limit_bytes_(limit_bytes), ratio_(ratio) {}

BodyInflater::~BodyInflater() {
  if (begun_) inflateEnd(&stream_);
}

Status BodyInflater::begin(unsigned char first) {
  int window_bits = kWindowBits + 16;  // gzip only
  if (coding_ == Coding::Deflate) {
    // Why: "deflate" means zlib's wrapping, but some clients send the bare form. A zlib header's low half is
    // 8; a bare block that begins so would be a stored one with odd padding, which no encoder writes.
    window_bits = (first & 0x0FU) == 8 ? kWindowBits : -kWindowBits;
  }
  if (inflateInit2(&stream_, window_bits) != Z_OK) return Error{ErrorCode::Internal, "zlib: no memory"};
  begun_ = true;
  return {};
}

Status BodyInflater::within_limits(const std::string& body) const {
  if (body.size() > limit_bytes_) {
    return over_limit("The body is larger than " + std::to_string(limit_bytes_) +
                      " bytes when unpacked; send it in smaller parts.");
  }
  if (body.size() > kRatioFromBytes && body.size() / ratio_ > bytes_in_) {
    return over_limit("The body unpacks to more than " + std::to_string(ratio_) +
                      " times its size; send it unpacked, in smaller parts.");
  }
  return {};
}

Status BodyInflater::drain(std::string& body) {
  // Why a piece of its own: making room in `body` would clear it for each of many tiny members.
  Bytef piece[kPieceBytes];
  do {
    stream_.next_out = piece;
    stream_.avail_out = kPieceBytes;
    const int outcome = inflate(&stream_, Z_NO_FLUSH);
    body.append(reinterpret_cast<const char*>(piece), kPieceBytes - stream_.avail_out);
    HANDSLAG_CHECK_STATUS(within_limits(body));
    if (outcome == Z_STREAM_END) {
      ended_ = true;
      return {};
    }
    if (outcome != Z_OK && outcome != Z_BUF_ERROR) return damaged();
  } while (stream_.avail_out == 0);
  return {};
}

Status BodyInflater::add(std::string_view bytes, std::string& body) {
  if (bytes.empty()) return {};
  if (!begun_) HANDSLAG_CHECK_STATUS(begin(static_cast<unsigned char>(bytes.front())));
  bytes_in_ += bytes.size();
  stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // zlib does not write there
  stream_.avail_in = static_cast<uInt>(bytes.size());  // pieces are at most a read buffer long
  while (stream_.avail_in > 0) {
    if (ended_) {
      if (coding_ != Coding::Gzip || inflateReset(&stream_) != Z_OK) return damaged();
      ended_ = false;
    }
    HANDSLAG_CHECK_STATUS(drain(body));
  }
  return {};
}

Status BodyInflater::finish() const {
  if (!begun_ || !ended_) return damaged();
  return {};
}

}  // namespace handslag::http
