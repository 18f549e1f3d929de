// SPDX-License-Identifier: Apache-2.0
// Names, numbers, durations, guards and event patterns as text.
#include <array>
#include <charconv>
#include <cstdio>

#include "base/text.h"
#include "pure/promise/format_text.h"
#include "pure/promise/lex.h"

namespace handslag::promise {
namespace {

std::string operation_text(GuardOp op, Language language) {
  switch (op) {
    case GuardOp::Equal:
      return "=";
    case GuardOp::NotEqual:
      return "!=";
    case GuardOp::Less:
      return "<";
    case GuardOp::LessEqual:
      return "<=";
    case GuardOp::Greater:
      return ">";
    case GuardOp::GreaterEqual:
      return ">=";
    case GuardOp::Contains:
      return word(Keyword::Contains, language);
    case GuardOp::In:
      return word(Keyword::In, language);
    case GuardOp::IsMissing:
      return word(Keyword::IsMissing, language);
    case GuardOp::IsPresent:
      return word(Keyword::IsPresent, language);
    case GuardOp::And:
      return word(Keyword::And, language);
    case GuardOp::Or:
      return word(Keyword::Or, language);
    case GuardOp::Not:
      return word(Keyword::Not, language);
  }
  return {};
}

std::string left_text(const NameRef& name, Language language) {
  if (!name.binding.empty()) return name.binding + "." + name.name;
  // Why: unquoted, a point divides an event's name from its field's.
  return name.name.find('.') == std::string::npos ? name_text(name.name, language) : quoted(name.name);
}

std::string operand_text(const Operand& operand, Language language) {
  if (const auto* name = std::get_if<NameRef>(&operand)) {
    return name->binding.empty() ? name->name : name->binding + "." + name->name;
  }
  const Literal& literal = std::get<Literal>(operand);
  if (const auto* number = std::get_if<double>(&literal)) return number_text(*number);
  if (const auto* text = std::get_if<std::string>(&literal)) return quoted(*text);
  if (const auto* truth = std::get_if<bool>(&literal))
    return word(*truth ? Keyword::True : Keyword::False, language);
  if (const auto* date = std::get_if<Date>(&literal)) return format_date(*date);
  return format_rfc3339(std::get<Timestamp>(literal));
}

// A name behind which the next keyword would be read as a part of it ("first" before `only after`) needs a
// `)` there.
bool ends_in_keyword(const GuardNode& node, Language language) {
  if (node.operands.size() != 1 || node.op == GuardOp::In) return false;
  const auto* name = std::get_if<NameRef>(&node.operands.front());
  return name != nullptr && name->binding.empty() && begins_keyword(name->name, language);
}

std::string comparison_text(const GuardNode& node, Language language) {
  std::string text = left_text(node.left, language) + " " + operation_text(node.op, language);
  if (node.op == GuardOp::In) {
    text += " (";
    for (std::size_t i = 0; i < node.operands.size(); ++i) {
      text += (i == 0 ? "" : ", ") + operand_text(node.operands[i], language);
    }
    return text + ")";
  }
  if (!node.operands.empty()) text += " " + operand_text(node.operands.front(), language);
  return ends_in_keyword(node, language) ? "(" + text + ")" : text;
}

bool joins(GuardOp op) {
  return op == GuardOp::And || op == GuardOp::Or;
}

}  // namespace

std::string guard_text(const Guard& guard, Language language) {
  std::vector<std::string> texts(guard.nodes.size());
  for (std::size_t i = 0; i < guard.nodes.size(); ++i) {
    const GuardNode& node = guard.nodes[i];
    if (node.op == GuardOp::Not) {
      const std::string& inner = texts[node.children.front()];
      const bool enclosed = ends_in_keyword(guard.nodes[node.children.front()], language);
      texts[i] = operation_text(node.op, language) + (enclosed ? " " + inner : " (" + inner + ")");
      continue;
    }
    if (!joins(node.op)) {
      texts[i] = comparison_text(node, language);
      continue;
    }
    for (std::size_t k = 0; k < node.children.size(); ++k) {
      const GuardNode& child = guard.nodes[node.children[k]];
      std::string& inner = texts[node.children[k]];
      // `and` binds before `or`; the same one inside itself was in parentheses and stays so.
      const bool bare = !joins(child.op) || (node.op == GuardOp::Or && child.op == GuardOp::And);
      if (k > 0) texts[i] += " " + operation_text(node.op, language) + " ";
      texts[i] += bare ? inner : "(" + inner + ")";
      inner.clear();
    }
  }
  return texts.empty() ? std::string() : texts.back();
}

std::string event_text(const EventPattern& event, Language language, bool in_group) {
  std::string text = event.type.is_prefix ? event.type.text + "*" : name_text(event.type.text, language);
  if (!event.binding.empty()) text += " " + word(Keyword::As, language) + " " + event.binding;
  if (!event.where) return text;
  const std::string guard = guard_text(*event.where, language);
  // Why: a lone name that begins a keyword has its parentheses already.
  const bool enclosed =
      event.where->nodes.size() == 1 && ends_in_keyword(event.where->nodes.front(), language);
  return text + " " + word(Keyword::Where, language) + " " +
         (in_group && !enclosed ? "(" + guard + ")" : guard);
}

std::string duration_text(const model::Duration& duration, Language language) {
  constexpr std::array<Keyword, 6> kUnits{Keyword::Second, Keyword::Minute,      Keyword::Hour,
                                          Keyword::Day,    Keyword::BusinessDay, Keyword::BusinessHour};
  const Keyword unit = kUnits[static_cast<std::size_t>(duration.unit)];
  return std::to_string(duration.count) + " " +
         std::string(duration.count == 1 ? singular(unit, language) : spelling(unit, language));
}

std::string name_text(std::string_view name, Language language) {
  return is_plain_word(name, language) ? std::string(name) : quoted(name);
}

std::string number_text(double number) {
  std::array<char, 400> buffer{};
  const auto written =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::fixed);
  return {buffer.data(), written.ptr};
}

std::string percent_text(double share) {
  constexpr int kMostDecimals = 15;
  std::array<char, 64> buffer{};
  // Why: 0.07 * 100 is not 7; the shortest decimals that divide back to the share are what was written.
  for (int decimals = 0; decimals <= kMostDecimals; ++decimals) {
    const int size = std::snprintf(buffer.data(), buffer.size(), "%.*f", decimals, share * 100);
    const std::string text(buffer.data(), static_cast<std::size_t>(size));
    if (parse_number(text).value_or(-1) / 100 == share) return text;
  }
  return number_text(share * 100);
}

}  // namespace handslag::promise
