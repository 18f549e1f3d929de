// SPDX-License-Identifier: Apache-2.0
#include "pure/promise/format_layout.h"

#include "base/text.h"

namespace handslag::promise {
namespace {

constexpr std::string_view kBetweenClauses = "   ";
constexpr std::string_view kBeforeComment = "  ";

// Which clauses may share a line: those of one number; 0: none.
int line_group(Keyword kind) {
  switch (kind) {
    case Keyword::KeptBy:
    case Keyword::MadeBy:
    case Keyword::Touchpoint:
    case Keyword::Expectation:
    case Keyword::Weight:
      return 1;
    case Keyword::Calendar:
    case Keyword::Zone:
    case Keyword::ValidFrom:
    case Keyword::ValidTo:
      return 2;
    default:
      return 0;
  }
}

class LayoutWriter {
 public:
  std::string write(const PromiseLayout& layout) {
    line_ = layout.header.lines.front();
    end_line(layout.header.behind);
    for (const ClauseLayout& clause : layout.clauses) add(clause);
    end_line({});
    for (const std::string& comment : layout.tail) out_ += std::string(kIndent) + comment + "\n";
    return std::move(out_);
  }

 private:
  void add(const ClauseLayout& clause) {
    if (!shares_line(clause)) end_line({});
    for (const std::string& comment : clause.before) out_ += std::string(kIndent) + comment + "\n";
    for (std::size_t i = 0; i < clause.lines.size(); ++i) {
      if (i > 0) end_line({});
      line_ += std::string(line_.empty() ? kIndent : kBetweenClauses) + clause.lines[i];
    }
    group_ = line_group(clause.kind);
    if (!clause.behind.empty()) end_line(clause.behind);
  }

  bool shares_line(const ClauseLayout& clause) const {
    if (line_.empty() || !clause.before.empty()) return false;
    const int group = line_group(clause.kind);
    const std::size_t columns =
        count_code_points(line_) + kBetweenClauses.size() + count_code_points(clause.lines[0]);
    return group != 0 && group == group_ && columns <= kLineColumns;
  }

  void end_line(const std::string& comment) {
    if (line_.empty()) return;
    out_ += line_;
    if (!comment.empty()) out_ += std::string(kBeforeComment) + comment;
    out_ += "\n";
    line_.clear();
    group_ = 0;
  }

  std::string out_, line_;
  int group_ = 0;
};

}  // namespace

std::string write_layout(const PromiseLayout& layout) {
  return LayoutWriter().write(layout);
}

}  // namespace handslag::promise
