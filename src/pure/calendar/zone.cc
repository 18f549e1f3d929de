// SPDX-License-Identifier: Apache-2.0
#include "pure/calendar/zone.h"

#include <cctz/civil_time.h>
#include <cctz/time_zone.h>

#include <algorithm>
#include <chrono>
#include <limits>

#include "pure/calendar/days.h"

namespace handslag::calendar {
namespace {

constexpr std::size_t kMaxZoneNameBytes = 64;

// OPTIMIZATION: 2^42 µs are 51 days; few buckets hold a change, so that a look-up is one load and one
// comparison.
constexpr int kBucketShift = 42;

using Instant = cctz::time_point<cctz::seconds>;

Instant start_of_year(std::int32_t year) {
  return cctz::convert(cctz::civil_second(year, 1, 1), cctz::utc_time_zone());
}

std::int64_t micros(Instant instant) {
  return instant.time_since_epoch().count() * kMicrosPerSecond;
}

std::int64_t offset_of(const cctz::time_zone& rules, Instant instant) {
  return rules.lookup(instant).offset * kMicrosPerSecond;
}

// Names that the database holds as files, and no path out of it. "right/…" counts leap seconds, which we do
// not.
bool is_plausible_name(std::string_view name) {
  const auto is_allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
           c == '_' || c == '+' || c == '-';
  };
  return !name.empty() && name.size() <= kMaxZoneNameBytes && name.front() >= 'A' && name.front() <= 'Z' &&
         !name.starts_with("Fixed/") && std::all_of(name.begin(), name.end(), is_allowed);
}

}  // namespace

Result<Zone> Zone::open(std::string_view name) {
  cctz::time_zone rules;
  const std::string text(name);
  if (!is_plausible_name(name) || !cctz::load_time_zone(text, &rules)) {
    if (!cctz::load_time_zone("Europe/Stockholm", &rules)) {
      return unavailable("the time zone database is missing; install the package tzdata");
    }
    return not_found("unknown zone \"" + text.substr(0, kMaxZoneNameBytes) +
                     "\"; use a name of the tz database, such as Europe/Stockholm or UTC");
  }
  Instant at = start_of_year(kFirstTableYear);
  const Instant end = start_of_year(kEndTableYear);
  std::vector<Segment> segments{{std::numeric_limits<std::int64_t>::min(), offset_of(rules, at)}};
  cctz::time_zone::civil_transition change;
  while (rules.next_transition(at, &change)) {
    // Why: cctz tells the instant of a change from a civil time that the change skips or doubles; this one
    // is.
    at = rules.lookup(std::min(change.from, change.to)).trans;
    if (at >= end) break;
    const std::int64_t offset = offset_of(rules, at);
    if (offset != segments.back().offset_us) segments.push_back({micros(at), offset});
  }
  // (2): where the last change leads to the summer's offset, leave it out.
  if (segments.size() > 1 && segments.back().offset_us > segments[segments.size() - 2].offset_us) {
    const bool is_yearly = micros(end) - segments.back().start_us < 400 * kMicrosPerDay;
    if (is_yearly) segments.pop_back();
  }
  return Zone(text, std::move(segments));
}

Zone::Zone(std::string name, std::vector<Segment> segments)
    : name_(std::move(name)), segments_(std::move(segments)) {
  largest_offset_us_ = std::max_element(segments_.begin(), segments_.end(), [](Segment a, Segment b) {
                         return a.offset_us < b.offset_us;
                       })->offset_us;
  if (segments_.size() == 1) return;
  const std::int64_t first = segments_[1].start_us >> kBucketShift;
  const std::int64_t last = segments_.back().start_us >> kBucketShift;
  std::uint16_t segment = 0;
  for (std::int64_t bucket = first; bucket <= last; ++bucket) {
    const std::int64_t bucket_us = bucket << kBucketShift;
    while (segment + 1U < segments_.size() && segments_[segment + 1U].start_us <= bucket_us) ++segment;
    by_bucket_.push_back(segment);
  }
}

std::size_t Zone::segment_at(std::int64_t us) const {
  if (segments_.size() == 1 || us < segments_[1].start_us) return 0;
  if (us >= segments_.back().start_us) return segments_.size() - 1;
  const std::int64_t first_bucket = segments_[1].start_us >> kBucketShift;
  std::size_t segment = by_bucket_[static_cast<std::size_t>((us >> kBucketShift) - first_bucket)];
  while (segments_[segment + 1].start_us <= us) ++segment;
  return segment;
}

std::int64_t Zone::offset_us(Timestamp time) const {
  return segments_[segment_at(time.us)].offset_us;
}

model::LocalInstant Zone::to_instant(std::int64_t local_us) const {
  // No earlier instant than this can show `local_us`; so the first segment that does is the first of two.
  std::size_t segment = segment_at(local_us - largest_offset_us_);
  const auto shows = [&](std::size_t s) {
    const std::int64_t us = local_us - segments_[s].offset_us;
    return us >= segments_[s].start_us && (s + 1 == segments_.size() || us < segments_[s + 1].start_us);
  };
  while (!shows(segment)) {
    if (segment + 1 == segments_.size() ||
        local_us - segments_[segment].offset_us < segments_[segment].start_us) {
      return {model::LocalOutcome::Skipped, {segments_[segment].start_us}};
    }
    ++segment;
  }
  const bool is_doubled = segment + 1 < segments_.size() && shows(segment + 1);
  return {is_doubled ? model::LocalOutcome::DoubledFirstTaken : model::LocalOutcome::Unique,
          {local_us - segments_[segment].offset_us}};
}

Date Zone::local_day(Timestamp time) const {
  Date day{static_cast<std::int32_t>(floor_division(time.us + offset_us(time), kMicrosPerDay))};
  while (start_of_day({day.days + 1}) <= time) ++day.days;
  return day;
}

Timestamp Zone::start_of_day(Date day) const {
  return to_instant(day.days * kMicrosPerDay).time;
}

}  // namespace handslag::calendar
