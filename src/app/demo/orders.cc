// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string_view>

#include "app/demo/contacts.h"
#include "app/demo/shares.h"
#include "app/demo/stories.h"

namespace handslag::demo {
namespace {

struct Product {
  const char* name;
  share::PerMille share;       // of all orders
  std::int32_t promised_days;  // working days the shop promises
  std::uint32_t price;         // kronor
};
constexpr Product kProducts[] = {{"ca-module", 150, 5, 795}, {"tv-box", 180, 5, 1495},
                                 {"router", 220, 5, 1290},   {"phone", 260, 4, 6990},
                                 {"sim-card", 110, 4, 49},   {"fibre", 80, 15, 2490}};

const Product& pick_product(Random& random) {
  std::uint32_t draw = random.below(1000);
  for (const Product& product : kProducts) {
    if (draw < product.share) return product;
    draw -= product.share;
  }
  return kProducts[0];
}

/// One order being told.
class Order {
 public:
  Order(World& world, Customer& customer, const Product& product, Moment placed)
      : world_(world),
        customer_(customer),
        product_(product),
        placed_(placed),
        number_(++world.numbers.order),
        promised_day_(world.days.plus_working(placed.day, product.promised_days)) {}

  void tell() {
    plan_delivery();
    place();
    confirm();
    if (is_fibre()) book_installation();
    if (chance(is_late() ? share::kCancelled * 3 : share::kCancelled)) return cancel();
    if (is_late()) tell_delay();
    if (!is_lost_) deliver();
    if (is_late() && chance(share::kAsksWhereItIs)) ask_where_it_is();
  }

 private:
  bool chance(share::PerMille per_mille) { return customer_.random.chance(per_mille); }
  std::int32_t between(std::int32_t low, std::int32_t high) { return customer_.random.between(low, high); }
  bool is(std::string_view name) const { return name == product_.name; }
  bool is_fibre() const { return is("fibre"); }
  bool is_late() const { return is_lost_ || delivered_.day > promised_day_; }

  share::PerMille chance_late() const {
    if (is_fibre()) return share::kFibreLate;
    if (is("ca-module")) {
      return world_.is_module_short(placed_.day) ? share::kModuleLateShortage : share::kModuleLate;
    }
    return world_.days.month_of_year(placed_.day) == 12 ? share::kParcelLateDecember : share::kParcelLate;
  }

  void plan_delivery() {
    const std::int32_t least = is_fibre() ? 7 : 2;
    std::int32_t days = between(least, product_.promised_days - 1);
    if (chance(chance_late())) {
      const bool is_shortage = is("ca-module") && world_.is_module_short(placed_.day);
      days = product_.promised_days + (is_shortage ? between(4, 34) : between(1, 7));
      is_rescued_ = !is_shortage && days <= product_.promised_days + 3 && chance(share::kRescued);
      if (is_rescued_) days = product_.promised_days;
    }
    is_lost_ = chance(share::kLost);
    delivered_ = sometime(customer_.random, world_.days.plus_working(placed_.day, days), 9, 20);
  }

  EventLog::Entry add(Source source, const char* type, Moment at, const char* unit, const char* touchpoint) {
    EventLog::Entry entry = world_.log.add(source, type, at, customer_.number());
    entry.unit(unit).touchpoint(touchpoint).key("order", number_);
    if (source == Source::Logistics) entry.known_after(until_nightly_batch(at));
    return entry;
  }

  void place() {
    const std::uint32_t draw = customer_.random.below(1000);
    const char* channel = draw < 620 ? "web" : draw < 850 ? "phone" : "shop";
    const Source source = customer_.person.brand == Brand::Nord && draw < 620 ? Source::WebshopNord
                          : customer_.person.brand == Brand::Nord             ? Source::CrmNord
                                                                              : Source::CrmFjord;
    source_ = source;
    add(source, "order.placed", placed_, draw < 620 ? "webshop" : "sales", "checkout")
        .channel(channel)
        .text("product", product_.name)
        .number("amount", product_.price)
        .text("brand", brand_name(customer_.person.brand))
        .date("promised_at", promised_day_);
  }

  void confirm() {
    const bool is_slow = chance(share::kConfirmedSlowly);
    add(source_, "order.confirmed", placed_.plus_minutes(is_slow ? between(61, 4000) : between(1, 40)),
        "webshop", "confirmation")
        .channel("mail");
  }

