// SPDX-License-Identifier: Apache-2.0
#include "io/store/content_hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "io/store/hash_mark.h"

namespace handslag::store {
namespace {

// Seeds that keep equal texts in different places apart. Written to disk; never renumber.
enum Place : std::uint64_t { kFixed = 1, kSubject = 20, kKey = 22, kAttribute = 24 };

std::uint64_t hash_text(std::string_view text, std::uint64_t seed) {
  return XXH3_64bits_withSeed(text.data(), text.size(), seed);
}

std::uint64_t hash_number(std::uint64_t number, std::uint64_t seed) {
  return XXH3_64bits_withSeed(&number, sizeof number, seed);
}

std::uint64_t hash_pair(std::string_view name, std::string_view value, std::uint64_t place) {
  return hash_text(value, hash_text(name, place));
}

std::uint64_t bits_of(const model::Value& value) {
  switch (model::kind_of(value)) {
    case model::ValueKind::Number:
      return model::Cell::number(std::get<double>(value)).bits;
    case model::ValueKind::Instant:
      return model::Cell::instant(std::get<Timestamp>(value)).bits;
    case model::ValueKind::Boolean:
      return model::Cell::boolean(std::get<bool>(value)).bits;
    case model::ValueKind::Date:
      return model::Cell::date(std::get<Date>(value)).bits;
    case model::ValueKind::Text:
    case model::ValueKind::Missing:
      break;
  }
  return 0;
}

std::uint64_t hash_attribute(const model::Attribute& attribute) {
  const auto kind = static_cast<std::uint64_t>(model::kind_of(attribute.value));
  const std::uint64_t seed = hash_number(kind, hash_text(attribute.name, kAttribute));
  const auto* text = std::get_if<std::string>(&attribute.value);
  return text != nullptr ? hash_text(*text, seed) : hash_number(bits_of(attribute.value), seed);
}

}  // namespace

std::uint64_t content_hash(const model::Event& event) {
  std::uint64_t hash = event.is_time_ours ? hash_text("time is ours", kFixed)
                                          : hash_number(static_cast<std::uint64_t>(event.time.us), kFixed);
  for (const std::string* text : {&event.source, &event.id, &event.type, &event.unit, &event.channel,
                                  &event.touchpoint, &event.agent, &event.replaces, &event.voids}) {
    hash = hash_text(*text, hash);
  }
  for (const model::Identifier& member : event.subject)
    hash += hash_pair(member.type, member.value, kSubject);
  for (const model::Key& key : event.keys) hash += hash_pair(key.name, key.value, kKey);
  for (const model::Attribute& attribute : event.data) hash += hash_attribute(attribute);
  return hash;
}

std::uint64_t id_hash(std::uint32_t source_code, std::string_view id) {
  static const std::uint64_t kSeed = hash_seed();
  return hash_text(id, hash_number(source_code, kSeed));
}

}  // namespace handslag::store
