// SPDX-License-Identifier: Apache-2.0
#include "app/demo/contacts.h"
#include "app/demo/shares.h"
#include "app/demo/stories.h"

namespace handslag::demo {
namespace {

constexpr const char* kFlows[] = {"move home",      "read invoice",    "new password",
                                  "change address", "book technician", "measure speed"};

/// One try: started, then completed, failed or given up. True when it was completed.
class Try {
 public:
  Try(World& world, Customer& customer, const char* flow, const Matter& matter)
      : world_(world),
        customer_(customer),
        flow_(flow),
        matter_(matter),
        session_(++world.numbers.session),
        source_(customer.random.chance(450) ? Source::App : Source::WebshopNord) {}

  EventLog::Entry add(const char* type, Moment at) {
    EventLog::Entry entry = world_.log.add(source_, type, at, customer_.number());
    entry.unit("digital").channel(source_ == Source::App ? "app" : "web").touchpoint("my-pages");
    entry.key("session", session_).key("matter", matter_.number).text("flow", flow_);
    return entry;
  }

  void hand_in_facts(Moment at) {
    add("fact.given", at).key("fact", "serial-number");
    add("fact.given", at.plus_seconds(25)).key("fact", "card-number");
    customer_.gave_facts = true;
  }

  void report_failure(Moment at) {
    const std::uint32_t number = ++world_.numbers.work;
    const auto tell = [&](const char* type, Moment when) {
      world_.log.add(Source::Cases, type, when, customer_.number())
          .unit("digital")
          .key("case", number)
          .key("matter", matter_.number)
          .text("reason", "self-service");
    };
    const bool is_in_time = customer_.random.chance(share::kCaseInTime);
    const std::int32_t first =
        world_.days.plus_working(at.day, is_in_time ? 1 : customer_.random.between(2, 5));
    tell("case.opened", at.plus_minutes(1));
    tell("case.acknowledged", {first, at_hour(10)});
    tell("case.closed",
         {world_.days.plus_working(first, customer_.random.between(2, is_in_time ? 8 : 25)), at_hour(15)});
  }

  /// The end of the try that began at `from`.
  bool finish(Moment from, share::PerMille fails, share::PerMille completes) {
    const std::uint32_t draw = customer_.random.below(1000);
    const Moment at = from.plus_seconds(customer_.random.between(60, 1100));
    if (draw < completes) {
      const bool is_slow = customer_.random.chance(60);
      add("selfservice.completed", is_slow ? at.plus_minutes(45) : at);
      return true;
    }
    ++customer_.grief;
    if (draw >= completes + fails) return false;
    add("selfservice.failed", at)
        .text("why", customer_.random.chance(500) ? "unknown number" : "technical error");
    if (customer_.random.chance(share::kFailureReported)) report_failure(at);
    return false;
  }

 private:
  World& world_;
  Customer& customer_;
  const char* flow_;
  const Matter& matter_;
  std::uint32_t session_;
  Source source_;
};

}  // namespace

void tell_self_service(World& world, Customer& customer, std::int32_t month) {
  if (!customer.random.chance(share::kSelfService)) return;
  const std::int32_t first = world.days.first_of_month(month);
  const std::int32_t day = customer.random.between(first, world.days.first_of_month(month + 1) - 1);
  const Moment from = sometime(customer.random, day, 7, 23);
  if (day < customer.person.joined) return;
  const Matter matter = new_matter(world, "self-service");
  Try attempt(world, customer, kFlows[customer.random.below(std::size(kFlows))], matter);
  attempt.add("selfservice.started", from);
  const bool is_done = attempt.finish(from, share::kFails, share::kCompletes);
  if (customer.random.chance(is_done ? share::kCallsAfterSuccess : share::kCallsAfterFailure)) {
    take_up(world, customer, matter, from.plus_minutes(customer.random.between(20, 90)));
  }
}

void tell_activation(World& world, Customer& customer, std::uint32_t order, Moment delivered) {
  Matter matter = new_matter(world, "activation");
  matter.order = order;
  const Moment from = delivered.plus_minutes(customer.random.between(30, 3000));
  Try attempt(world, customer, "activate box", matter);
  attempt.add("selfservice.started", from).key("order", order);
  attempt.hand_in_facts(from.plus_seconds(40));
  const bool is_done =
      attempt.finish(from.plus_seconds(70), share::kActivationFails - 60, 1000 - share::kActivationFails);
  if (!is_done && customer.random.chance(share::kCallsAfterFailure)) {
    take_up(world, customer, matter, from.plus_minutes(customer.random.between(25, 200)));
  }
}

}  // namespace handslag::demo
