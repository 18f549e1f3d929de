// SPDX-License-Identifier: Apache-2.0
// Guards, with a stack of open parentheses instead of recursion.
#include <algorithm>

#include "base/text.h"
#include "pure/promise/parser.h"

namespace handslag::promise {
namespace {

NameRef split_name(std::string_view word) {
  const std::size_t dot = word.find('.');
  if (dot == std::string_view::npos) return {"", std::string(word)};
  return {std::string(word.substr(0, dot)), std::string(word.substr(dot + 1))};
}

}  // namespace

/// Reads one guard. What is open: a frame for the whole and one for each parenthesis, with what waits for its
/// `and`, its `or` and its `not`.
class GuardReader {
 public:
  /// `in_parentheses`: the guard is the parenthesis that begins here and nothing behind it.
  GuardReader(Parser& parser, bool in_parentheses) : parser_(parser), in_parentheses_(in_parentheses) {
    frames_.emplace_back();
  }

  std::optional<Guard> read() {
    while (true) {
      if (!open() || !comparison()) return std::nullopt;
      bool more = false;
      while (!more) {
        if (frames_.size() > 1 && parser_.take(TokenKind::Close)) {
          close();
          if (frames_.size() == 1 && in_parentheses_) return finish();
          continue;
        }
        if (accept(Keyword::And)) {
          more = true;
        } else if (accept(Keyword::Or)) {
          join_and();
          more = true;
        } else if (frames_.size() > 1) {
          parser_.report_expected("@close");
          return std::nullopt;
        } else {
          return finish();
        }
      }
    }
  }

 private:
  struct Frame {
    std::vector<std::uint32_t> all, any;  // nodes waiting to be joined by `and`, by `or`
    std::vector<std::size_t> nots;        // tokens
  };

  // Why not Parser::accept: behind a guard a word may begin the next clause.
  bool accept(Keyword keyword) {
    if (parser_.take(keyword)) return true;
    const Parser::Repair repair = parser_.repair({keyword});
    if (!repair.other_spelling) return false;
    parser_.apply(repair, {keyword});
    return true;
  }

  // Any number of `not` and `(`.
  bool open() {
    while (true) {
      const bool negates = parser_.at(Keyword::Not), opens = parser_.at(TokenKind::Open);
      if (!negates && !opens) return true;
      // `not (` counts once, so that a guard in canonical layout is no deeper than as it was written.
      if (!(opens && !frames_.back().nots.empty())) ++depth_;
      if (depth_ > kMaxGuardDepth) {
        parser_.report(DiagnosticCode::GuardTooDeep, parser_.token().span, {std::to_string(kMaxGuardDepth)});
        return false;
      }
      if (negates) {
        frames_.back().nots.push_back(parser_.at_);
      } else {
        frames_.emplace_back();
      }
      ++parser_.at_;
    }
  }

  bool comparison() {
    GuardNode node;
    const std::size_t first = parser_.at_;
    if (!left(node.left) || !operation(node)) return false;
    node.span = parser_.from_token(first);
    return complete(std::move(node));
  }

  bool left(NameRef& name) {
    const Token& here = parser_.token();
    switch (here.kind) {
      case TokenKind::Word:
        name = split_name(parser_.text_of(here.span));
        break;
      case TokenKind::Quoted:
        name = {"", unquoted(parser_.text_of(here.span))};
        break;
      case TokenKind::Number:
      case TokenKind::Date:
      case TokenKind::Instant:
        parser_.report(DiagnosticCode::NameOnLeft, here.span, {parser_.found()});
        return false;
      case TokenKind::Keyword:
        if (!parser_.at_keyword_as_name()) break;
        parser_.report(DiagnosticCode::ReservedWord, here.span, {parser_.found()});
        name = {"", std::string(parser_.text_of(here.span))};
        break;
      default:
        break;
    }
    if (name.name.empty() && here.kind != TokenKind::Quoted) {
      parser_.report_expected("@name");
      return false;
    }
    ++parser_.at_;
    return true;
  }

  bool operation(GuardNode& node) {
    switch (parser_.token().kind) {
      case TokenKind::Equal:
        node.op = GuardOp::Equal;
        break;
      case TokenKind::NotEqual:
        node.op = GuardOp::NotEqual;
        break;
      case TokenKind::Less:
        node.op = GuardOp::Less;
        break;
      case TokenKind::LessEqual:
        node.op = GuardOp::LessEqual;
        break;
      case TokenKind::Greater:
        node.op = GuardOp::Greater;
        break;
      case TokenKind::GreaterEqual:
        node.op = GuardOp::GreaterEqual;
        break;
      default:
        return word_operation(node);
    }
    ++parser_.at_;
    return operand(node);
  }

