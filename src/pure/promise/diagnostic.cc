// SPDX-License-Identifier: Apache-2.0
#include "pure/promise/diagnostic.h"

#include <algorithm>

#include "base/text.h"
#include "pure/promise/characters.h"
#include "pure/promise/diagnostic_text.h"

namespace handslag::promise {
namespace {

constexpr int kShownColumns = 100;  // of a source line
constexpr int kColumnsBefore = 40;  // of them before the span, where the line is cut

std::string alternatives(const std::vector<std::string>& arguments, std::size_t first, Language language) {
  std::string joined;
  for (std::size_t i = first; i < arguments.size(); ++i) {
    const bool last = i + 1 == arguments.size();
    if (i > first) joined += last ? (language == Language::English ? " or " : " eller ") : ", ";
    joined += noun(arguments[i], language);
  }
  return joined;
}

struct Cell {
  std::string text;  // what is shown of one character
  int columns;
  std::size_t offset;  // of the character in the line
};

// A line as cells: tabs as spaces, what would disturb a terminal as �.
std::vector<Cell> cells_of(std::string_view line) {
  constexpr int kTabColumns = 4;
  std::vector<Cell> cells;
  for (std::size_t i = 0; i < line.size();) {
    const Character c = first_character(line.substr(i));
    const bool control = c.code < 0x20 || (c.code >= 0x7F && c.code < 0xA0) ||
                         (c.code >= 0x2028 && c.code <= 0x202E) || (c.code >= 0x2066 && c.code <= 0x2069);
    if (c.code == '\t') {
      cells.push_back({std::string(kTabColumns, ' '), kTabColumns, i});
    } else if (!c.well_formed || control) {
      cells.push_back({"\xEF\xBF\xBD", 1, i});
    } else {
      cells.push_back({std::string(line.substr(i, c.bytes)), columns_of(c.code), i});
    }
    i += c.bytes;
  }
  return cells;
}

struct Excerpt {
  std::string line, caret;
};

// The part of the line around [from, end), and carets under it.
Excerpt excerpt(std::string_view line, std::size_t from, std::size_t end) {
  // Why: a long line is cut before it becomes cells, so that the cost does not grow with it.
  constexpr std::size_t kBytesAround = 1'000;
  const std::size_t cut = from > kBytesAround ? from - kBytesAround : 0;
  const auto cells = cells_of(line.substr(cut, from - cut + kBytesAround));
  const auto first = static_cast<std::size_t>(
      std::find_if(cells.begin(), cells.end(), [&](const Cell& cell) { return cell.offset + cut >= from; }) -
      cells.begin());
  std::size_t start = first;
  int before = 0;
  int whole = 0;
  for (const Cell& cell : cells) whole += cell.columns;
  const bool fits = cut == 0 && line.size() <= kBytesAround && whole <= kShownColumns;
  while (start > 0 && (fits || before + cells[start - 1].columns <= kColumnsBefore))
    before += cells[--start].columns;
  Excerpt shown;
  if (start > 0 || cut > 0) {
    shown.line = "…";
    shown.caret = " ";
  }
  int columns = 0;
  for (std::size_t i = start; i < cells.size(); ++i) {
    if (!fits && columns + cells[i].columns > kShownColumns) {
      shown.line += "…";
      break;
    }
    columns += cells[i].columns;
    shown.line += cells[i].text;
    const auto width = static_cast<std::size_t>(cells[i].columns);
    if (i < first) shown.caret.append(width, ' ');
    if (i >= first && cells[i].offset + cut < end) shown.caret.append(width, i == first ? '^' : '~');
  }
  if (shown.caret.find('^') == std::string::npos) shown.caret += '^';
  return shown;
}

std::size_t line_start(std::string_view text, std::size_t offset) {
  if (offset == 0) return 0;
  const std::size_t feed = text.rfind('\n', offset - 1);
  return feed == std::string_view::npos ? 0 : feed + 1;
}

}  // namespace

std::string_view diagnostic_name(DiagnosticCode code) {
  return text_of(code).name;
}

Severity severity_of(DiagnosticCode code) {
  return text_of(code).severity;
}

std::string message(const Diagnostic& diagnostic, Language language) {
  const DiagnosticText& text = text_of(diagnostic.code);
  const std::string_view pattern = language == Language::English ? text.english : text.swedish;
  std::string result;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool filled =
        pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 1] >= '0' && pattern[i + 1] <= '9';
    if (!filled) {
      result += pattern[i];
      continue;
    }
    const auto index = static_cast<std::size_t>(pattern[i + 1] - '0');
    const bool rest = pattern[i + 2] == '|';
    if (rest) {
      result += alternatives(diagnostic.arguments, index, language);
    } else if (index < diagnostic.arguments.size()) {
      result += noun(diagnostic.arguments[index], language);
    }
    i += rest ? 3 : 2;
  }
  return result;
}

std::string render(const Diagnostic& diagnostic, std::string_view file, std::string_view text,
                   Language language) {
  const bool english = language == Language::English;
  const std::size_t from = std::min<std::size_t>(diagnostic.span.from, text.size());
  const std::size_t start = line_start(text, from);
  std::string_view line = text.substr(start, std::min(text.find('\n', from), text.size()) - start);
  if (line.ends_with('\r')) line.remove_suffix(1);
  const LineColumn place = place_of(text, static_cast<std::uint32_t>(from));
  const std::string number = std::to_string(place.line), margin(number.size(), ' ');
  const bool error = diagnostic.severity == Severity::Error;
  const Excerpt shown =
      excerpt(line, std::min(from - start, line.size()), from - start + diagnostic.span.size);

  std::string result(file);
  result += ":" + number + ":" + std::to_string(place.column) + ": ";
  result += error ? (english ? "error: " : "fel: ") : (english ? "warning: " : "varning: ");
  result += message(diagnostic, language) + "\n";
  result += "  " + number + " | " + shown.line + "\n";
  result += "  " + margin + " | " + shown.caret + "\n";
  if (!diagnostic.suggestion.empty()) {
    result +=
        "  " + margin + " = " + (english ? "did you mean `" : "menade du `") + diagnostic.suggestion + "`?\n";
  }
  return result;
}

LineColumn place_of(std::string_view text, std::uint32_t offset) {
  const std::size_t end = std::min<std::size_t>(offset, text.size());
  const std::size_t start = line_start(text, end);
  LineColumn place;
  place.line += static_cast<std::uint32_t>(
      std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(start), '\n'));
  place.column += static_cast<std::uint32_t>(count_code_points(text.substr(start, end - start)));
  return place;
}

}  // namespace handslag::promise
