// SPDX-License-Identifier: Apache-2.0
// What a running server bears, with the load generator on the same machine. serve_bench PORT KEY [SECONDS
// [CUSTOMERS]] KEY: of the source `webshop`, with the scopes events.send, card.read, stream.read and
// metrics.read. CUSTOMERS: whose cards are asked for are c1 … of so many (a data directory that ingest_bench
// made has a twentieth of its events). A promise must be in force that begins with order.placed, else the
// stream has nothing to tell.
#include <algorithm>
#include <atomic>
#include <future>
#include <random>
#include <thread>
#include <vector>

#include "base/time.h"
#include "bench/plain_http.h"
#include "bench/stopwatch.h"

namespace handslag::bench {
namespace {

constexpr std::size_t kInBatch = 1000;

struct Server {
  int port = 0;
  std::string key;
  std::uint64_t customers = 1000;
};

struct Answers {
  std::vector<double> ms;
  double seconds = 0;
  std::int64_t last_position = 0;
};

std::int64_t number_after(const std::string& json, const std::string& name) {
  const std::size_t at = json.find("\"" + name + "\"");
  return at == std::string::npos ? -1 : std::atoll(json.c_str() + json.find(':', at) + 1);
}

// Events of now, each of an order of its own in turn placed and delivered; ids never come twice.
class EventMaker {
 public:
  explicit EventMaker(std::uint64_t customers) : customers_(customers) {}