  void book_installation() {
    const std::int32_t days = chance(830) ? between(0, 2) : between(3, 8);
    const Moment booked =
        sometime(customer_.random, world_.days.plus_working(placed_.day + 1, days) - 1, 9, 16);
    add(Source::Logistics, "installation.booked", std::max(booked, placed_.plus_minutes(90)), "logistics",
        "technician")
        .date("visit", delivered_.day);
  }

  void cancel() {
    const Moment at = is_late() ? sometime(customer_.random, promised_day_ + between(1, 5), 8, 20)
                                : placed_.plus_minutes(between(45, 1400));
    add(source_, "order.cancelled", std::min(at, delivered_.plus_minutes(-60)), "webshop", "checkout")
        .channel("web");
  }

  void deliver() {
    const std::int32_t on_the_way = is_rescued_ ? 1 : between(1, 2);
    std::int32_t sent = delivered_.day;
    for (std::int32_t days = on_the_way; days > 0;) days -= world_.days.is_working(--sent) ? 1 : 0;
    const Moment shipped = std::max(sometime(customer_.random, sent, 14, 18), placed_.plus_minutes(50));
    if (!is_fibre()) add(Source::Logistics, "order.shipped", shipped, "logistics", "parcel");
    attempt(shipped);
    const bool is_misread = chance(share::kDeliveryTimeCorrected);
    const Moment scanned = is_misread ? delivered_.plus_minutes(-7) : delivered_;
    const std::uint32_t scan = delivered(scanned);
    if (is_misread && scan != 0) {
      auto entry = add(Source::Logistics, "order.delivered", delivered_, "logistics", "parcel");
      entry.replaces(scan).flag("rescued", is_rescued_);
    }
    if (is_late()) customer_.grief += 2;
    survey(world_, customer_, {"delivery", "delivery"}, delivered_);
    if (is("ca-module") || is("tv-box") || is("router"))
      tell_activation(world_, customer_, number_, delivered_);
  }

  /// A parcel that nobody is at home for goes round once more.
  void attempt(Moment shipped) {
    const auto attempted = [&](Moment at) {
      add(Source::Logistics, "delivery.attempted", at, "logistics", "parcel");
    };
    if (is_fibre()) return;
    const Moment missed = {delivered_.day - 1, delivered_.second};
    if (chance(share::kFirstAttemptFails) && missed > shipped) attempted(missed);
    attempted(delivered_.plus_minutes(-2));
  }

  std::uint32_t delivered(Moment at) {
    auto entry =
        add(Source::Logistics, "order.delivered", at, "logistics", is_fibre() ? "technician" : "parcel");
    if (is_rescued_)
      entry.flag("rescued", true).text("effort", "courier at our cost").number("extra_cost", 350);
    return entry.serial();
  }

  /// Known the morning it was promised for; then word every few days, or silence.
  void tell_delay() {
    const Moment known{world_.days.working_on_or_before(promised_day_), at_hour(7, 30)};
    if (known <= placed_) return;
    add(Source::Logistics, "order.delayed", known, "logistics", "parcel")
        .text("why", is("ca-module") ? "supplier" : "stock");
    const std::int32_t last = is_lost_ ? world_.days.count() : delivered_.day;
    for (std::int32_t day = known.day; day < last;) {
      day = world_.days.plus_working(day, between(2, 5));
      if (day >= last) return;
      if (chance(share::kToldOfDelay)) {
        add(Source::Logistics, "status.told", {day, at_hour(10, 15)}, "logistics", "sms")
            .channel("sms")
            .text("about", "delivery");
      }
    }
  }

  void ask_where_it_is() {
    Matter matter = new_matter(world_, "delivery");
    matter.order = number_;
    if (!is_lost_) matter.settled = delivered_;
    take_up(world_, customer_, matter, sometime(customer_.random, promised_day_ + between(0, 3), 8, 17));
  }

  World& world_;
  Customer& customer_;
  const Product& product_;
  Moment placed_;
  std::uint32_t number_;
  std::int32_t promised_day_;
  Source source_ = Source::WebshopNord;
  Moment delivered_;
  bool is_rescued_ = false;
  bool is_lost_ = false;
};

}  // namespace

void tell_orders(World& world, Customer& customer, std::int32_t month) {
  const std::int32_t first = world.days.first_of_month(month);
  const bool is_december = world.days.month_of_year(first) == 12;
  if (!customer.random.chance(is_december ? share::kDecemberOrder : share::kOrder)) return;
  const std::int32_t day = customer.random.between(first, world.days.first_of_month(month + 1) - 1);
  const Moment placed = sometime(customer.random, day, 7, 23);
  if (day < customer.person.joined) return;
  Order(world, customer, pick_product(customer.random), placed).tell();
}

}  // namespace handslag::demo
