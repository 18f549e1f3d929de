// SPDX-License-Identifier: Apache-2.0
#include "app/intake/batch_sender.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "app/language/json.h"

namespace handslag::app {
namespace {

constexpr std::size_t kKept = 100;
constexpr std::int64_t kUsualWait_s = 5, kLongestWait_s = 60;

// As the wire form wants it: what an import leaves to the log is said (P-17, P-2).
Json wire_json(const model::Event& event) {
  Json json = event_json(event);
  json["known"] = format_rfc3339(event.known.value_or(event.time));
  json["sequence"] = event.sequence;
  return json;
}

std::int64_t retry_after_s(const http::IncomingAnswer& answer) {
  const std::string* header = answer.header("retry-after");
  std::int64_t seconds = kUsualWait_s;
  if (header != nullptr) std::from_chars(header->data(), header->data() + header->size(), seconds);
  return std::clamp<std::int64_t>(seconds, 1, kLongestWait_s);
}

// What a problem document says, else nothing.
std::string detail_of(const http::IncomingAnswer& answer) {
  const Json body = Json::parse(answer.body, nullptr, false);
  return body.is_object() && body.contains("detail") && body["detail"].is_string()
             ? body["detail"].get<std::string>()
             : std::string();
}

std::string without_slash(std::string url) {
  while (url.ends_with('/')) url.pop_back();
  return url;
}

// The event's place in the batch of a pointer such as /3/time.
std::size_t index_of(std::string_view pointer) {
  std::size_t index = 0;
  if (pointer.starts_with('/')) std::from_chars(pointer.data() + 1, pointer.data() + pointer.size(), index);
  return index;
}

}  // namespace

BatchSender::BatchSender(Fetch fetch, const std::string& server, const std::string& key, Wait wait,
                         const BatchLimits& limits)
    : fetch_(std::move(fetch)),
      url_(without_slash(server) + "/v1/events"),
      authorization_("Bearer " + key),
      wait_(std::move(wait)),
      limits_(limits) {}

Status BatchSender::add(const model::Event& event) {
  std::string text = wire_json(event).dump(-1, ' ', false, Json::error_handler_t::replace);
  if (!records_.empty() && body_.size() + text.size() > limits_.bytes) HANDSLAG_CHECK_STATUS(send());
  body_ += body_.empty() ? "[" : ",";
  body_ += text;
  records_.push_back(event.record);
  return records_.size() < limits_.events ? Status() : send();
}

Status BatchSender::finish() {
  return records_.empty() ? Status() : send();
}

Status BatchSender::send() {
  body_ += "]";
  for (std::int64_t waited_s = 0;;) {
    HANDSLAG_TRY(answer, fetch_in_time());
    const bool is_refused = answer.status == 429 || answer.status == 503;
    if (!is_refused) {
      HANDSLAG_CHECK_STATUS(take_answer(answer));
      body_.clear();
      records_.clear();
      return {};
    }
    const std::int64_t seconds = retry_after_s(answer);
    waited_s += seconds;
    if (waited_s > limits_.most_wait_s)
      return unavailable(
          fmt::format("the server has refused for {} seconds: {}", limits_.most_wait_s, detail_of(answer)));
    if (!wait_(seconds, answer.status == 429 ? "the server has too much to do" : "the server cannot store"))
      return unavailable("stopped");
  }
}

// A server that is not reached may be on its way up again.
Result<http::IncomingAnswer> BatchSender::fetch_in_time() {
  std::int64_t seconds = limits_.try_again_s;
  for (unsigned tried = 1;; ++tried) {
    http::OutgoingRequest request;
    request.url = url_;
    request.headers = {{"Content-Type", "application/json"}, {"Authorization", authorization_}};
    request.body = body_;
    request.timeout = std::chrono::seconds(60);
    auto answer = fetch_(std::move(request));
    if (answer.ok() && answer->status != 502 && answer->status != 504) return answer;
    const bool is_passing = answer.ok() || answer.error().code == ErrorCode::Unavailable ||
                            answer.error().code == ErrorCode::Timeout;
    if (!is_passing || tried == limits_.tries) return answer;
    if (!wait_(seconds, "the server is not reached")) return unavailable("stopped");
    seconds *= 2;
  }
}

Status BatchSender::take_answer(const http::IncomingAnswer& answer) {
  if (answer.status == 422) {  // not one of them could be used
    note_refused(answer);
    refused_count_ += records_.size();
    return {};
  }
  if (answer.status == 401) return Error{ErrorCode::Unauthenticated, "the server does not know this key"};
  if (answer.status == 403)
    return Error{ErrorCode::Forbidden, "the key may not send events: it needs the scope events.send"};
  const Json body = Json::parse(answer.body, nullptr, false);
  const bool is_receipt = answer.status == 200 && body.is_object() && body.contains("accepted") &&
                          body["accepted"].is_number_unsigned() && body.contains("rejected") &&
                          body["rejected"].is_number_unsigned();
  if (!is_receipt)
    return invalid(fmt::format("{} answered {}, which is not what Handslag answers. {}", url_, answer.status,
                               detail_of(answer)));
  accepted_ += body["accepted"].get<std::uint64_t>();
  refused_count_ += body["rejected"].get<std::uint64_t>();
  note_refused(answer);
  return {};
}

void BatchSender::note_refused(const http::IncomingAnswer& answer) {
  const Json body = Json::parse(answer.body, nullptr, false);
  if (!body.is_object() || !body.contains("errors") || !body["errors"].is_array()) return;
  for (const Json& it : body["errors"]) {
    if (refused_.size() == kKept || !it.is_object()) return;
    const Json pointer = it.value("pointer", Json()), detail = it.value("detail", Json());
    if (!pointer.is_string() || !detail.is_string()) continue;
    const std::string place = pointer.get<std::string>();
    const std::size_t index = index_of(place);
    const std::size_t slash = place.find('/', 1);
    refused_.push_back({index < records_.size() ? records_[index] : 0,
                        slash == std::string::npos ? "" : place.substr(slash + 1),
                        detail.get<std::string>()});
  }
}

}  // namespace handslag::app