  bool word_operation(GuardNode& node) {
    if (parser_.accept(Keyword::IsMissing)) {
      node.op = GuardOp::IsMissing;
    } else if (parser_.accept(Keyword::IsPresent)) {
      node.op = GuardOp::IsPresent;
    } else if (parser_.accept(Keyword::Contains)) {
      node.op = GuardOp::Contains;
      return operand(node);
    } else if (parser_.accept(Keyword::In)) {
      node.op = GuardOp::In;
      return operands(node);
    } else {
      parser_.report_expected("@comparison");
      return false;
    }
    return true;
  }

  bool operands(GuardNode& node) {
    const std::size_t opened = parser_.at_;
    if (!parser_.expect(TokenKind::Open, "@open")) return false;
    do {
      if (node.operands.size() == kMaxOperands) {
        parser_.report(DiagnosticCode::GuardTooLong, parser_.tokens_[opened].span,
                       {std::to_string(kMaxOperands)});
        return false;
      }
      if (!operand(node)) return false;
    } while (parser_.take(TokenKind::Comma));
    return parser_.expect(TokenKind::Close, "@close-list");
  }

  bool operand(GuardNode& node) {
    const Token here = parser_.token();
    const std::string_view text = parser_.text_of(here.span);
    Operand& operand = node.operands.emplace_back();
    Literal& literal = std::get<Literal>(operand);
    switch (here.kind) {
      case TokenKind::Number:
        literal.emplace<double>(parse_number(text).value_or(0));
        break;
      case TokenKind::Quoted:
        literal.emplace<std::string>(unquoted(text));
        break;
      case TokenKind::Date:
        literal.emplace<Date>(parse_date(text).value_or(Date{}));
        break;
      case TokenKind::Instant:
        literal.emplace<Timestamp>(parse_rfc3339(text).value_or(Timestamp{}));
        break;
      case TokenKind::Word:
        operand.emplace<NameRef>(split_name(text));
        break;
      default:
        return keyword_operand(operand);
    }
    ++parser_.at_;
    return true;
  }

  // true, false; or a name that is a keyword. Why: quotes would make it a text, and nothing but a value can
  // stand here.
  bool keyword_operand(Operand& operand) {
    if (!parser_.at_keyword_as_name()) {
      parser_.report_expected("@operand");
      return false;
    }
    if (parser_.at(Keyword::True) || parser_.at(Keyword::False)) {
      std::get<Literal>(operand).emplace<bool>(parser_.at(Keyword::True));
    } else {
      operand.emplace<NameRef>(NameRef{"", std::string(parser_.text_of(parser_.token().span))});
    }
    ++parser_.at_;
    return true;
  }

  // A node is whole: the `not`s before it take it, then it waits for `and` or `or`.
  bool complete(GuardNode node) {
    if (guard_.nodes.size() + frames_.back().nots.size() >= kMaxGuardNodes) {
      parser_.report(DiagnosticCode::GuardTooLong, node.span, {std::to_string(kMaxGuardNodes)});
      return false;
    }
    wait(add(std::move(node)));
    return true;
  }

  void wait(std::uint32_t index) {
    Frame& frame = frames_.back();
    while (!frame.nots.empty()) {
      GuardNode negation;
      negation.op = GuardOp::Not;
      negation.children = {index};
      negation.span = parser_.from_token(frame.nots.back());
      frame.nots.pop_back();
      index = add(std::move(negation));
      --depth_;
    }
    frame.all.push_back(index);
  }

  std::uint32_t add(GuardNode node) {
    guard_.nodes.push_back(std::move(node));
    return static_cast<std::uint32_t>(guard_.nodes.size() - 1);
  }

  std::uint32_t join(GuardOp op, std::vector<std::uint32_t>& children) {
    if (children.size() == 1) {
      const std::uint32_t only = children.front();
      children.clear();
      return only;
    }
    GuardNode node;
    node.op = op;
    const Span first = guard_.nodes[children.front()].span, last = guard_.nodes[children.back()].span;
    node.span = {first.from, last.from + last.size - first.from};
    node.children = std::move(children);
    children.clear();
    return add(std::move(node));
  }

  void join_and() { frames_.back().any.push_back(join(GuardOp::And, frames_.back().all)); }

  std::uint32_t join_frame() {
    join_and();
    return join(GuardOp::Or, frames_.back().any);
  }

  void close() {
    const std::uint32_t whole = join_frame();
    frames_.pop_back();
    if (frames_.back().nots.empty()) --depth_;
    wait(whole);
  }

  std::optional<Guard> finish() {
    join_frame();
    return std::move(guard_);
  }

  Parser& parser_;
  bool in_parentheses_;
  std::size_t depth_ = 0;
  std::vector<Frame> frames_;
  Guard guard_;
};

std::optional<Guard> Parser::guard(bool in_parentheses) {
  return GuardReader(*this, in_parentheses).read();
}

}  // namespace handslag::promise
