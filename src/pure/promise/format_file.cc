// SPDX-License-Identifier: Apache-2.0
// A whole file in canonical layout: which comment belongs to what.
//
// A comment behind a clause on its line stays there. One on a line of its own belongs to the clause or
// promise that follows; behind the last clause it stays with the promise if it is indented, else it goes with
// the next promise or the end of the file. A comment inside a clause goes before it.
#include <algorithm>

#include "pure/promise/format.h"
#include "pure/promise/format_layout.h"
#include "pure/promise/parse.h"
#include "pure/promise/parser.h"

namespace handslag::promise {
namespace {

// A header or clause with its place; `layout` is where its comments go.
struct Place {
  Span span;
  ClauseLayout* layout;
  std::size_t promise;
  bool is_header;
};

struct FileComment {
  std::string text;
  bool after_blank;
};

class FileWriter {
 public:
  FileWriter(std::string_view text, const SourceFile& file) : text_(text), file_(file) {}

  std::string write() {
    for (const SourcePromise& source : file_.promises) lay_out(source);
    collect_places();
    for (const Comment& comment : file_.comments) attach(comment);
    std::string out;
    for (std::size_t i = 0; i < layouts_.size(); ++i) {
      if (i > 0) out += "\n";
      write_comments(before_promise_[i], out);
      if (!before_promise_[i].empty() && file_.promises[i].after_blank) out += "\n";
      sort_clauses(layouts_[i]);
      out += write_layout(layouts_[i]);
    }
    if (!layouts_.empty() && !at_end_.empty()) out += "\n";
    write_comments(at_end_, out);
    return out;
  }

 private:
  void lay_out(const SourcePromise& source) {
    PromiseLayout layout;
    layout.header.lines = {header_text(source.promise, file_.spelling)};
    std::size_t claims = 0;
    for (const Clause& clause : source.clauses) {
      const std::size_t claim = clause.kind == Keyword::Claim ? claims++ : 0;
      layout.clauses.push_back(
          {clause.kind, clause_lines(source.promise, clause.kind, claim, file_.spelling), {}, {}});
    }
    layouts_.push_back(std::move(layout));
    before_promise_.emplace_back();
  }

  void collect_places() {
    for (std::size_t i = 0; i < layouts_.size(); ++i) {
      const SourcePromise& source = file_.promises[i];
      places_.push_back({source.places.header, &layouts_[i].header, i, true});
      for (std::size_t k = 0; k < source.clauses.size(); ++k) {
        places_.push_back({source.clauses[k].span, &layouts_[i].clauses[k], i, false});
      }
    }
  }

  void attach(const Comment& comment) {
    while (next_ < places_.size() && places_[next_].span.from < comment.span.from) ++next_;
    std::string said(text_.substr(comment.span.from, comment.span.size));
    if (next_ > 0) {
      const Place& last = places_[next_ - 1];
      if (comment.span.from < last.span.from + last.span.size) return before(last, comment, std::move(said));
      if (!comment.own_line) {
        last.layout->behind = std::move(said);
        return;
      }
    }
    if (next_ < places_.size() && !places_[next_].is_header) {
      return before(places_[next_], comment, std::move(said));
    }
    // Between two promises, or outside all.
    const bool follows_other = !between_.empty() && between_place_ == next_;
    if (next_ > 0 && is_indented(comment) && !follows_other) {
      layouts_[places_[next_ - 1].promise].tail.push_back(std::move(said));
      return;
    }
    between_ = said;
    between_place_ = next_;
    auto& list = next_ < places_.size() ? before_promise_[places_[next_].promise] : at_end_;
    list.push_back({std::move(said), comment.after_blank});
  }

  void before(const Place& place, const Comment& comment, std::string said) {
    if (place.is_header) {
      before_promise_[place.promise].push_back({std::move(said), comment.after_blank});
    } else {
      place.layout->before.push_back(std::move(said));
    }
  }

  bool is_indented(const Comment& comment) const {
    return comment.span.from > 0 && text_[comment.span.from - 1] != '\n';
  }

  static void sort_clauses(PromiseLayout& layout) {
    const auto rank = [](const ClauseLayout& clause) {
      return std::find(kClauseOrder.begin(), kClauseOrder.end(), clause.kind) - kClauseOrder.begin();
    };
    std::stable_sort(layout.clauses.begin(), layout.clauses.end(),
                     [&rank](const ClauseLayout& a, const ClauseLayout& b) { return rank(a) < rank(b); });
  }

  // Paragraphs of comments stay paragraphs.
  static void write_comments(const std::vector<FileComment>& comments, std::string& out) {
    for (std::size_t i = 0; i < comments.size(); ++i) {
      if (i > 0 && comments[i].after_blank) out += "\n";
      out += comments[i].text + "\n";
    }
  }

  std::string_view text_;
  const SourceFile& file_;
  std::vector<PromiseLayout> layouts_;
  std::vector<Place> places_;
  std::size_t next_ = 0;  // the first place behind the comment at hand
  std::vector<std::vector<FileComment>> before_promise_;
  std::vector<FileComment> at_end_;
  std::string between_;  // the last comment that was given to the next promise, and where
  std::size_t between_place_ = 0;
};

}  // namespace

Result<std::string> format_file(std::string_view text) {
  DiagnosticList diagnostics;
  if (text.size() > kMaxTextBytes) return over_limit("the file is larger than 1 MiB: divide it");
  const SourceFile file = read_source(text, diagnostics);
  if (diagnostics.errors() == 0) return FileWriter(text, file).write();
  const auto found = diagnostics.take_sorted();
  const Diagnostic& first = *std::find_if(found.begin(), found.end(), [](const Diagnostic& diagnostic) {
    return diagnostic.severity == Severity::Error;
  });
  const LineColumn place = place_of(text, first.span.from);
  return invalid("line " + std::to_string(place.line) + ", column " + std::to_string(place.column) + ": " +
                 message(first, Language::English));
}

}  // namespace handslag::promise
