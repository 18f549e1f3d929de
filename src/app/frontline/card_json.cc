// SPDX-License-Identifier: Apache-2.0
#include "app/frontline/card_json.h"

#include <fmt/format.h>

#include <cmath>

#include "app/language/numbers.h"

namespace handslag::app {
namespace {

Json text_json(const std::string& text) {
  return text.empty() ? Json() : Json(text);
}

double seconds(std::int64_t us) {
  return static_cast<double>(us) / 1e6;
}

Json standing_json(const std::optional<Standing>& standing, Language language) {
  if (!standing) return {};
  return {{"median_s", seconds(standing->normal.median_us)},
          {"ninetieth_s", seconds(standing->normal.ninetieth_us)},
          {"of", standing->normal.seen},
          {"longer_than_percent", standing->longer_than},
          {"product", text_json(standing->product)},
          {"sentence", standing_sentence(*standing, language)}};
}

Json promise_json(const CardPromise& it, Language language) {
  Json about = Json::object();
  for (const auto& [name, value] : it.about) about[name] = value;
  return {{"promise", it.id},
          {"title", it.title},
          {"unit", text_json(it.unit)},
          {"activation", time_json(it.activation)},
          {"due", time_json(it.due)},
          {"state", model::verdict_name(it.verdict)},
          {"still_owed", it.is_still_owed},
          {"failed", time_json(it.failed)},
          {"about", std::move(about)},
          {"why", it.why},
          {"normal", standing_json(it.standing, language)}};
}

Json promises_json(const std::vector<CardPromise>& promises, Language language) {
  Json list = Json::array();
  for (const CardPromise& it : promises) list.push_back(promise_json(it, language));
  return list;
}

Json matter_json(const CardMatter& matter) {
  Json contacts = Json::array();
  for (const CardContact& it : matter.contacts) {
    contacts.push_back({{"contact", text_json(it.contact)},
                        {"time", time_json(it.time)},
                        {"channel", text_json(it.channel)},
                        {"unit", text_json(it.unit)},
                        {"number", it.number},
                        {"matter_source", matter::source_name(it.matter_source)},
                        {"confidence", std::round(100 * it.confidence) / 100},
                        {"because", it.because},
                        {"of", matter.of},
                        {"outcome", text_json(it.outcome)},
                        {"transfers", it.transfers},
                        {"could_not_help", it.blocked}});
  }
  return {{"matter", text_json(matter.matter)},   {"kind", matter.kind},
          {"reason", text_json(matter.reason)},   {"order", text_json(matter.order)},
          {"contacts_in_all", matter.of},         {"tried_herself", matter.own_tries},
          {"tried_in_vain", matter.failed_tries}, {"contacts", std::move(contacts)}};
}

Json facts_json(const std::vector<CardFact>& facts) {
  Json list = Json::array();
  for (const CardFact& it : facts) {
    Json given = Json::array();
    for (const Timestamp time : it.given) given.push_back(time_json(time));
    list.push_back({{"fact", it.fact},
                    {"given", std::move(given)},
                    {"channel", text_json(it.channel)},
                    {"unit", text_json(it.unit)},
                    {"asked_again", it.asked_again}});
  }
  return list;
}

Json offers_json(const std::vector<CardOffer>& offers) {
  Json list = Json::array();
  for (const CardOffer& it : offers) {
    Json acknowledged = Json::array();
    for (const auto& [unit, time] : it.acknowledged)
      acknowledged.push_back({{"unit", text_json(unit)}, {"time", time_json(time)}});
    list.push_back({{"offer", text_json(it.offer)},
                    {"sent", time_json(it.sent)},
                    {"used", time_json(it.used)},
                    {"acknowledged", std::move(acknowledged)}});
  }
  return list;
}

Json failures_json(const std::vector<CardFailure>& failures) {
  Json list = Json::array();
  for (const CardFailure& it : failures) {
    list.push_back(
        {{"time", time_json(it.time)}, {"channel", text_json(it.channel)}, {"why", text_json(it.why)}});
  }
  return list;
}

Json touches_json(const std::vector<CardTouch>& touches) {
  Json list = Json::array();
  for (const CardTouch& it : touches) {
    list.push_back({{"channel", it.channel},
                    {"time", time_json(it.time)},
                    {"type", it.type},
                    {"unit", text_json(it.unit)}});
  }
  return list;
}

}  // namespace

Json ombud_json(const std::vector<CardOmbud>& ombud, const Audience& audience) {
  const auto seen = [&](const std::string& text) {
    if (text.empty()) return Json();
    return Json(audience.sees_identifiers ? text : std::string("…"));
  };
  Json list = Json::array();
  for (const CardOmbud& it : ombud) {
    list.push_back({{"ombud", seen(it.ombud)},
                    {"name", seen(it.name)},
                    {"may", text_json(it.may)},
                    {"since", time_json(it.since)},
                    {"until", text_json(it.until)}});
  }
  return list;
}

std::string standing_sentence(const Standing& standing, Language language) {
  const bool is_swedish = language == Language::Swedish;
  const std::string median = duration_text(seconds(standing.normal.median_us), language);
  const std::string ninetieth = duration_text(seconds(standing.normal.ninetieth_us), language);
  std::string text = is_swedish ? fmt::format("Brukar ta {}, nio av tio klara inom {}", median, ninetieth)
                                : fmt::format("Usually {}, nine of ten within {}", median, ninetieth);
  if (standing.normal.sample < kLeastToCompare) return text + ".";
  if (standing.longer_than == 100)
    return text +
           (is_swedish ? "; det här har tagit längre tid än alla." : "; this one has taken longer than all.");
  return text + (is_swedish
                     ? fmt::format("; det här har tagit längre tid än {} av 100.", standing.longer_than)
                     : fmt::format("; this one has taken longer than {} of 100.", standing.longer_than));
}

Json card_json(const Card& card, Language language) {
  Json matters = Json::array();
  for (const CardMatter& it : card.matters) matters.push_back(matter_json(it));
  return {{"promises", promises_json(card.owed, language)},
          {"watched", promises_json(card.watched, language)},
          {"matters", std::move(matters)},
          {"facts", facts_json(card.facts)},
          {"offers", offers_json(card.offers)},
          {"failed_identifications", failures_json(card.failed_identifications)},
          {"broken_last_year",
           {{"broken", card.broken_count},
            {"late", card.late_count},
            {"promises", promises_json(card.broken, language)}}},
          {"can_leave",
           {{"can", card.leave.can ? Json(*card.leave.can) : Json()},
            {"since", time_json(card.leave.since)},
            {"why", text_json(card.leave.why)},
            {"binding", text_json(card.leave.binding)}}},
          {"last_touches", touches_json(card.last_touches)},
          {"last_contact", time_json(card.last_contact)}};
}

}  // namespace handslag::app
