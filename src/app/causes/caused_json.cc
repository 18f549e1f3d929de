// SPDX-License-Identifier: Apache-2.0
#include "app/causes/caused.h"

namespace handslag::app {
namespace {

Json named(const std::string& text) {
  return text.empty() ? Json() : Json(text);
}

Json places_json(const std::vector<LetDownAt>& places) {
  Json list = Json::array();
  for (const LetDownAt& it : places)
    list.push_back({{"unit", named(it.unit)},
                    {"touchpoint", named(it.touchpoint)},
                    {"times", it.times},
                    {"customers", it.customers},
                    {"again", it.again},
                    {"contacts", it.contacts},
                    {"met_elsewhere", it.met_elsewhere}});
  return list;
}

Json broken_json(const std::vector<BrokenBy>& broken) {
  Json list = Json::array();
  for (const BrokenBy& it : broken)
    list.push_back({{"promise", it.promise},
                    {"title", it.title},
                    {"unit", named(it.unit)},
                    {"made_by", named(it.made_by)},
                    {"broken_by", named(it.broken_by)},
                    {"times", it.times},
                    {"customers", it.customers}});
  return list;
}

Json met_json(const std::vector<MetBy>& met) {
  Json list = Json::array();
  for (const MetBy& it : met)
    list.push_back({{"promise", it.promise},
                    {"title", it.title},
                    {"unit", named(it.unit)},
                    {"met_by", named(it.met_by)},
                    {"contacts", it.contacts},
                    {"customers", it.customers}});
  return list;
}

Json chains_json(const std::vector<ChainGoingOn>& chains) {
  Json list = Json::array();
  for (const ChainGoingOn& it : chains)
    list.push_back({{"customer", it.customer},
                    {"matter", it.matter},
                    {"kind", it.kind},
                    {"reason", named(it.reason)},
                    {"contacts", it.contacts},
                    {"first", time_json(it.first)},
                    {"last", time_json(it.last)},
                    {"met_by", it.met_by},
                    {"promise", named(it.promise)},
                    {"title", named(it.title)},
                    {"unit", named(it.unit)}});
  return list;
}

Json felt_json(const FeltParts& felt) {
  return {{"unhappy", felt.unhappy}, {"neither", felt.neither}, {"happy", felt.happy}};
}

}  // namespace

Json caused_json(const CausedTold& told) {
  return {{"from", time_json(told.period.from)},
          {"to", time_json(told.period.to)},
          {"places", places_json(told.places)},
          {"broken", broken_json(told.broken)},
          {"met", met_json(told.met)},
          {"chains", {{"going_on", told.chains_going_on}, {"longest", chains_json(told.longest)}}},
          {"felt", {{"let_down", felt_json(told.felt_let_down)}, {"others", felt_json(told.felt_others)}}}};
}

}  // namespace handslag::app
