// SPDX-License-Identifier: Apache-2.0
// What was decided about contacts' matters, and what has been learnt of it: from the register
// matter-correction, whose records that hold are the lessons. In memory, for the card asks at each look.
//
// Any thread.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "app/api/register_desk.h"
#include "pure/matter/lessons.h"

namespace handslag::app {

inline constexpr const char* kMatterCorrections = "matter-correction";

/// A decision that holds.
struct HeldMatter {
  std::string record, matter, kind;
  std::vector<std::string> words;
};

class MatterDesk {
 public:
  static Result<std::unique_ptr<MatterDesk>> open(RegisterDesk& registers);

  /// As they are now; they do not change any more.
  std::shared_ptr<const matter::Lessons> lessons() const;
  std::optional<HeldMatter> held(const std::string& contact) const;
  /// In place of what was held of the contact before.
  void hold(const std::string& contact, HeldMatter decided);
  void let_go(const std::string& contact);

 private:
  void take(const Json& records);

  mutable std::mutex mutex_;
  std::shared_ptr<const matter::Lessons> lessons_ =
      std::make_shared<const matter::Lessons>(matter::Lessons::first());
  std::map<std::string, HeldMatter, std::less<>> held_;
};

}  // namespace handslag::app
