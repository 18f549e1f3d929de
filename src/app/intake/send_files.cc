// SPDX-License-Identifier: Apache-2.0
#include "app/intake/send_files.h"

#include <fmt/format.h>
#include <poll.h>

#include <chrono>

#include "app/intake/batch_sender.h"
#include "app/intake/import_setting.h"
#include "app/intake/progress.h"
#include "app/intake/read_ahead.h"
#include "app/intake/zones.h"
#include "app/language/json.h"
#include "app/language/numbers.h"
#include "app/language/swedish.h"
#include "app/language/words.h"
#include "io/runtime/digest.h"
#include "io/runtime/file.h"
#include "io/runtime/interrupt.h"
#include "io/store/event_log.h"

namespace handslag::app {
namespace {

constexpr std::uint64_t kSentBeforeShareCounts = 1'000;  // as at an import
constexpr std::size_t kShown = 5;

// Sends what the reader gives, with the ids of a local import.
class SendingSink final : public format::EventSink {
 public:
  SendingSink(const ImportSetting& setting, store::ImportHeader header, std::uint64_t file_bytes,
              BatchSender& sender)
      : setting_(setting),
        header_(std::move(header)),
        file_bytes_(file_bytes),
        sender_(sender),
        progress_(setting.session.terminal, setting.session.terminal.say("events", "händelser")) {}

  Status event(const model::Event& event) override {
    ++events_;
    if (!event.id.empty()) return sender_.add(event);
    model::Event named = event;
    named.id = store::derived_id(header_, event.record, event.part);
    return sender_.add(named);
  }

  Status reject(const format::RejectedRecord& rejected) override {
    if (++unused_ <= kShown)
      tell(rejected.line > 0 ? "line" : "record", rejected.line > 0 ? rejected.line : rejected.record,
           rejected.column, rejected.reason);
    const double share = static_cast<double>(unused_) / static_cast<double>(events_ + unused_);
    if (events_ + unused_ < kSentBeforeShareCounts || share <= setting_.options.most_rejected) return {};
    return invalid(fmt::format(
        fmt::runtime(setting_.session.terminal.say(
            "{} of {} records cannot be used, more than --most-rejected {}; the events before were sent",
            "{} av {} poster går inte att använda, mer än --most-rejected {}; händelserna före sändes")),
        unused_, events_ + unused_, setting_.options.most_rejected));
  }

  Status progress(std::uint64_t bytes_read) override {
    if (runtime::interrupted()) return unavailable("stopped");
    progress_.show(events_, bytes_read, file_bytes_);
    return {};
  }

  void done() { progress_.done(); }
  std::uint64_t unused() const { return unused_; }

  void tell(std::string_view unit, std::uint64_t number, std::string_view column,
            std::string_view reason) const {
    const Terminal& terminal = setting_.session.terminal;
    *terminal.notes << fmt::format(
        "  {} {}{}: {}\n", unit == "line" ? terminal.say("line", "rad") : terminal.say("record", "post"),
        number, column.empty() ? "" : fmt::format(" [{}]", column), in_language(reason, terminal.language));
  }

