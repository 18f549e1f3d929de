// SPDX-License-Identifier: Apache-2.0
#include "app/api/replay.h"

#include <fmt/format.h>

#include <utility>

#include "base/text.h"
#include "io/format/cloud_events.h"
#include "io/format/native_events.h"

namespace handslag::app {
namespace {

constexpr std::string_view kSegmentKind = "segment", kSegmentCallKind = "segment:", kHookKind = "hook:";
constexpr std::string_view kFileRowKind = "import";

using Read = Result<format::WireEvents>;

format::WireEvents only_fault(std::string reason) {
  format::WireEvents none;
  none.rejected.push_back({0, 0, "", std::move(reason), {}});
  return none;
}

// Why: of what is half taken, nobody would know which half the reject still stands for.
format::WireEvents whole_or_faults(Read read) {
  if (!read.ok()) return only_fault(std::move(read).error().message);
  format::WireEvents events = std::move(read).value();
  if (!events.rejected.empty()) events.events.clear();
  return events.events.empty() && events.rejected.empty() ? only_fault("gives no event") : std::move(events);
}

bool begins_with(std::string_view text, char c) {
  return trimmed(text).starts_with(c);
}

bool has_form_of_its_own(std::string_view kind) {
  return kind == kCloudEventsKind || kind == kSegmentKind || kind.starts_with(kSegmentCallKind) ||
         kind.starts_with(kHookKind);
}

// A text in the form of its kind, which has one.
class KindReader {
 public:
  KindReader(const store::StoredIntakeReject& stored, const http::Request& request, const Hooks& hooks)
      : kind_(stored.reject.kind),
        hooks_(hooks),
        setting_{stored.reject.source, !stored.reject.source.empty(), stored.received, hooks.zones} {
    for (const http::Header& it : request.headers) headers_.push_back({it.name, it.value});
    const std::size_t question = request.target.find('?');
    if (question != std::string::npos) wire_.query = std::string_view(request.target).substr(question + 1);
  }

  Read read(std::string_view text) {
    if (kind_ == kCloudEventsKind) return read_cloud_events(text);
    if (kind_ == kSegmentKind) return read_one_of_batch(text);
    if (kind_.starts_with(kSegmentCallKind))
      return read_segment("/v1/" + std::string(kind_.substr(kSegmentCallKind.size())), text);
    return read_hook(std::string(kind_.substr(kHookKind.size())), text);
  }

 private:
  // The first header of a name counts.
  const format::WireRequest& request_of(std::string_view content_type, std::string_view body) {
    headers_.insert(headers_.begin(), {"content-type", content_type});
    wire_.headers = headers_;
    wire_.body = body;
    return wire_;
  }

  Read read_cloud_events(std::string_view text) {
    wire_.headers = headers_;
    wire_.body = text;
    if (format::cloud_events_mode(wire_) != format::CloudEventsMode::None)
      return format::read_cloud_events(wire_, setting_);
    const bool is_list = begins_with(text, '[');
    return format::read_cloud_events(
        request_of(is_list ? "application/cloudevents-batch+json" : "application/cloudevents+json", text),
        setting_);
  }

  Read read_segment(std::string path, std::string_view body) {
    path_ = std::move(path);
    wire_.path = path_;
    return format::read_segment(request_of("application/json", body), setting_);
  }

  // As an event of a batch was kept; its place is told without the batch made up around it.
  Read read_one_of_batch(std::string_view text) {
    const bool is_list = begins_with(text, '[');
    Read read = read_segment("/v1/batch", (is_list ? R"({"batch":)" : R"({"batch":[)") + std::string(text) +
                                              (is_list ? "}" : "]}"));
    if (!read.ok()) return read;
    const std::string_view added = is_list ? "/batch" : "/batch/0";
    for (format::RejectedRecord& it : read->rejected)
      if (it.column.starts_with(added)) it.column.erase(0, added.size());
    return read;
  }

  Read read_hook(const std::string& name, std::string_view text) {
    const auto entry = hooks_.by_name.find(name);
    if (entry == hooks_.by_name.end())
      return invalid(
          fmt::format("no webhook is set up as \"{}\" any more; send the event in our own form", name));
    const bool is_json = begins_with(text, '{') || begins_with(text, '[');
    return format::read_hook(
        entry->second.hook,
        request_of(is_json ? "application/json" : "application/x-www-form-urlencoded", text), setting_);
  }

  std::string_view kind_;
  const Hooks& hooks_;
  format::WireSetting setting_;
  std::vector<format::WireHeader> headers_;
  format::WireRequest wire_;
  std::string path_;
};

format::WireEvents known_now(format::WireEvents events, Timestamp came, Timestamp now) {
  for (model::Event& event : events.events)
    if (event.known == came) event.known = now;
  return events;
}

}  // namespace

std::string segment_kind(format::SegmentCall call) {
  if (call == format::SegmentCall::Batch) return std::string(kSegmentKind);
  return std::string(kSegmentCallKind) + std::string(format::segment_call_name(call));
}

std::string hook_kind(std::string_view name) {
  return std::string(kHookKind) + std::string(name);
}

format::WireEvents read_again(const store::StoredIntakeReject& stored, const http::Request& request,
                              const Hooks& hooks) {
  const store::IntakeReject& reject = stored.reject;
  const bool is_mended = !request.body.empty();
  if (!is_mended && (reject.is_raw_cut || reject.raw.empty()))
    return only_fault("what came was longer than is kept, or no text; send the event in the body");
  if (!is_mended && reject.kind == kFileRowKind)
    return only_fault("is a row of a file; send the event in our own form in the body, or the mended file");
  const std::string& text = is_mended ? request.body : reject.raw;
  const auto in_our_form = [&] {
    return whole_or_faults(format::read_native(text, {reject.source, false, request.received, nullptr}));
  };
  const auto in_its_form = [&] {
    return known_now(whole_or_faults(KindReader(stored, request, hooks).read(text)), stored.received,
                     request.received);
  };
  if (!has_form_of_its_own(reject.kind)) return in_our_form();
  if (!is_mended) return in_its_form();
  // Why ours first: it takes no member that it does not know, so that hardly anything else passes for it.
  format::WireEvents ours = in_our_form();
  if (ours.rejected.empty()) return ours;
  format::WireEvents theirs = in_its_form();
  if (theirs.rejected.empty()) return theirs;
  for (format::RejectedRecord& it : ours.rejected) {
    it.reason = "as an event of our own form: " + it.reason;
    theirs.rejected.push_back(std::move(it));
  }
  return theirs;
}

}  // namespace handslag::app
