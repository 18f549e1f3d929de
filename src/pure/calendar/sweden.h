// SPDX-License-Identifier: Apache-2.0
// Swedish days off, computed. Sources:
//   SFS 1989:253 (in force 1990-01-01): the public holidays, midsommardagen the Saturday of 20–26 June, alla
//   helgons
//     dag the Saturday of 31 October–6 November. It gathered provisions that had given the same days before.
//   SFS 2004:1320, prop. 2004/05:23 (in force 2005-04-01): the national day, 6 June, became a public holiday;
//   annandag
//     pingst ceased to be one. So annandag pingst counts until 2004, 6 June from 2005.
//   SFS 1930:173 2 § and SFS 1977:480 3 a §: midsommarafton, julafton and nyårsafton are as public holidays.
//
// Computed for 1970–2100. Outside those years the rules next to them in time go on: before 1970 those of 1970
// (not the law of that time), after 2100 those in force today.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/time.h"

namespace handslag::calendar {

/// Easter Sunday of a Gregorian year.
Date easter_sunday(std::int32_t year);

/// The Swedish name of the public holiday or eve that a day is; empty for other days. That a day is a
/// Saturday or a Sunday does not make it one.
std::string_view swedish_day_off(Date day);

}  // namespace handslag::calendar
