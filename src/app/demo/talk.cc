// SPDX-License-Identifier: Apache-2.0
#include "app/demo/talk.h"

#include <string_view>

#include "app/demo/shares.h"

namespace handslag::demo {
namespace {

constexpr const char* kAgents[] = {"agent-101", "agent-102", "agent-107", "agent-113", "agent-118",
                                   "agent-124", "agent-131", "agent-139", "agent-142", "agent-155",
                                   "agent-160", "agent-168", "agent-171", "agent-177", "agent-183",
                                   "agent-190", "agent-196", "agent-204"};
constexpr const char* kWhyBlocked[] = {"mandate",    "information", "system",
                                       "other unit", "information", "system"};

/// One talk being told: the clock moves on with each thing said.
class Teller {
 public:
  Teller(World& world, Customer& customer, const Matter& matter, const Talk& talk, Moment start)
      : world_(world),
        customer_(customer),
        matter_(matter),
        talk_(talk),
        now_(start),
        agent_(kAgents[customer.random.below(std::size(kAgents))]) {}

  TalkEnd tell() {
    start();
    if (needs_facts()) ask_for_facts();
    if (needs_status()) tell_status();
    if (matter_.commitment != 0) claim();
    if (chance(share::kHelpBlocked)) block();
    if (chance(share::kTransferred)) transfer();
    if (chance(share::kAgentPromises)) promise();
    return end();
  }

 private:
  bool chance(share::PerMille per_mille) { return customer_.random.chance(per_mille); }
  bool is_about(std::string_view reason) const { return reason == matter_.reason; }
  bool needs_status() const { return is_about("delivery") || is_about("outage"); }
  bool needs_facts() {
    return (is_about("activation") || is_about("technical")) && chance(share::kAsksForFacts);
  }
  void pass(std::int32_t from_s, std::int32_t to_s) {
    now_ = now_.plus_seconds(customer_.random.between(from_s, to_s));
  }

  EventLog::Entry add(const char* type) {
    EventLog::Entry entry = world_.log.add(talk_.source, type, now_, customer_.number());
    entry.unit("service").channel(talk_.channel).touchpoint(talk_.touchpoint).agent(agent_);
    entry.key("contact", talk_.contact).key("matter", matter_.number);
    return entry;
  }

  void start() {
    auto entry = add("contact.started");
    entry.text("reason", matter_.reason).text("desk", brand_name(customer_.person.brand));
    if (talk_.call != 0) entry.key("call", talk_.call);
    if (matter_.order != 0) entry.key("order", matter_.order);
    pass(40, 160);
  }

  void ask_for_facts() {
    if (chance(share::kFactChanged)) {
      add("fact.changed").key("fact", "card-number");
      pass(20, 60);
    }
    const bool is_seen = customer_.gave_facts && chance(share::kFactsSeen);
    if (is_seen) return;
    for (const char* fact : {"serial-number", "card-number"}) {
      add("fact.asked").key("fact", fact);
      pass(15, 60);
      add("fact.given").key("fact", fact);
      pass(10, 30);
    }
    if (customer_.gave_facts) ++customer_.grief;
    customer_.gave_facts = true;
  }

  void tell_status() {
    was_told_ = chance(share::kToldStatus);
    if (!was_told_) {
      ++customer_.grief;
      return;
    }
    auto entry = add("status.told");
    if (matter_.order != 0) entry.key("order", matter_.order);
    entry.text("about", matter_.reason);
    pass(20, 90);
  }

  void claim() {
    add("commitment.claimed").key("commitment", matter_.commitment).text("wording", "as the seller said");
    const Moment answered = {
        world_.days.plus_working(now_.day, chance(share::kClaimAnswered) ? customer_.random.between(0, 2)
                                                                         : customer_.random.between(3, 9)),
        at_hour(17)};
    world_.log.add(Source::Cases, "commitment.confirmed", answered, customer_.number())
        .unit("sales")
        .key("commitment", matter_.commitment);
  }

  void block() {
    is_blocked_ = true;
    customer_.grief += 2;
    add("help.blocked").text("why", kWhyBlocked[customer_.random.below(std::size(kWhyBlocked))]);
    pass(10, 40);
  }

  void transfer() {
    add("contact.transferred").text("to", is_about("invoice") ? "billing" : "technical support");
    pass(60, 400);
    if (!chance(share::kTransferredTwice * 1000 / share::kTransferred)) return;
    ++customer_.grief;
    add("contact.transferred").text("to", "second line");
    pass(60, 400);
  }

  void promise() {
    const std::uint32_t number = ++world_.numbers.commitment;
    const std::int32_t due = world_.days.plus_working(now_.day, customer_.random.between(1, 5));
    add("commitment.made")
        .key("commitment", number)
        .date("due", due)
        .text("what", "call back with an answer");
    const bool is_kept = chance(share::kAgentKeeps);
    const std::int32_t late = is_kept ? 0 : customer_.random.between(1, 8);
    if (!is_kept) ++customer_.grief;
    if (!is_kept && chance(350)) return;  // forgotten for good
    const Moment done = sometime(customer_.random, world_.days.plus_working(due, late), 9, 17);
    world_.log.add(Source::CallCentre, "commitment.kept", done, customer_.number())
        .unit("service")
        .channel("phone")
        .agent(agent_)
        .key("commitment", number);
  }

  TalkEnd end() {
    pass(60, 420);
    const bool is_referred = !is_blocked_ && chance(share::kMailUsInstead);
    bool is_solved = !is_blocked_ && !is_referred && chance(share::kSolved);
    if (needs_status() && !was_told_) is_solved = false;
    if (is_referred) ++customer_.grief;
    add("contact.ended")
        .text("reason", matter_.reason)
        .text("outcome", is_referred   ? "mail us instead"
                         : is_blocked_ ? "could not help"
                         : is_solved   ? "solved"
                                       : "open");
    return {now_, is_solved};
  }

  World& world_;
  Customer& customer_;
  const Matter& matter_;
  const Talk& talk_;
  Moment now_;
  const char* agent_;
  bool was_told_ = false;
  bool is_blocked_ = false;
};

}  // namespace

TalkEnd hold_talk(World& world, Customer& customer, const Matter& matter, const Talk& talk, Moment start) {
  return Teller(world, customer, matter, talk, start).tell();
}

}  // namespace handslag::demo
