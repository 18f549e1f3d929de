// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <deque>

#include "pure/identity/identity.h"

namespace handslag::identity {
namespace {

// Subjects of every identifier, the inverse of Evidence.members.
std::vector<std::vector<SubjectNumber>> subjects_by_identifier(const Evidence& evidence) {
  std::vector<std::vector<SubjectNumber>> subjects(evidence.identifier_type.size());
  for (SubjectNumber s = 0; s < evidence.subjects(); ++s) {
    if (!evidence.counts.empty() && !evidence.counts[s]) continue;
    for (const IdentifierNumber i : evidence.members_of(s)) subjects[i].push_back(s);
  }
  return subjects;
}

std::vector<Link> path_to(IdentifierNumber from, IdentifierNumber to, const std::vector<Link>& reached_by) {
  std::vector<Link> path;
  for (IdentifierNumber at = to; at != from; at = reached_by[at].from) path.push_back(reached_by[at]);
  std::reverse(path.begin(), path.end());
  return path;
}

}  // namespace

std::vector<Link> why_joined(const Evidence& evidence, const FirstRule& rule, IdentifierNumber from,
                             IdentifierNumber to) {
  const auto shared = [&](IdentifierNumber i) {
    return rule.is_shared(evidence.types[evidence.identifier_type[i]]);
  };
  if (from == to || shared(from) || shared(to)) return {};
  const auto subjects = subjects_by_identifier(evidence);
  std::vector<Link> reached_by(evidence.identifier_type.size());
  std::deque<IdentifierNumber> frontier = {from};
  reached_by[from].to = from;
  while (!frontier.empty()) {
    const IdentifierNumber at = frontier.front();
    frontier.pop_front();
    if (at == to) return path_to(from, to, reached_by);
    for (const SubjectNumber s : subjects[at]) {
      for (const IdentifierNumber next : evidence.members_of(s)) {
        if (reached_by[next].to != 0 || shared(next)) continue;
        reached_by[next] = {at, next, s};
        frontier.push_back(next);
      }
    }
  }
  return {};
}

}  // namespace handslag::identity
