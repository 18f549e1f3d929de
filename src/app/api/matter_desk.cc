// SPDX-License-Identifier: Apache-2.0
#include "app/api/matter_desk.h"

#include <utility>

namespace handslag::app {

Result<std::unique_ptr<MatterDesk>> MatterDesk::open(RegisterDesk& registers) {
  auto desk = std::make_unique<MatterDesk>();
  ListQuery query;
  query.filter.register_id = kMatterCorrections;
  query.filter.states = {"holds"};
  query.limit = kMaxListed;
  do {
    HANDSLAG_TRY(page, registers.with([&](Registers& it) { return it.list(system_actor(), query); }));
    desk->take(page["records"]);
    query.filter.cursor = page["next"].is_string() ? page["next"].get<std::string>() : std::string();
  } while (!query.filter.cursor.empty());
  return desk;
}

// Newest first: what is older of a contact was replaced.
void MatterDesk::take(const Json& records) {
  for (const Json& it : records) {
    const Json& values = it["values"];
    const std::string contact = values.value("contact", "");
    if (held_.contains(contact)) continue;
    hold(contact, {it["id"], values.value("matter", ""), values.value("kind", "other"),
                   matter::words_of({}, values.value("words", ""))});
  }
}

std::shared_ptr<const matter::Lessons> MatterDesk::lessons() const {
  const std::lock_guard lock(mutex_);
  return lessons_;
}

std::optional<HeldMatter> MatterDesk::held(const std::string& contact) const {
  const std::lock_guard lock(mutex_);
  const auto entry = held_.find(contact);
  return entry == held_.end() ? std::nullopt : std::optional(entry->second);
}

void MatterDesk::hold(const std::string& contact, HeldMatter decided) {
  let_go(contact);
  const std::lock_guard lock(mutex_);
  auto lessons = std::make_shared<matter::Lessons>(*lessons_);
  lessons->learn(decided.kind, decided.words);
  lessons_ = std::move(lessons);
  held_.emplace(contact, std::move(decided));
}

void MatterDesk::let_go(const std::string& contact) {
  const std::lock_guard lock(mutex_);
  const auto entry = held_.find(contact);
  if (entry == held_.end()) return;
  auto lessons = std::make_shared<matter::Lessons>(*lessons_);
  lessons->unlearn(entry->second.kind, entry->second.words);
  lessons_ = std::move(lessons);
  held_.erase(entry);
}

}  // namespace handslag::app
