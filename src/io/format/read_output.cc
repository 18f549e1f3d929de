// SPDX-License-Identifier: Apache-2.0
#include "io/format/read_output.h"

#include <array>

namespace handslag::format {
namespace {

constexpr std::uint64_t kProgressBytes = 1 << 20;
constexpr const char* kStop = "the sink has seen enough";

class ReportingSource final : public runtime::ByteSource {
 public:
  ReportingSource(std::unique_ptr<runtime::ByteSource> source, ReadOutput& output)
      : source_(std::move(source)), output_(output) {}

  Result<std::size_t> read(std::span<char> room) override {
    HANDSLAG_TRY(size, source_->read(room));
    const std::uint64_t bytes = source_->consumed();
    if (bytes - reported_ >= kProgressBytes || size == 0) {
      reported_ = bytes;
      HANDSLAG_CHECK_STATUS(output_.progress(bytes));
    }
    return size;
  }
  std::uint64_t consumed() const override { return source_->consumed(); }

 private:
  std::unique_ptr<runtime::ByteSource> source_;
  ReadOutput& output_;
  std::uint64_t reported_ = 0;
};

}  // namespace

Status stop_reading() {
  return Error{ErrorCode::Conflict, kStop};
}

bool is_stop(const Error& error) {
  return error.code == ErrorCode::Conflict && error.message == kStop;
}

std::string_view warning_text(WarningKind kind) {
  static constexpr std::array<std::string_view, kWarningKinds> kTexts = {
      "local times that daylight saving doubles: the first was taken",
      "times that are only a day: its first instant was taken",
      "records without a subject: their events belong to the organisation",
      "attributes of a trace behind its events: events before them do not have them",
      "columns of the map that no record has",
      "the file is not UTF-8 and was read as windows-1252; if letters come out wrong, name its encoding in "
      "the "
      "map's [format]",
  };
  return kTexts[static_cast<std::size_t>(kind)];
}

Status ReadOutput::reject(RecordPlace place, Fault fault, std::string_view raw) {
  ++summary_.rejected;
  return sink_.reject(RejectedRecord{place.line, place.record, std::move(fault.column),
                                     std::move(fault.reason), std::string(cut_text(raw, kRawBytes)),
                                     raw.size() > kRawBytes});
}

Status ReadOutput::progress(std::uint64_t bytes_read) {
  summary_.bytes = bytes_read;
  return sink_.progress(bytes_read);
}

void ReadOutput::warn(WarningKind kind, RecordPlace place, std::string_view detail) {
  for (Warning& warning : summary_.warnings) {
    if (warning.kind == kind) {
      ++warning.count;
      return;
    }
  }
  summary_.warnings.push_back({kind, 1, place.line != 0 ? place.line : place.record, std::string(detail)});
}

std::unique_ptr<runtime::ByteSource> reporting(std::unique_ptr<runtime::ByteSource> source,
                                               ReadOutput& output) {
  return std::make_unique<ReportingSource>(std::move(source), output);
}

std::string_view cut_text(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) --bytes;
  return text.substr(0, bytes);
}

std::string pointer_step(std::string_view name) {
  std::string step = "/";
  for (char c : cut_text(name, 200)) {
    if (c == '~') {
      step += "~0";
    } else if (c == '/') {
      step += "~1";
    } else {
      step += c;
    }
  }
  return step;
}

}  // namespace handslag::format
