// SPDX-License-Identifier: Apache-2.0
// What was decided about contacts' matters, and what has been learnt of it: from the register
// matter-correction, whose records that hold are the lessons. In memory, for the card asks at each look.
//
// 1. What holds here is what holds in the register: who changes the one changes the other within the same
//    RegisterDesk::with(), and no other way leads to that register's records.
// 2. A contact is known by its key and by whose it is: two customers may have contacts of the same key.
//
// Any thread.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "app/api/register_desk.h"
#include "pure/matter/lessons.h"

namespace handslag::app {

inline constexpr const char* kMatterCorrections = "matter-correction";

/// A decision that holds.
struct HeldMatter {
  std::string record, contact, matter, kind;
  std::vector<std::string> words;
  std::vector<model::Identifier> customer;  // any of hers
};

class MatterDesk {
 public:
  static Result<std::unique_ptr<MatterDesk>> open(RegisterDesk& registers);

  /// As they are now; they do not change any more.
  std::shared_ptr<const matter::Lessons> lessons() const;
  /// What holds of the contact of the customer who is known by these; more than one where two customers have
  /// become one.
  std::vector<HeldMatter> held(const std::string& contact,
                               const std::vector<model::Identifier>& known_as) const;
  void hold(HeldMatter decided);
  void let_go(const std::vector<HeldMatter>& decided);

 private:
  void take(const Json& records, matter::Lessons& lessons);

  mutable std::mutex mutex_;
  std::shared_ptr<const matter::Lessons> lessons_ =
      std::make_shared<const matter::Lessons>(matter::Lessons::first());
  std::multimap<std::string, HeldMatter, std::less<>> held_;  // by contact
};

}  // namespace handslag::app
