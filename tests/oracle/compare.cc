// SPDX-License-Identifier: Apache-2.0
#include "tests/oracle/compare.h"

#include <algorithm>

#include "base/check.h"
#include "tests/oracle/random_cases.h"
#include "tests/oracle/simplify.h"

namespace handslag::oracle {

std::vector<Answer> product_answers(const std::vector<promise::Version>& versions, const World& world,
                                    const model::Columns& columns, const model::TimeRulesSource& rules) {
  const promise::CompileResult compiled = promise::compile(versions, columns, world.horizons, rules);
  HANDSLAG_CHECK(compiled.problems.empty(), "every promise can run");
  promise::Evaluator evaluator(*compiled.program, columns);
  model::Verdicts verdicts;
  for (model::CustomerIndex c = 0; c < columns.customers(); ++c) evaluator.customer(c, verdicts);
  return answers_of(verdicts);
}

std::vector<Answer> oracle_answers(const std::vector<promise::Version>& versions, const World& world,
                                   const model::Columns& columns, const model::TimeRulesSource& rules) {
  std::vector<Answer> answers;
  for (std::size_t c = 0; c < world.customers.size(); ++c) {
    for (std::size_t v = 0; v < versions.size(); ++v) {
      for (const Judged& judged : judge(versions[v], world, c, rules)) {
        answers.push_back(
            answer_of(judged, static_cast<std::uint32_t>(v), static_cast<model::CustomerIndex>(c), columns));
      }
    }
  }
  return answers;
}

std::optional<Difference> compare(const std::vector<promise::Version>& versions, const World& world,
                                  const model::TimeRulesSource& rules) {
  const model::Columns columns = columns_from(world, promise::column_needs(versions));
  const std::vector<Answer> product = product_answers(versions, world, columns, rules);
  const std::vector<Answer> expected = oracle_answers(versions, world, columns, rules);
  const auto [left, right] = std::mismatch(product.begin(), product.end(), expected.begin(), expected.end());
  if (left == product.end() && right == expected.end()) return std::nullopt;
  const auto place = [](const Answer& answer) {
    return Difference{answer.instance.promise, answer.instance.customer};
  };
  if (left == product.end()) return place(*right);
  if (right == expected.end()) return place(*left);
  // The one that the other side lacks, or the one that both have.
  const Difference a = place(*left), b = place(*right);
  return std::tie(a.customer, a.version) < std::tie(b.customer, b.version) ? a : b;
}

namespace {

bool differs(const Case& one, const model::TimeRulesSource& rules) {
  return compare({one.version()}, one.world, rules).has_value();
}

Case simplest(Case failing, const model::TimeRulesSource& rules) {
  bool is_simpler = true;
  while (is_simpler) {
    is_simpler = false;
    for (const Case& candidate : simpler(failing)) {
      if (!differs(candidate, rules)) continue;
      failing = candidate;
      is_simpler = true;
      break;
    }
  }
  return failing;
}

}  // namespace

std::string explain(const Difference& difference, const std::vector<promise::Version>& versions,
                    const World& world, const model::TimeRulesSource& rules) {
  const promise::Version& version = versions[difference.version];
  Case failing{world, *version.promise, version.from, version.to};
  const bool alone = differs(failing, rules);
  if (alone) failing = simplest(failing, rules);
  const std::vector<promise::Version> shown = alone ? std::vector{failing.version()} : versions;
  const World& where = alone ? failing.world : world;
  const model::Columns columns = columns_from(where, promise::column_needs(shown));
  std::string text = alone ? "" : "Only together with the other promises:\n";
  for (const promise::Version& each : shown) text += describe(each);
  text += describe(where) + "product says\n";
  for (const Answer& answer : product_answers(shown, where, columns, rules))
    text += "  " + describe(answer, columns);
  text += "oracle says\n";
  for (const Answer& answer : oracle_answers(shown, where, columns, rules))
    text += "  " + describe(answer, columns);
  return text;
}

}  // namespace handslag::oracle
