// SPDX-License-Identifier: Apache-2.0
#include "app/demo/contacts.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "app/demo/shares.h"
#include "app/demo/survey_words.h"
#include "app/demo/talk.h"

namespace handslag::demo {
namespace {

constexpr std::uint32_t kMostContacts = 7;
constexpr std::uint64_t kWriting = 0x3017;  // the part of chance that words of her own go by
constexpr std::int64_t kMeanPatience_s = 600;
constexpr std::int64_t kCallbackOffered_s = 240;  // the wait from which a call back is offered

EventLog::Entry add_call(World& world, const Customer& customer, const char* type, std::uint32_t call,
                         Moment at) {
  EventLog::Entry entry = world.log.add(Source::Ivr, type, at, customer.number());
  entry.unit("service").channel("phone").touchpoint("voice-menu").key("call", call);
  // Why: what the caller keyed in goes with the call, found or not; before that there is only her phone
  // number.
  entry.known(customer.person.identity == 0 ? Known::Customer : Known::Fully);
  return entry;
}

/// The voice menu asks for ten digits and looks them up in a register that one company fills in another form.
Moment identify(World& world, Customer& customer, std::uint32_t call, Moment now) {
  if (customer.person.identity == 0) return now;
  const bool is_fjord = customer.person.brand == Brand::Fjord;
  const bool is_missed =
      customer.random.chance(is_fjord ? share::kIdentityMissedFjord : share::kIdentityMissedNord);
  const std::uint32_t tries = is_missed && customer.random.chance(share::kTriesAgain) ? 2 : 1;
  for (std::uint32_t i = 0; i < tries; ++i) {
    add_call(world, customer, "identify.attempted", call, now)
        .text("method", "personnummer")
        .number("digits", 10);
    now = now.plus_seconds(customer.random.between(3, 9));
    auto entry = add_call(world, customer, is_missed ? "identify.failed" : "identify.succeeded", call, now);
    if (is_missed) entry.text("why", "not found").text("register", brand_name(Brand::Nord));
    now = now.plus_seconds(customer.random.between(12, 25));
  }
  if (is_missed) ++customer.grief;
  return now;
}

Moment call_back(World& world, Customer& customer, std::uint32_t call, Moment asked) {
  const bool is_in_time = customer.random.chance(share::kCallbackInTime);
  const std::int32_t minutes =
      is_in_time ? customer.random.between(15, 115) : customer.random.between(125, 700);
  const Moment made = when_open(world, customer.random, asked.plus_minutes(minutes));
  world.log.add(Source::CallCentre, "callback.made", made, customer.number())
      .unit("service")
      .channel("phone")
      .touchpoint("phone")
      .key("call", call);
  return made;
}

/// From the voice menu to the agent: when somebody speaks to her, or nothing when she hung up.
std::optional<Moment> reach_agent(World& world, Customer& customer, std::uint32_t call, Moment at) {
  add_call(world, customer, "call.received", call, at).known(Known::Little);
  const Moment queued = identify(world, customer, call, at.plus_seconds(customer.random.between(15, 50)));
  add_call(world, customer, "call.queued", call, queued);
  const std::int64_t wait = 1 + customer.random.exponential(world.mean_wait_s(queued, customer.person.brand));
  const std::int64_t patience = 20 + customer.random.exponential(kMeanPatience_s);
  if (wait > kCallbackOffered_s && customer.random.chance(share::kTakesCallback)) {
    const Moment asked = queued.plus_seconds(60);
    add_call(world, customer, "callback.requested", call, asked);
    return call_back(world, customer, call, asked);
  }
  if (patience < wait) {
    add_call(world, customer, "call.abandoned", call, queued.plus_seconds(patience));
    ++customer.grief;
    return {};
  }
  const Moment answered = queued.plus_seconds(wait);
  world.log.add(Source::CallCentre, "call.answered", answered, customer.number())
      .unit("service")
      .channel("phone")
      .touchpoint("phone")
      .key("call", call);
  return answered;
}

struct Reached {
  bool is_reached = false;
  TalkEnd end;
};

Reached by_phone(World& world, Customer& customer, const Matter& matter, Moment at) {
  const std::uint32_t call = ++world.numbers.call;
  const std::optional<Moment> answered = reach_agent(world, customer, call, at);
  if (!answered) return {};
  const Talk talk{Source::CallCentre, "phone", "phone", ++world.numbers.contact, call};
  return {true, hold_talk(world, customer, matter, talk, answered->plus_seconds(2))};
}

Reached by_chat(World& world, Customer& customer, const Matter& matter, Moment at) {
  const Talk talk{Source::Chat, "chat", "chat", ++world.numbers.contact, 0};
  const bool is_looping = customer.random.chance(share::kRobotLoops);
  world.log.add(Source::Chat, "chat.opened", at, customer.number())
      .unit("digital")
      .channel("chat")
      .touchpoint("chat-robot")
      .key("contact", talk.contact);
  const Moment answered =
      at.plus_seconds(is_looping ? customer.random.between(200, 900) : 15 + customer.random.exponential(55));
  if (is_looping) ++customer.grief;
  world.log.add(Source::Chat, "chat.answered", answered, customer.number())
      .unit("service")
      .channel("chat")
      .touchpoint("chat")
      .key("contact", talk.contact)
      .number("robot_steps", static_cast<std::uint32_t>(is_looping ? customer.random.between(6, 14) : 2));
  return {true, hold_talk(world, customer, matter, talk, answered.plus_seconds(3))};
}

Reached get_in_touch(World& world, Customer& customer, const Matter& matter, Moment at) {
  const std::uint32_t draw = customer.random.below(1000);
  if (draw < share::kByPhone) return by_phone(world, customer, matter, at);
  if (draw < share::kByPhone + share::kByChat) return by_chat(world, customer, matter, at);
  const bool is_shop = draw < share::kByPhone + share::kByChat + share::kByShop;
  const Talk talk{is_shop ? Source::Shop : Source::Cases, is_shop ? "shop" : "mail",
                  is_shop ? "shop-desk" : "mailbox", ++world.numbers.contact, 0};
  return {true, hold_talk(world, customer, matter, talk, at)};
}

/// Who must put it right, by what it is about.
const char* unit_for(std::string_view reason) {
  if (reason == "delivery") return "logistics";
  if (reason == "invoice") return "billing";
  if (reason == "activation" || reason == "self-service") return "digital";
  if (reason == "offer") return "marketing";
  if (reason == "outage" || reason == "technical") return "network";
  return "service";
}

/// A complaint that a unit must answer: received, then closed.
void open_case(World& world, Customer& customer, const Matter& matter, Moment at) {
  const std::uint32_t number = ++world.numbers.work;
  const bool is_in_time = customer.random.chance(share::kCaseInTime);
  const Moment received =
      sometime(customer.random, world.days.plus_working(at.day, is_in_time ? 1 : 3), 9, 15);
  const std::int32_t days = is_in_time ? customer.random.between(1, 7) : customer.random.between(6, 25);
  const Moment closed = sometime(customer.random, world.days.plus_working(received.day, days), 9, 16);
  const auto add = [&](const char* type, Moment when) {
    world.log.add(Source::Cases, type, when, customer.number())
        .unit(unit_for(matter.reason))
        .key("case", number)
        .key("matter", matter.number)
        .text("reason", matter.reason);
  };
  add("case.opened", at.plus_minutes(5));
  add("case.acknowledged", received);
  add("case.closed", closed);
}

}  // namespace

Matter new_matter(World& world, const char* reason) {
  Matter matter;
  matter.reason = reason;
  matter.number = ++world.numbers.matter;
  return matter;
}

void take_up(World& world, Customer& customer, const Matter& matter, Moment first) {
  Moment at = first;
  std::uint32_t reached = 0;
  for (std::uint32_t attempt = 1; attempt <= kMostContacts; ++attempt) {
    at = when_open(world, customer.random, at);
    if (at >= matter.settled || at.day >= world.days.count()) return;
    const Reached outcome = get_in_touch(world, customer, matter, at);
    if (!outcome.is_reached) {
      if (!customer.random.chance(share::kCallsAgainAfterHangUp)) return;
      at = at.plus_minutes(customer.random.between(20, 300));
      continue;
    }
    survey(world, customer, {"contact", matter.reason}, outcome.end.at);
    if (++reached == 3 && customer.random.chance(share::kComplaintCase)) {
      open_case(world, customer, matter, outcome.end.at);
    }
    if (outcome.end.is_solved || !customer.random.chance(share::kComesBack)) return;
    ++customer.grief;
    at = sometime(customer.random, outcome.end.at.day + customer.random.between(1, 8), 8, 17);
  }
}

void survey(World& world, Customer& customer, const Occasion& occasion, Moment after) {
  if (!customer.random.chance(share::kSurveySent)) return;
  const std::int32_t grief = customer.grief;
  customer.grief = grief / 2;  // what is asked about is half forgotten until the next time
  const Moment sent = after.plus_minutes(customer.random.between(60, 180));
  const auto add = [&](const char* type, Moment when) {
    return world.log.add(Source::Survey, type, when, customer.number())
        .unit("insight")
        .channel("mail")
        .touchpoint("survey")
        .text("about", occasion.about);
  };
  add("survey.sent", sent);
  // Why: those to whom much happened write, those who have given up do not.
  const share::PerMille answers = grief == 0  ? share::kSurveyAnswered * 3 / 4
                                  : grief < 4 ? share::kSurveyAnswered * 5 / 4
                                              : share::kSurveyAnswered / 2;
  if (!customer.random.chance(answers)) return;
  const std::int32_t score = std::clamp(customer.random.between(7, 10) - 2 * grief, 0, 10);
  // Why: a stream of its own, so that what she writes leaves what happens to her alone.
  Random writing(Random(customer.random).next(), kWriting);
  const char* words = survey_words(occasion.reason, score, writing);
  auto answered = add("survey.answered", sent.plus_minutes(customer.random.between(10, 4000)));
  answered.known_after(3600).number("score", static_cast<std::uint32_t>(score)).text("measure", "nps");
  if (words != nullptr) answered.text("words", words);
}

}  // namespace handslag::demo
