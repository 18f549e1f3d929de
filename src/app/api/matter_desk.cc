// SPDX-License-Identifier: Apache-2.0
#include "app/api/matter_desk.h"

#include <algorithm>
#include <utility>

namespace handslag::app {
namespace {

bool is_of(const HeldMatter& held, const std::vector<model::Identifier>& known_as) {
  return std::find_first_of(held.customer.begin(), held.customer.end(), known_as.begin(), known_as.end()) !=
         held.customer.end();
}

HeldMatter held_of(const Json& record) {
  const Json& values = record["values"];
  HeldMatter held{record["id"],
                  values.value("contact", ""),
                  values.value("matter", ""),
                  values.value("kind", "other"),
                  matter::words_of({}, values.value("words", "")),
                  {}};
  for (const Json& it : values.value("customer", Json::array()))
    held.customer.push_back({it.value("type", ""), it.value("value", "")});
  return held;
}

}  // namespace

Result<std::unique_ptr<MatterDesk>> MatterDesk::open(RegisterDesk& registers) {
  auto desk = std::make_unique<MatterDesk>();
  auto lessons = std::make_shared<matter::Lessons>(matter::Lessons::first());
  ListQuery query;
  query.filter.register_id = kMatterCorrections;
  query.filter.states = {"holds"};
  query.limit = kMaxListed;
  do {
    HANDSLAG_TRY(page, registers.with([&](Registers& it) { return it.list(system_actor(), query); }));
    desk->take(page["records"], *lessons);
    query.filter.cursor = page["next"].is_string() ? page["next"].get<std::string>() : std::string();
  } while (!query.filter.cursor.empty());
  desk->lessons_ = std::move(lessons);
  return desk;
}

void MatterDesk::take(const Json& records, matter::Lessons& lessons) {
  for (const Json& it : records) {
    HeldMatter held = held_of(it);
    lessons.learn(held.kind, held.words);
    held_.emplace(held.contact, std::move(held));
  }
}

std::shared_ptr<const matter::Lessons> MatterDesk::lessons() const {
  const std::lock_guard lock(mutex_);
  return lessons_;
}

std::vector<HeldMatter> MatterDesk::held(const std::string& contact,
                                         const std::vector<model::Identifier>& known_as) const {
  std::vector<HeldMatter> found;
  const std::lock_guard lock(mutex_);
  const auto [begin, end] = held_.equal_range(contact);
  for (auto it = begin; it != end; ++it) {
    if (is_of(it->second, known_as)) found.push_back(it->second);
  }
  return found;
}

void MatterDesk::hold(HeldMatter decided) {
  const std::lock_guard lock(mutex_);
  auto lessons = std::make_shared<matter::Lessons>(*lessons_);
  lessons->learn(decided.kind, decided.words);
  lessons_ = std::move(lessons);
  held_.emplace(decided.contact, std::move(decided));
}

void MatterDesk::let_go(const std::vector<HeldMatter>& decided) {
  const std::lock_guard lock(mutex_);
  auto lessons = std::make_shared<matter::Lessons>(*lessons_);
  for (const HeldMatter& gone : decided) {
    const auto is_it = [&](const auto& entry) { return entry.second.record == gone.record; };
    if (std::erase_if(held_, is_it) > 0) lessons->unlearn(gone.kind, gone.words);
  }
  lessons_ = std::move(lessons);
}

}  // namespace handslag::app
