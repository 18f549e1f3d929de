// SPDX-License-Identifier: Apache-2.0
#include "app/api/mandate_desk.h"

#include <algorithm>
#include <set>
#include <utility>

#include "pure/matter/lessons.h"

namespace handslag::app {
namespace {

void add_words(std::set<std::string>& into, std::string_view text) {
  std::string spaced(text);
  for (char& c : spaced)
    if (c == '-' || c == '_' || c == '/') c = ' ';
  for (std::string& word : matter::words_of({}, spaced)) into.insert(std::move(word));
}

std::set<std::string> troubles_of(const Card& card) {
  std::set<std::string> words;
  if (!card.matters.empty()) {
    add_words(words, card.matters.front().reason);
    add_words(words, card.matters.front().kind);
  }
  for (const CardPromise& it : card.owed) {
    add_words(words, it.id);
    add_words(words, it.title);
    for (const auto& [name, value] : it.about)
      if (name == "product") add_words(words, value);
  }
  return words;
}

bool is_hers_to_use(const Mandate& mandate, const Caller& caller) {
  return std::any_of(caller.grants.begin(), caller.grants.end(), [&](const Grant& it) {
    return it.role == mandate.role && (it.unit == kAllUnits || it.unit == mandate.unit);
  });
}

Mandate mandate_of(const Json& values) {
  std::string role = values.value("role", "front-line");
  std::replace(role.begin(), role.end(), '-', '_');
  Mandate mandate{find_role(role).value_or(Role::FrontLine),
                  values.value("unit", ""),
                  values.value("trouble", ""),
                  values.value("remedy", ""),
                  values.value("limit_in", ""),
                  values.value("above", ""),
                  std::nullopt};
  if (const auto limit = values.find("limit"); limit != values.end() && limit->is_number())
    mandate.limit = limit->get<double>();
  return mandate;
}

}  // namespace

Status MandateDesk::refresh(RegisterDesk& registers) {
  const std::lock_guard refreshing(refreshing_);
  auto mandates = std::make_shared<std::vector<Mandate>>();
  ListQuery query;
  query.filter.register_id = kMandates;
  query.filter.states = {"in-force"};
  query.limit = kMaxListed;
  do {
    HANDSLAG_TRY(page, registers.with([&](Registers& it) { return it.list(system_actor(), query); }));
    for (const Json& it : page["records"]) mandates->push_back(mandate_of(it["values"]));
    query.filter.cursor = page["next"].is_string() ? page["next"].get<std::string>() : std::string();
  } while (!query.filter.cursor.empty() && mandates->size() < kMostMandates);
  const std::lock_guard lock(mutex_);
  mandates_ = std::move(mandates);
  return {};
}

std::shared_ptr<const std::vector<Mandate>> MandateDesk::in_force() const {
  const std::lock_guard lock(mutex_);
  return mandates_;
}

Json may_do_json(const std::vector<Mandate>& mandates, const Caller& caller, const Card& card) {
  const std::set<std::string> troubles = troubles_of(card);
  Json fitting = Json::array(), others = Json::array();
  for (const Mandate& it : mandates) {
    if (!is_hers_to_use(it, caller)) continue;
    std::set<std::string> words;
    add_words(words, it.trouble);
    const bool fits = std::any_of(words.begin(), words.end(),
                                  [&](const std::string& word) { return troubles.contains(word); });
    (fits ? fitting : others)
        .push_back({{"trouble", it.trouble},
                    {"remedy", it.remedy},
                    {"limit", it.limit ? Json(*it.limit) : Json()},
                    {"limit_in", it.limit_in.empty() ? Json() : Json(it.limit_in)},
                    {"above", it.above.empty() ? Json() : Json(it.above)},
                    {"unit", it.unit},
                    {"role", role_name(it.role)},
                    {"fits", fits}});
  }
  for (Json& it : others) fitting.push_back(std::move(it));
  if (fitting.size() > kMostOnCard)
    fitting.erase(fitting.begin() + static_cast<std::ptrdiff_t>(kMostOnCard), fitting.end());
  return fitting;
}

}  // namespace handslag::app