  std::string batch(std::size_t events) {
    const std::uint64_t first = next_.fetch_add(events);
    std::string body = events > 1 ? "[" : "";
    const std::string time = format_rfc3339({std::chrono::duration_cast<std::chrono::microseconds>(
                                                 std::chrono::system_clock::now().time_since_epoch())
                                                 .count()});
    for (std::uint64_t i = first; i < first + events; ++i) {
      const std::uint64_t order = events > 1 ? i / 2 : i;
      const bool is_placed = events == 1 || i % 2 == 0;
      if (i > first) body += ',';
      body += R"({"id":"bench-)" + run_ + std::to_string(i) + R"(","type":")" +
              (is_placed ? "order.placed" : "order.delivered") + R"(","time":")" + time +
              R"(","subject":[{"type":"customer_no","value":")" +
              std::to_string(order * 0x9E37'79B9'7F4A'7C15ULL % customers_) + R"("}],"keys":{"order":"B-)" +
              run_ + std::to_string(order) + R"("},"channel":"web","data":{"amount":)" +
              std::to_string(i % 1000) + "}}";
    }
    return events > 1 ? body + "]" : body;
  }

 private:
  const std::uint64_t customers_;
  const std::string run_ = std::to_string(std::random_device{}()) + "-";
  std::atomic<std::uint64_t> next_{0};
};

// Times run from when a request was due, so that one that had to wait counts as late. `per_second` 0: as fast
// as it goes.
template <typename Ask>
Answers ask_for(const Server& server, double seconds, int connections, double per_second, const Ask& ask) {
  const Stopwatch all;
  std::vector<std::future<Answers>> parts;
  for (int part = 0; part < connections; ++part) {
    parts.push_back(std::async(std::launch::async, [&, part] {
      PlainConnection connection(server.port, server.key);
      Answers answers;
      for (int n = 0; all.seconds() < seconds; ++n) {
        double due = all.seconds();
        if (per_second > 0) {
          due = (n * connections + part) / per_second;
          if (due > all.seconds())
            std::this_thread::sleep_for(std::chrono::duration<double>(due - all.seconds()));
        }
        answers.last_position = std::max(answers.last_position, ask(connection));
        answers.ms.push_back((all.seconds() - due) * 1e3);
      }
      return answers;
    }));
  }
  Answers together;
  for (auto& part : parts) {
    const Answers some = part.get();
    together.ms.insert(together.ms.end(), some.ms.begin(), some.ms.end());
    together.last_position = std::max(together.last_position, some.last_position);
  }
  together.seconds = all.seconds();
  std::sort(together.ms.begin(), together.ms.end());
  return together;
}

std::string figures(const Answers& answers) {
  if (answers.ms.empty()) return "no answer";
  const auto at = [&](double share) {
    return answers.ms[static_cast<std::size_t>(static_cast<double>(answers.ms.size() - 1) * share)];
  };
  char text[160];
  std::snprintf(text, sizeof text, "p50 %.2f ms, p99 %.2f ms, longest %.1f ms", at(0.5), at(0.99), at(1));
  return text;
}

// Until everything up to the position is evaluated; the seconds that took.
double wait_evaluated(const Server& server, std::int64_t position) {
  PlainConnection connection(server.port, server.key);
  const Stopwatch waited;
  while (number_after(connection.ask("GET", "/v1/state").body, "evaluated_position") < position)
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  return waited.seconds();
}

// The position of what was taken. 429 is waited out, as senders do; its time counts.
std::int64_t send_events(PlainConnection& connection, EventMaker& events, std::size_t count) {
  const std::string body = events.batch(count);
  while (true) {
    const PlainAnswer answer = connection.ask("POST", "/v1/events", body);
    if (answer.status / 100 == 2) return number_after(answer.body, "position");
    if (answer.status != 429) give_up("POST /v1/events: " + answer.body);
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
}

void measure_intake(const Server& server, EventMaker& events, double seconds, int connections,
                    std::size_t in_batch) {
  const Answers answers = ask_for(server, seconds, connections, 0, [&](PlainConnection& connection) {
    return send_events(connection, events, in_batch);
  });
  const double behind = wait_evaluated(server, answers.last_position);
  const auto requests = static_cast<double>(answers.ms.size());
  std::printf(
      "batches of %zu, %d connections: %.0f requests/s, %.0f events/s durable, %.0f events/s durable and "
      "evaluated (behind by %.2f s at the end); %s\n",
      in_batch, connections, requests / answers.seconds,
      requests * static_cast<double>(in_batch) / answers.seconds,
      requests * static_cast<double>(in_batch) / (answers.seconds + behind), behind,
      figures(answers).c_str());
}

Answers ask_cards(const Server& server, double seconds) {
  constexpr double kPerSecond = 500;
  std::atomic<std::uint64_t> next{1};
  return ask_for(server, seconds, 8, kPerSecond, [&](PlainConnection& connection) -> std::int64_t {
    const std::uint64_t customer = 1 + next++ * 0x9E37'79B9'7F4A'7C15ULL % server.customers;
    const auto answer = connection.ask("GET", "/v1/card?why=bench&customer=c" + std::to_string(customer));
    if (answer.status != 200) give_up("GET /v1/card: " + answer.body);
    return 0;
  });
}

void measure_cards(const Server& server, EventMaker& events, double seconds) {
  std::printf("cards at 500/s, nothing else: %s\n", figures(ask_cards(server, seconds)).c_str());
  auto sending = std::async(std::launch::async, [&] {
    return ask_for(server, seconds, 4, 50,
                   [&](PlainConnection& connection) { return send_events(connection, events, kInBatch); });
  });
  const Answers cards = ask_cards(server, seconds);
  const Answers sent = sending.get();
  std::printf("cards at 500/s while %.0f events/s come in: %s (batches: %s)\n",
              static_cast<double>(sent.ms.size() * kInBatch) / sent.seconds, figures(cards).c_str(),
              figures(sent).c_str());
  wait_evaluated(server, sent.last_position);
}

// From the answer to an event until its verdict is on the stream.
void measure_stream(const Server& server, EventMaker& events, int times) {
  PlainConnection listener(server.port, server.key), sender(server.port, server.key);
  listener.send("GET", "/v1/stream");
  while (listener.line() != "\r") continue;
  Answers answers;
  for (int i = 0; i < times; ++i) {
    send_events(sender, events, 1);
    const Stopwatch since;
    while (!listener.line().starts_with("data:")) continue;
    answers.ms.push_back(since.seconds() * 1e3);
    while (listener.line().size() > 1) continue;  // to the end of this one
  }
  std::sort(answers.ms.begin(), answers.ms.end());
  std::printf("verdict on the stream after the answer, %d events one by one: %s\n", times,
              figures(answers).c_str());
}

}  // namespace
}  // namespace handslag::bench

int main(int argc, char** argv) {
  using namespace handslag::bench;
  if (argc < 3) return std::fprintf(stderr, "serve_bench PORT KEY [SECONDS [CUSTOMERS]]\n"), 2;
  Server server{std::atoi(argv[1]), argv[2]};
  const double seconds = argc > 3 ? std::strtod(argv[3], nullptr) : 10;
  if (argc > 4) server.customers = std::strtoull(argv[4], nullptr, 10);
  EventMaker events(server.customers);
  measure_stream(server, events, 200);
  measure_cards(server, events, seconds);
  measure_intake(server, events, seconds, 16, kInBatch);
  measure_intake(server, events, seconds, 64, 1);
  return 0;
}
