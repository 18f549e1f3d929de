// SPDX-License-Identifier: Apache-2.0
// The fourth call in a month. Days are counted back from the demo's end, each moved to the working day at or
// before it; a demo that is too short loses the summer. packs/telecom/README.md tells the same in words.
#include "app/demo/contacts.h"
#include "app/demo/stories.h"

namespace handslag::demo {
namespace {

class Story {
 public:
  Story(World& world, Customer& customer) : world_(world), customer_(customer) {}

  void tell() {
    cannot_choose();
    summer_telephony();
    buy_module();
    hand_in_on_the_web();
    first_call();
    second_call();
    third_call();
    ulla();
  }

 private:
  Moment at(std::int32_t days_before_end, std::int32_t hour, std::int32_t minute) const {
    return {world_.days.working_on_or_before(world_.days.count() - 1 - days_before_end),
            at_hour(hour, minute)};
  }

  EventLog::Entry add(Source source, const char* type, Moment when) {
    return world_.log.add(source, type, when, customer_.number());
  }

  /// "Där jag bor är alla hus med i en samfällighet och när leverantören blev uppköpt så hade vi inget val
  /// tyvärr."
  void cannot_choose() {
    for (const Source source : {Source::CrmNord, Source::CrmFjord}) {
      add(source, "customer.updated", {0, at_hour(1)})
          .unit("customer-data")
          .known(Known::Fully)
          .text("brand", "fjord")
          .text("segment", "family")
          .flag("can_leave", false)
          .flag("fibre", true)
          .text("association", "Mediamöbelns samfällighet");
    }
  }

  /// "… en liknande upplevelse i somras när jag bytte telefoni inom samma koncern."
  void summer_telephony() {
    const std::uint32_t order = ++world_.numbers.order;
    const Moment placed = at(116, 19, 10);
    const std::int32_t promised = world_.days.plus_working(placed.day, 10);
    place(order, "telephony", placed, promised, Source::CrmNord);
    Matter matter = new_matter(world_, "delivery");
    matter.order = order;
    matter_ = matter;
    const Moment started = start("agent-113", "nord", call(at(95, 9, 15), 340));
    end("open", started.plus_seconds(300));
    add(Source::Logistics, "order.delivered", {world_.days.plus_working(promised, 9), at_hour(14, 20)})
        .unit("logistics")
        .touchpoint("technician")
        .key("order", order);
    add(Source::Survey, "survey.sent", at(80, 10, 0))
        .unit("insight")
        .channel("mail")
        .touchpoint("survey")
        .text("about", "delivery");
  }

  /// "… min CA-modul (teknisk manick) som jag köpt för en månad sedan."
  void buy_module() {
    const std::uint32_t order = ++world_.numbers.order;
    const Moment placed = at(33, 20, 5);
    const std::int32_t promised = world_.days.plus_working(placed.day, 5);
    place(order, "ca-module", placed, promised, Source::WebshopNord);
    matter_ = new_matter(world_, "delivery");
    matter_.order = order;
    add(Source::Logistics, "order.delayed", {promised, at_hour(7, 30)})
        .unit("logistics")
        .touchpoint("parcel")
        .key("order", order)
        .text("why", "supplier");
  }

  /// "… minst fyra gånger tidigare både på webben och till deras olika kundtjänster": the first two, on the
  /// web.
  void hand_in_on_the_web() {
    for (const Moment when : {at(33, 20, 11), at(30, 18, 40)}) {
      const std::uint32_t session = ++world_.numbers.session;
      const auto tell = [&](const char* type, std::int64_t after_s) {
        return add(Source::WebshopNord, type, when.plus_seconds(after_s))
            .unit("digital")
            .channel("web")
            .touchpoint("my-pages")
            .key("session", session)
            .key("matter", matter_.number)
            .text("flow", "activate box");
      };
      tell("selfservice.started", 0);
      tell("fact.given", 45).key("fact", "serial-number");
      tell("fact.given", 80).key("fact", "card-number");
      tell("selfservice.failed", 95).text("why", "unknown number");
    }
  }

  void first_call() {
    Moment now = call(at(25, 9, 20), 260);
    now = start("agent-107", "fjord", now);
    now = ask_for_facts(now);
    end("open", now.plus_seconds(80));
  }

  void second_call() {
    Moment now = call(at(18, 12, 10), 415);
    now = start("agent-142", "nord", now);
    now = ask_for_facts(now);
    // Why: "ristade i sten" was said here. Nobody wrote it down, so there is no commitment.made.
    end("open", now.plus_seconds(120));
  }

