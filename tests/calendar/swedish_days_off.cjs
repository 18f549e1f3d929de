// SPDX-License-Identifier: Apache-2.0
// Prints Sweden's public holidays and eves as date-holidays has them: date, name. Arguments: first and last year.
const Holidays = require('date-holidays');

const sweden = new Holidays('SE');
const [first, last] = process.argv.slice(2).map(Number);
for (let year = first; year <= last; year++) {
  for (const day of sweden.getHolidays(year)) {
    if (day.type === 'public' || day.type === 'bank') console.log(day.date.slice(0, 10), day.name);
  }
}
