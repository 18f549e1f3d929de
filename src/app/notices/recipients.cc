// SPDX-License-Identifier: Apache-2.0
#include "app/notices/recipients.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "io/format/read_output.h"
#include "io/mail/message.h"

namespace handslag::app {
namespace {

constexpr std::size_t kRecipientNameBytes = 200;
constexpr std::string_view kIntervals[] = {"at_once", "hourly", "daily"};

Error wrong(std::size_t place, std::string_view member, const std::string& what) {
  return invalid(fmt::format("\"recipients\", number {}, \"{}\" {}", place + 1, member.substr(0, 40), what))
      .at(fmt::format("/recipients/{}{}", place, format::pointer_step(member)));
}

Status check_members(const Json& json, std::size_t place) {
  constexpr std::string_view kKnown[] = {"name", "mail", "webhook", "language", "interval", "most"};
  for (const auto& [name, value] : json.items()) {
    if (std::find(std::begin(kKnown), std::end(kKnown), name) == std::end(kKnown))
      return wrong(place, name, fmt::format("is not known; there are: {}", fmt::join(kKnown, ", ")));
  }
  return {};
}

Status read_name(const Json& json, std::size_t place, Recipient& into) {
  const auto name = json.find("name");
  if (name != json.end() && name->is_string()) into.name = trimmed(name->get_ref<const std::string&>());
  const bool is_clean = std::none_of(into.name.begin(), into.name.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
  });
  if (into.name.empty() || into.name.size() > kRecipientNameBytes || !is_clean || !is_utf8(into.name))
    return wrong(place, "name", fmt::format("must be one line of 1 to {} bytes", kRecipientNameBytes));
  return {};
}

Status read_ways(const Json& json, std::size_t place, Recipient& into) {
  if (const auto mail = json.find("mail"); mail != json.end() && !mail->is_null()) {
    if (!mail->is_string()) return wrong(place, "mail", "must be a text");
    into.mail = mail->get<std::string>();
    const Status checked = mail::check_address(into.mail);
    if (!checked.ok()) return wrong(place, "mail", "is no address: " + checked.error().message);
  }
  if (const auto webhook = json.find("webhook"); webhook != json.end() && !webhook->is_null()) {
    if (!webhook->is_number_integer() || *webhook < 1)
      return wrong(place, "webhook", "must be the number of a webhook");
    into.webhook = webhook->get<std::int64_t>();
  }
  if (into.mail.empty() && into.webhook == 0) return wrong(place, "mail", "or \"webhook\" must be there");
  return {};
}

Status read_manner(const Json& json, std::size_t place, Recipient& into) {
  if (const auto language = json.find("language"); language != json.end()) {
    if (*language != "sv" && *language != "en") return wrong(place, "language", "must be \"sv\" or \"en\"");
    into.language = *language == "en" ? Language::English : Language::Swedish;
  }
  if (const auto interval = json.find("interval"); interval != json.end()) {
    const std::string text = interval->is_string() ? interval->get<std::string>() : std::string();
    const auto* const found = std::find(std::begin(kIntervals), std::end(kIntervals), text);
    if (found == std::end(kIntervals))
      return wrong(place, "interval", fmt::format("must be one of {}", fmt::join(kIntervals, ", ")));
    into.interval = static_cast<Interval>(found - std::begin(kIntervals));
  }
  if (const auto most = json.find("most"); most != json.end()) {
    if (!most->is_number_integer() || *most < 1 || *most > kMaxListedItems)
      return wrong(place, "most", fmt::format("must be a whole number from 1 to {}", kMaxListedItems));
    into.most = most->get<std::uint32_t>();
  }
  return {};
}

}  // namespace

Result<std::vector<Recipient>> read_recipients(const Json& list) {
  if (!list.is_array() || list.size() > kMaxRecipients)
    return invalid(fmt::format("\"recipients\" must be a list of at most {}", kMaxRecipients))
        .at("/recipients");
  std::vector<Recipient> found;
  for (std::size_t i = 0; i < list.size(); ++i) {
    Recipient it;
    if (!list[i].is_object()) return wrong(i, "name", "is missing: each recipient is an object");
    HANDSLAG_CHECK_STATUS(check_members(list[i], i));
    HANDSLAG_CHECK_STATUS(read_name(list[i], i, it));
    HANDSLAG_CHECK_STATUS(read_ways(list[i], i, it));
    HANDSLAG_CHECK_STATUS(read_manner(list[i], i, it));
    const auto same = [&](const Recipient& other) { return other.name == it.name; };
    if (std::any_of(found.begin(), found.end(), same))
      return wrong(i, "name", "is there twice; what each has been told goes by the name");
    found.push_back(std::move(it));
  }
  return found;
}

Json recipient_json(const Recipient& it) {
  return {{"name", it.name},
          {"mail", it.mail.empty() ? Json() : Json(it.mail)},
          {"webhook", it.webhook == 0 ? Json() : Json(it.webhook)},
          {"language", it.language == Language::English ? "en" : "sv"},
          {"interval", kIntervals[static_cast<std::size_t>(it.interval)]},
          {"most", it.most}};
}

}  // namespace handslag::app