  void third_call() {
    Moment now = call(at(11, 8, 5), 610);
    now = start("agent-168", "fjord", now);
    say("contact.transferred", now).text("to", "technical support");
    say("contact.transferred", now.plus_seconds(240)).text("to", "second line");
    end("open", now.plus_seconds(500));
  }

  /// "Till slut kommer jag fram till Ulla."
  void ulla() {
    Moment now = call(at(4, 9, 41), 540);
    now = start("Ulla", "fjord", now);
    say("help.blocked", now).text("why", "mandate");  // "hon inte kan göra något"
    now = now.plus_seconds(35);
    for (const char* fact : {"serial-number", "card-number"}) {  // "SNARK!"
      say("fact.asked", now).key("fact", fact);
      now = now.plus_seconds(10);
    }
    say("commitment.claimed", now)
        .key("commitment", ++world_.numbers.commitment)
        .text("wording", "uppgifterna skulle vara ristade i sten i deras system");
    now = now.plus_seconds(40);
    say("help.blocked", now).text("why", "information");  // "vet varken när … eller hur lång tid"
    say("observation.made", now.plus_seconds(50))
        .text("about", "staff")
        .text("seen", "cannot be fun to work there; a sigh");
    const Moment ended =
        end("mail us instead", now.plus_seconds(75));  // "jag kan maila min fråga till kundtjänsten"
    add(Source::Survey, "survey.sent", ended.plus_minutes(120))
        .unit("insight")
        .channel("mail")
        .touchpoint("survey")
        .text("about", "contact");  // she does not answer
  }

  void place(std::uint32_t order, const char* product, Moment when, std::int32_t promised, Source source) {
    add(source, "order.placed", when)
        .unit("webshop")
        .channel("web")
        .touchpoint("checkout")
        .key("order", order)
        .text("product", product)
        .number("amount", 795)
        .text("brand", "fjord")
        .date("promised_at", promised);
    add(source, "order.confirmed", when.plus_minutes(3))
        .unit("webshop")
        .channel("mail")
        .touchpoint("confirmation")
        .key("order", order);
  }

  /// "… knappa in mitt 10-siffriga personnummer … det angivna personnumret inte finns i systemet." Until she
  /// is answered.
  Moment call(Moment received, std::int64_t wait_s) {
    call_ = ++world_.numbers.call;
    contact_ = ++world_.numbers.contact;
    const auto menu = [&](const char* type, std::int64_t after_s) {
      return add(Source::Ivr, type, received.plus_seconds(after_s))
          .unit("service")
          .channel("phone")
          .touchpoint("voice-menu")
          .known(Known::Fully)
          .key("call", call_);
    };
    menu("call.received", 0).known(Known::Little).number("menu_choices", 4);
    menu("identify.attempted", 38).text("method", "personnummer").number("digits", 10);
    menu("identify.failed", 44).text("why", "not found").text("register", "nord");
    menu("call.queued", 60);
    const Moment answered = received.plus_seconds(60 + wait_s);
    add(Source::CallCentre, "call.answered", answered)
        .unit("service")
        .channel("phone")
        .touchpoint("phone")
        .known(Known::Fully)
        .key("call", call_);
    return answered.plus_seconds(2);
  }

  EventLog::Entry say(const char* type, Moment when) {
    return add(Source::CallCentre, type, when)
        .unit("service")
        .channel("phone")
        .touchpoint("phone")
        .agent(agent_)
        .known(Known::Fully)
        .key("contact", contact_)
        .key("matter", matter_.number);
  }

  Moment start(const char* agent, const char* desk, Moment when) {
    agent_ = agent;
    say("contact.started", when)
        .key("call", call_)
        .key("order", matter_.order)
        .text("reason", matter_.reason)
        .text("desk", desk);
    return when.plus_seconds(55);
  }

  Moment ask_for_facts(Moment now) {
    for (const char* fact : {"serial-number", "card-number"}) {
      say("fact.asked", now).key("fact", fact);
      say("fact.given", now.plus_seconds(25)).key("fact", fact);
      now = now.plus_seconds(45);
    }
    return now;
  }

  Moment end(const char* outcome, Moment when) {
    say("contact.ended", when).text("reason", matter_.reason).text("outcome", outcome);
    return when;
  }

  World& world_;
  Customer& customer_;
  Matter matter_;
  std::uint32_t call_ = 0;
  std::uint32_t contact_ = 0;
  const char* agent_ = "";
};

}  // namespace

void tell_karin(World& world, Customer& customer) {
  Story(world, customer).tell();
}

}  // namespace handslag::demo