 private:
  const ImportSetting& setting_;
  const store::ImportHeader header_;
  const std::uint64_t file_bytes_;
  BatchSender& sender_;
  Progress progress_;
  std::uint64_t events_ = 0, unused_ = 0;
};

// For a path of a URL.
std::string percent_escaped(std::string_view text) {
  constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  std::string result;
  for (const char c : text) {
    if (kPlain.find(c) != std::string_view::npos)
      result += c;
    else
      result += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return result;
}

// In short steps, so that somebody who says stop is heard.
bool wait(const Terminal& terminal, std::int64_t seconds, std::string_view why) {
  if (terminal.is_live) {
    *terminal.notes << fmt::format(fmt::runtime("\r\x1b[K{}; {} s "), in_language(why, terminal.language),
                                   seconds)
                    << std::flush;
  }
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  while (std::chrono::steady_clock::now() < end) {
    if (runtime::interrupted()) return false;
    poll(nullptr, 0, 100);
  }
  return !runtime::interrupted();
}

// All up to the instant has been sent (P-5).
Status send_heartbeat(http::Client& client, const ImportOptions& options, const std::string& source) {
  http::OutgoingRequest request;
  std::string server = options.server;
  while (server.ends_with('/')) server.pop_back();
  request.url = fmt::format("{}/v1/sources/{}/heartbeat", server, percent_escaped(source));
  request.headers = {{"Content-Type", "application/json"}, {"Authorization", "Bearer " + options.key}};
  request.body = Json{{"complete_through", format_rfc3339(*options.complete_through)}}.dump();
  HANDSLAG_TRY(answer, client.fetch(std::move(request)));
  if (answer.status == 200) return {};
  return Error{ErrorCode::Invalid,
               fmt::format("--complete-through was not taken: the server answered {}", answer.status)};
}

void print_sent(const std::string& path, const BatchSender& sender, const SendingSink& sink, double seconds,
                const Terminal& terminal) {
  for (std::size_t i = 0; i < std::min(kShown, sender.refused_events().size()); ++i) {
    const RefusedEvent& it = sender.refused_events()[i];
    sink.tell("record", it.record, it.place, it.reason);
  }
  *terminal.out << fmt::format(
      fmt::runtime(terminal.say("{}: {} on the server, {} refused there, {} not usable ({})\n",
                                "{}: {} på servern, {} förkastade där, {} gick inte att använda ({})\n")),
      path, counted(sender.accepted(), kEvents, terminal.language),
      count_text(sender.refused(), terminal.language), counted(sink.unused(), kRecords, terminal.language),
      duration_text(seconds, terminal.language));
  if (sender.refused() > 0) {
    *terminal.notes << terminal.say("  Those refused wait among the server's rejects (GET /v1/rejects).\n",
                                    "  De förkastade väntar bland serverns avvisade (GET /v1/rejects).\n");
  }
}

Status send_one(http::Client& client, const ImportSetting& setting, const std::string& path) {
  HANDSLAG_CHECK_STATUS(require_regular(path));
  const Zones zones(*setting.calendars);
  const Terminal& terminal = setting.session.terminal;
  const auto began = std::chrono::steady_clock::now();
  HANDSLAG_TRY(bytes, runtime::file_size_bytes(path));
  store::ImportHeader header;
  HANDSLAG_TRY(digest, runtime::digest_of_file(path));
  header.digest = digest;
  header.map_digest = setting.map_digest;
  BatchSender sender(
      [&client](http::OutgoingRequest request) { return client.fetch(std::move(request)); },
      setting.options.server, setting.options.key,
      [&terminal](std::int64_t seconds, std::string_view why) { return wait(terminal, seconds, why); });
  SendingSink sink(setting, std::move(header), bytes, sender);
  Status sent;
  if (bytes > 0 || !setting.options.complete_through) {
    const auto summary = read_ahead(request_for(setting, path, zones), sink);
    sent = summary.ok() ? sender.finish() : Status(summary.error());
    if (summary.ok()) print_warnings(*summary, terminal);
  }
  sink.done();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  print_sent(path, sender, sink, took.count(), terminal);
  if (sent.ok() && setting.options.complete_through)
    return send_heartbeat(client, setting.options, source_of(setting, path));
  if (sent.ok()) return {};
  return Error{
      sent.error().code,
      fmt::format("{}: {}. What was sent stays; the same command again goes on and counts nothing twice.",
                  path, sent.error().message)};
}

}  // namespace

Status send_files(const Session& session, const ImportOptions& options) {
  if (options.key.empty())
    return invalid(
        "a key is needed: HANDSLAG_API_KEY=hs_… in the environment (handslag key add, scope events.send)");
  if (options.history_start)
    return invalid("--history-start cannot be sent; PUT /v1/sources/{source} says it to a server");
  HANDSLAG_TRY(setting, read_import_setting(session, options));
  http::ClientOptions client_options;
  client_options.allow_private_addresses = true;  // who types the command chooses the server
  HANDSLAG_TRY(client, http::Client::start(client_options));
  runtime::watch_interrupts();
  for (const std::string& file : options.files) HANDSLAG_CHECK_STATUS(send_one(*client, setting, file));
  return {};
}

}  // namespace handslag::app
