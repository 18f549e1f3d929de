// SPDX-License-Identifier: Apache-2.0
// GET /v1/stream: changes of verdicts as server-sent events. The filter stands in the query (unit, promise,
// verdict, kind); Last-Event-ID, or ?after=, goes on where a listener left. A listener who was away too long,
// or across a restart, is told so with an event "reset": she asks for the state anew. The stream of one who
// has signed out, or may not do all that she might when it began, ends.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <mutex>
#include <utility>

#include "app/api/change_texts.h"
#include "app/api/routes.h"
#include "app/api/services.h"
#include "app/api/who_calls.h"
#include "app/watch/change_json.h"

namespace handslag::app {
namespace {

constexpr std::size_t kMostAtOnce = 1'000;  // more is a reset: their text would fill a client's backlog

// One listener. The feed calls hear() on the watch's thread; the server's thread says when she has gone.
class Listener : public std::enable_shared_from_this<Listener> {
 public:
  Listener(Call call, ChangeFeed& feed, std::shared_ptr<ChangeTexts> texts)
      : call_(std::move(call)),
        units_(units_where(call_.caller, Permission::ReadStream)),
        feed_(feed),
        texts_(std::move(texts)) {}

  // Why the feed is never asked while mutex_ is held: it calls hear() under a lock of its own.
  void start(http::Reply reply, std::uint64_t start_of_program) {
    epoch_ = start_of_program;
    http::Response head;
    head.headers = {
        {"Content-Type", "text/event-stream"}, {"Cache-Control", "no-store"}, {"X-Accel-Buffering", "no"}};
    head.body = "retry: 2000\n\n";
    head.route = "/v1/stream";
    number_ = feed_.listen([weak = weak_from_this()](const std::vector<Change>& changes) {
      if (const auto listener = weak.lock()) listener->hear(changes);
    });
    auto stream = reply.stream(std::move(head), [self = shared_from_this()] { self->leave(); });
    const Missed missed = look_back();
    const std::lock_guard lock(mutex_);
    if (has_left_) return;
    stream_ = std::move(stream);
    told_through_ = missed.told_through;
    if (missed.is_reset)
      stream_->write(fmt::format("event: reset\nid: {}-{}\ndata: {{}}\n\n", epoch_, told_through_));
    tell(missed.changes);
    tell(std::exchange(early_, {}));
  }

  /// False where nobody listens any more, or may.
  bool beat() {
    const auto caller = who_called(call_.services->access, call_.request);
    if (!caller.ok() || !(*caller == call_.caller)) {
      leave();
      return false;
    }
    const std::lock_guard lock(mutex_);
    return !has_left_ && (stream_ == nullptr || stream_->write(": still here\n\n"));
  }

 private:
  struct Missed {
    std::uint64_t told_through = 0;
    bool is_reset = false;
    std::vector<Change> changes;
  };

  // "Last-Event-ID: <start of the program>-<number>"
  Missed look_back() const {
    const std::string* header = call_.request.header("last-event-id");
    const std::string from = header != nullptr ? *header : std::string(call_.parameter("after"));
    if (from.empty()) return {feed_.last(), false, {}};
    unsigned long long epoch = 0, number = 0;
    const bool is_ours = std::sscanf(from.c_str(), "%llu-%llu", &epoch, &number) == 2 && epoch == epoch_;
    auto changes = is_ours ? feed_.after(number, kMostAtOnce + 1) : std::nullopt;
    if (!changes || changes->size() > kMostAtOnce) return {feed_.last(), true, {}};
    return {number, false, std::move(*changes)};
  }

  void hear(const std::vector<Change>& changes) {
    const std::lock_guard lock(mutex_);
    if (has_left_) return;
    if (stream_ == nullptr) {
      early_.insert(early_.end(), changes.begin(), changes.end());
    } else {
      tell(changes);
    }
  }

  void tell(const std::vector<Change>& changes) {
    if (changes.size() > kMostAtOnce) {
      told_through_ = std::max(told_through_, changes.back().number);
      stream_->write(fmt::format("event: reset\nid: {}-{}\ndata: {{}}\n\n", epoch_, told_through_));
      return;
    }
    std::string text;
    for (const Change& change : changes) {
      if (change.number <= told_through_) continue;
      told_through_ = change.number;
      if (!is_wanted(change)) continue;
      text += fmt::format("event: {}\nid: {}-{}\ndata: {}\n\n", kind_name(change.kind), epoch_, change.number,
                          *texts_->text(change));
    }
    if (!text.empty()) stream_->write(std::move(text));
  }

  bool is_wanted(const Change& change) const {
    const auto fits = [&](std::string_view name, std::string_view value) {
      const std::string_view wanted = call_.parameter(name);
      return wanted.empty() || wanted == value;
    };
    const bool may_see =
        units_.all || std::binary_search(units_.names.begin(), units_.names.end(), change.unit);
    return may_see && fits("unit", change.unit) && fits("promise", change.promise) &&
           fits("customer", change.customer) && fits("kind", kind_name(change.kind)) &&
           fits("verdict", change.after ? model::verdict_name(*change.after) : std::string_view("none"));
  }

  void leave() {
    feed_.leave(number_);
    const std::lock_guard lock(mutex_);
    has_left_ = true;
    stream_.reset();
  }

  const Call call_;
  const Units units_;
  ChangeFeed& feed_;
  const std::shared_ptr<ChangeTexts> texts_;  // shared by all listeners
  std::mutex mutex_;                          // guards what follows
  std::shared_ptr<http::Stream> stream_;
  std::vector<Change> early_;  // heard before the stream began
  std::uint64_t number_ = 0, epoch_ = 0, told_through_ = 0;
  bool has_left_ = false;
};

}  // namespace

void add_stream_routes(std::vector<Route>& routes) {
  const auto listen = [texts = std::make_shared<ChangeTexts>()](Call call, http::Reply reply) {
    const Services& services = *call.services;
    auto listener = std::make_shared<Listener>(std::move(call), services.watch.feed(), texts);
    listener->start(std::move(reply), services.started);
    services.beats.add([listener] { return listener->beat(); });
  };
  add_itself(routes, http::Method::Get, "/v1/stream", Permission::ReadStream, listen, {},
             "Changes of verdicts as they happen");
}

}  // namespace handslag::app
