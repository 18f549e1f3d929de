// SPDX-License-Identifier: Apache-2.0
// The demo's ordinary stories, told month by month for one customer. Each tells all that follows from what
// began in the month, also what falls after it.
#pragma once

#include "app/demo/world.h"

namespace handslag::demo {

/// What the customer registers know of her, from the day she joined.
void tell_arrival(World& world, Customer& customer);
/// Moves, new agreements in her association: attributes that change.
void tell_changes(World& world, Customer& customer, std::int32_t month);

/// Goods and installations: ordered, promised, sent, late, rescued, cancelled, activated.
void tell_orders(World& world, Customer& customer, std::int32_t month);
/// Tries on the web and in the app, and the calls that follow.
void tell_self_service(World& world, Customer& customer, std::int32_t month);
/// After a delivery of a box or module: serial and card number handed in on the web.
void tell_activation(World& world, Customer& customer, std::uint32_t order, Moment delivered);
/// Campaigns that reach her, and what she makes of them.
void tell_offers(World& world, Customer& customer, std::int32_t month);
/// What sellers promise in the field.
void tell_sales(World& world, Customer& customer, std::int32_t month);
/// Invoices of the company or companies she is with.
void tell_bills(World& world, Customer& customer, std::int32_t month);
/// Outages of her area, and contacts for reasons of her own.
void tell_own_contacts(World& world, Customer& customer, std::int32_t month);

/// The customer of the story that the whole product holds on to, line by line. She is person 0.
void tell_karin(World& world, Customer& customer);

}  // namespace handslag::demo
