// SPDX-License-Identifier: Apache-2.0
// Calendars and zones that the installation does not have.
#include <algorithm>

#include "base/text.h"
#include "pure/promise/check.h"

namespace handslag::promise {
namespace {

constexpr std::size_t kMostNamed = 8;  // calendars that a diagnostic lists

std::string nearest_of(std::string_view name, const std::vector<std::string>& known) {
  const std::vector<std::string_view> candidates(known.begin(), known.end());
  return std::string(nearest_word(name, candidates).value_or(""));
}

bool has_calendar(const TimeNames& names, std::string_view calendar) {
  return calendar == "default" ||
         std::find(names.calendars.begin(), names.calendars.end(), calendar) != names.calendars.end();
}

std::vector<std::string> written_and_known(std::string_view calendar, const TimeNames& names) {
  std::vector<std::string> arguments{"\"" + std::string(calendar) + "\""};
  for (std::size_t i = 0; i < names.calendars.size() && i < kMostNamed; ++i)
    arguments.push_back("\"" + names.calendars[i] + "\"");
  if (names.calendars.size() > kMostNamed) arguments.emplace_back("…");
  return arguments;
}

}  // namespace

void check_names(const TimeNames& names, SourceFile& file, DiagnosticList& diagnostics) {
  for (SourcePromise& source : file.promises) {
    const Promise& promise = source.promise;
    if (!promise.calendar.empty() && !has_calendar(names, promise.calendar)) {
      diagnostics.add(DiagnosticCode::UnknownCalendar, source.places.calendar,
                      written_and_known(promise.calendar, names),
                      nearest_of(promise.calendar, names.calendars));
      source.sound = false;
    }
    if (!promise.zone.empty() && !names.has_zone(promise.zone)) {
      diagnostics.add(DiagnosticCode::UnknownZone, source.places.zone, {"\"" + promise.zone + "\""},
                      nearest_of(promise.zone, names.usual_zones));
      source.sound = false;
    }
  }
}

}  // namespace handslag::promise
