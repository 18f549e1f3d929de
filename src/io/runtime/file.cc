// SPDX-License-Identifier: Apache-2.0
#include "io/runtime/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace handslag::runtime {
namespace {

Error system_error(const std::string& path, const std::string& what) {
  const int number = errno;
  const ErrorCode code = number == ENOENT || number == ENOTDIR ? ErrorCode::NotFound : ErrorCode::Unavailable;
  std::string remedy;
  if (number == ENOENT) remedy = "; check the path";
  if (number == EACCES) remedy = "; give this user the right to read it";
  return Error{code, path + ": " + what + ": " + std::strerror(number) + remedy};
}

class OpenedFile final : public ByteSource {
 public:
  OpenedFile(int descriptor, std::string path) : descriptor_(descriptor), path_(std::move(path)) {}
  ~OpenedFile() override { ::close(descriptor_); }
  OpenedFile(const OpenedFile&) = delete;
  OpenedFile& operator=(const OpenedFile&) = delete;

  Result<std::size_t> read(std::span<char> room) override {
    for (;;) {
      const ssize_t size = ::read(descriptor_, room.data(), room.size());
      if (size < 0 && errno == EINTR) continue;
      if (size < 0) return system_error(path_, "cannot read");
      consumed_ += static_cast<std::uint64_t>(size);
      return static_cast<std::size_t>(size);
    }
  }
  std::uint64_t consumed() const override { return consumed_; }

 private:
  int descriptor_;
  std::string path_;
  std::uint64_t consumed_ = 0;
};

class BytesInMemory final : public ByteSource {
 public:
  explicit BytesInMemory(std::string_view bytes) : rest_(bytes) {}

  Result<std::size_t> read(std::span<char> room) override {
    const std::size_t size = std::min(room.size(), rest_.size());
    std::copy_n(rest_.data(), size, room.data());
    rest_.remove_prefix(size);
    consumed_ += size;
    return size;
  }
  std::uint64_t consumed() const override { return consumed_; }

 private:
  std::string_view rest_;
  std::uint64_t consumed_ = 0;
};

// Gives the bytes looked at first, then the rest.
class HeadThenRest final : public ByteSource {
 public:
  HeadThenRest(std::string head, std::unique_ptr<ByteSource> rest)
      : head_(std::move(head)), rest_(std::move(rest)) {}

  Result<std::size_t> read(std::span<char> room) override {
    if (given_ == head_.size()) return rest_->read(room);
    const std::size_t size = std::min(room.size(), head_.size() - given_);
    std::copy_n(head_.data() + given_, size, room.data());
    given_ += size;
    return size;
  }
  std::uint64_t consumed() const override { return rest_->consumed(); }

 private:
  std::string head_;
  std::size_t given_ = 0;
  std::unique_ptr<ByteSource> rest_;
};

}  // namespace

Result<std::unique_ptr<ByteSource>> open_file(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return system_error(path, "cannot open");
  auto file = std::make_unique<OpenedFile>(descriptor, path);
  struct stat about {};
  if (::fstat(descriptor, &about) == 0 && S_ISDIR(about.st_mode)) {
    return invalid(path + " is a folder; name the files in it");
  }
  return std::unique_ptr<ByteSource>(std::move(file));
}

Result<std::uint64_t> file_size_bytes(const std::string& path) {
  struct stat about {};
  if (::stat(path.c_str(), &about) != 0) return system_error(path, "cannot look at");
  return S_ISREG(about.st_mode) ? static_cast<std::uint64_t>(about.st_size) : std::uint64_t{0};
}

Result<std::string> read_small_file(const std::string& path, std::size_t limit_bytes) {
  HANDSLAG_TRY(file, open_file(path));
  HANDSLAG_TRY(peeked, peek(std::move(file), limit_bytes + 1));
  if (peeked.head.size() > limit_bytes) {
    return over_limit(path + " is larger than " + std::to_string(limit_bytes) +
                      " bytes; is it the right file?");
  }
  return std::move(peeked.head);
}

std::unique_ptr<ByteSource> bytes_source(std::string_view bytes) {
  return std::make_unique<BytesInMemory>(bytes);
}

Result<Peeked> peek(std::unique_ptr<ByteSource> source, std::size_t head_bytes) {
  std::string head(head_bytes, '\0');
  std::size_t filled = 0;
  while (filled < head_bytes) {
    HANDSLAG_TRY(size, source->read(std::span<char>(head).subspan(filled)));
    if (size == 0) break;
    filled += size;
  }
  head.resize(filled);
  auto whole = std::make_unique<HeadThenRest>(head, std::move(source));
  return Peeked{std::move(head), std::move(whole)};
}

}  // namespace handslag::runtime
