// SPDX-License-Identifier: Apache-2.0
#include "io/http/client.h"

#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <deque>
#include <future>
#include <list>
#include <mutex>
#include <thread>
#include <utility>

#include "base/text.h"
#include "io/http/address.h"
#include "io/http/target.h"

namespace handslag::http {
namespace {

constexpr int kPollMilliseconds = 1000;
constexpr std::size_t kAnswerHeaderBytes = 64 << 10;

struct Outgoing {
  OutgoingRequest request;
  Client::Done done;
};

/// A request under way. Its address is given to libcurl, so it does not move.
struct Transfer {
  Outgoing outgoing;
  const ClientOptions* options = nullptr;
  CURL* handle = nullptr;
  curl_slist* headers = nullptr;
  IncomingAnswer answer;
  std::size_t header_bytes = 0;
  bool is_private = false;   // the guard refused its address
  bool is_too_long = false;  // the answer
  bool is_cut = false;       // its body, as was asked for
  char reason[CURL_ERROR_SIZE] = {};

  Transfer() = default;
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;
  ~Transfer() {
    curl_easy_cleanup(handle);
    curl_slist_free_all(headers);
  }
};

std::optional<AddressBytes> address_of(const curl_sockaddr& where) {
  AddressBytes bytes{};
  if (where.family == AF_INET) {
    bytes[10] = bytes[11] = 0xFF;
    sockaddr_in four{};
    std::memcpy(&four, &where.addr, sizeof four);
    std::memcpy(bytes.data() + 12, &four.sin_addr, 4);
    return bytes;
  }
  if (where.family != AF_INET6) return std::nullopt;
  sockaddr_in6 six{};
  std::memcpy(&six, &where.addr, sizeof six);
  std::memcpy(bytes.data(), &six.sin6_addr, 16);
  // Why: the mapped form of IPv4 is no address that a name should resolve to.
  return is_ipv4(bytes) ? std::nullopt : std::optional(bytes);
}

curl_socket_t open_guarded(void* transfer_pointer, curlsocktype, curl_sockaddr* where) {
  auto& transfer = *static_cast<Transfer*>(transfer_pointer);
  if (!transfer.options->allow_private_addresses) {
    const auto address = address_of(*where);
    if (!address || !is_public_address(*address)) {
      transfer.is_private = true;
      return CURL_SOCKET_BAD;
    }
  }
  return socket(where->family, where->socktype | SOCK_CLOEXEC, where->protocol);
}

std::size_t take_body(char* bytes, std::size_t one, std::size_t count, void* transfer_pointer) {
  auto& transfer = *static_cast<Transfer*>(transfer_pointer);
  const std::size_t size = one * count;
  if (transfer.answer.body.size() + size > transfer.options->answer_bytes) {
    (transfer.options->cuts_answers ? transfer.is_cut : transfer.is_too_long) = true;
    return 0;
  }
  transfer.answer.body.append(bytes, size);
  return size;
}

std::size_t take_header(char* bytes, std::size_t one, std::size_t count, void* transfer_pointer) {
  auto& transfer = *static_cast<Transfer*>(transfer_pointer);
  const std::size_t size = one * count;
  transfer.header_bytes += size;
  if (transfer.header_bytes > kAnswerHeaderBytes) {
    transfer.is_too_long = true;
    return 0;
  }
  const std::string_view line = trimmed({bytes, size});
  if (line.substr(0, 5) == "HTTP/")
    transfer.answer.headers.clear();  // after "100 Continue" comes the real one
  const auto colon = line.find(':');
  if (colon != std::string_view::npos) {
    transfer.answer.headers.push_back(
        {lower_case(line.substr(0, colon)), std::string(trimmed(line.substr(colon + 1)))});
  }
  return size;
}

bool has_line_break(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
}

/// "host:port" for messages; never path or query, nor a password.
std::string place_of(const std::string& url) {
  CURLU* parsed = curl_url();
  std::string place = "the address";
  char* host = nullptr;
  char* port = nullptr;
  if (curl_url_set(parsed, CURLUPART_URL, url.c_str(), 0) == CURLUE_OK &&
      curl_url_get(parsed, CURLUPART_HOST, &host, 0) == CURLUE_OK &&
      curl_url_get(parsed, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT) == CURLUE_OK) {
    place = std::string(host) + ":" + port;
  }
  curl_free(host);
  curl_free(port);
  curl_url_cleanup(parsed);
  return place;
}

Status check_request(const OutgoingRequest& request) {
  const std::string scheme = lower_case(request.url.substr(0, 8));
  const bool is_http = scheme.substr(0, 7) == "http://" || scheme == "https://";
  if (!is_http || has_line_break(request.url)) {
    return invalid("an address to send to must begin with http:// or https://");
  }
  for (const Header& header : request.headers) {
    if (header.name.empty() || has_line_break(header.name) || has_line_break(header.value)) {
      return invalid("a header to send is empty or holds a line break");
    }
  }
  return {};
}

void set_method(CURL* handle, const OutgoingRequest& request) {
  const bool has_body = !request.body.empty() || request.method == Method::Post ||
                        request.method == Method::Put || request.method == Method::Patch;
  if (has_body) {
    curl_easy_setopt(handle, CURLOPT_POST, 1L);
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body.c_str());
  }
  if (request.method == Method::Head) curl_easy_setopt(handle, CURLOPT_NOBODY, 1L);
  curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, method_name(request.method));
}

void append_headers(Transfer& transfer) {
  const auto add = [&](const std::string& line) {
    transfer.headers = curl_slist_append(transfer.headers, line.c_str());
  };
  bool has_content_type = false;
  for (const Header& header : transfer.outgoing.request.headers) {
    has_content_type = has_content_type || equal_ignoring_case(header.name, "content-type");
    add(header.name + (header.value.empty() ? ";" : ": " + header.value));
  }
  add("Expect:");  // libcurl would otherwise wait for 100 Continue before a large body
  if (!has_content_type) add("Content-Type:");
}

void set_options(Transfer& transfer) {
  CURL* handle = transfer.handle;
  const OutgoingRequest& request = transfer.outgoing.request;
  curl_easy_setopt(handle, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle, CURLOPT_PROXY,
                   "");  // none, whatever the environment says: it would go round the guard
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
  curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  curl_easy_setopt(handle, CURLOPT_USERAGENT, "handslag");
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, open_guarded);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, &transfer);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &transfer);
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, &transfer);
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, transfer.reason);
  curl_easy_setopt(handle, CURLOPT_PRIVATE, &transfer);
  if (!transfer.options->authorities_path.empty()) {
    curl_easy_setopt(handle, CURLOPT_CAINFO, transfer.options->authorities_path.c_str());
    curl_easy_setopt(handle, CURLOPT_CAPATH, nullptr);
  }
  set_method(handle, request);
  append_headers(transfer);
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, transfer.headers);
}

Result<IncomingAnswer> outcome_of(Transfer& transfer, CURLcode code) {
  if (code == CURLE_OK || transfer.is_cut) {
    long status = 0;
    curl_easy_getinfo(transfer.handle, CURLINFO_RESPONSE_CODE, &status);
    transfer.answer.status = static_cast<unsigned>(status);
    return std::move(transfer.answer);
  }
  const std::string place = place_of(transfer.outgoing.request.url);
  if (transfer.is_private) {
    return Error{ErrorCode::Forbidden, place + " is not a public address; only those may be sent to"};
  }
  if (transfer.is_too_long) {
    return over_limit("the answer of " + place + " is longer than " +
                      std::to_string(transfer.options->answer_bytes) + " bytes");
  }
  const std::string reason = transfer.reason[0] != '\0' ? transfer.reason : curl_easy_strerror(code);
  if (code == CURLE_OPERATION_TIMEDOUT) {
    return Error{ErrorCode::Timeout, place + " did not answer in time"};
  }
  if (code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL) {
    return invalid("the address to send to is not a valid http address");
  }
  return unavailable("cannot reach " + place + ": " + reason);
}

}  // namespace

const std::string* IncomingAnswer::header(std::string_view lower_case_name) const {
  for (const Header& header : headers) {
    if (header.name == lower_case_name) return &header.value;
  }
  return nullptr;
}

class Client::State {
 public:
  explicit State(ClientOptions given) : options(std::move(given)) {}
  ~State();

  void enqueue(Outgoing outgoing);
  void run();
  void take_from_queue();
  void begin(Outgoing outgoing);
  void collect_finished();
  void finish(Transfer& transfer, Result<IncomingAnswer> outcome);

  const ClientOptions options;
  CURLM* multi = nullptr;
  std::list<Transfer> transfers;  // under way; the client's thread alone
  std::mutex mutex;               // guards queue and stopping
  std::deque<Outgoing> queue;
  bool stopping = false;
  std::thread thread;
};

Client::State::~State() {
  {
    const std::lock_guard lock(mutex);
    stopping = true;
  }
  if (thread.joinable()) {
    curl_multi_wakeup(multi);
    thread.join();
  }
  curl_multi_cleanup(multi);
}

void Client::State::enqueue(Outgoing outgoing) {
  Status status = check_request(outgoing.request);
  if (status.ok()) {
    const std::lock_guard lock(mutex);
    if (stopping) {
      status = unavailable("the client for outgoing requests is going down");
    } else if (queue.size() >= options.queued_requests) {
      status = unavailable("too many outgoing requests wait already; try again later");
    } else {
      queue.push_back(std::move(outgoing));
    }
  }
  if (!status.ok()) return outgoing.done(std::move(status).error());
  curl_multi_wakeup(multi);
}

void Client::State::take_from_queue() {
  while (transfers.size() < options.requests_at_once) {
    Outgoing next;
    {
      const std::lock_guard lock(mutex);
      if (queue.empty()) return;
      next = std::move(queue.front());
      queue.pop_front();
    }
    begin(std::move(next));
  }
}

void Client::State::begin(Outgoing outgoing) {
  Transfer& transfer = transfers.emplace_back();
  transfer.outgoing = std::move(outgoing);
  transfer.options = &options;
  transfer.handle = curl_easy_init();
  if (transfer.handle == nullptr) {
    return finish(transfer, Error{ErrorCode::Internal, "libcurl: no memory for a request"});
  }
  set_options(transfer);
  if (curl_multi_add_handle(multi, transfer.handle) != CURLM_OK) {
    finish(transfer, Error{ErrorCode::Internal, "libcurl: a request cannot be added"});
  }
}

void Client::State::finish(Transfer& transfer, Result<IncomingAnswer> outcome) {
  if (transfer.handle != nullptr) curl_multi_remove_handle(multi, transfer.handle);
  const Client::Done done = std::move(transfer.outgoing.done);
  transfers.remove_if([&](const Transfer& other) { return &other == &transfer; });
  done(std::move(outcome));
}

void Client::State::collect_finished() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    void* pointer = nullptr;
    const CURLcode code = message->data.result;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &pointer);
    auto& transfer = *static_cast<Transfer*>(pointer);
    finish(transfer, outcome_of(transfer, code));
  }
}

void Client::State::run() {
  for (;;) {
    take_from_queue();
    int running = 0;
    curl_multi_perform(multi, &running);
    collect_finished();
    bool more = false;
    {
      const std::lock_guard lock(mutex);
      if (stopping) break;
      more = !queue.empty() && transfers.size() < options.requests_at_once;
    }
    if (!more) curl_multi_poll(multi, nullptr, 0, kPollMilliseconds, nullptr);
  }
  const auto going_down = [] { return unavailable("the client for outgoing requests is going down"); };
  while (!transfers.empty()) finish(transfers.front(), going_down());
  std::deque<Outgoing> left;
  {
    const std::lock_guard lock(mutex);
    left.swap(queue);
  }
  for (Outgoing& outgoing : left) outgoing.done(going_down());
}

Client::Client(std::unique_ptr<State> state) : state_(std::move(state)) {}
Client::~Client() = default;

Result<std::unique_ptr<Client>> Client::start(ClientOptions options) {
  if (options.requests_at_once == 0) return invalid("requests_at_once of the HTTP client is zero");
  static const CURLcode kReady = curl_global_init(CURL_GLOBAL_DEFAULT);
  auto state = std::make_unique<State>(std::move(options));
  state->multi = curl_multi_init();
  if (kReady != CURLE_OK || state->multi == nullptr) {
    return Error{ErrorCode::Internal, "libcurl cannot be set up"};
  }
  state->thread = std::thread([raw = state.get()] { raw->run(); });
  return std::unique_ptr<Client>(new Client(std::move(state)));
}

void Client::send(OutgoingRequest request, Done done) {
  state_->enqueue({std::move(request), std::move(done)});
}

Result<IncomingAnswer> Client::fetch(OutgoingRequest request) {
  // Why shared: the promise must live until set_value has returned, which may be after the waiter woke.
  const auto promise = std::make_shared<std::promise<Result<IncomingAnswer>>>();
  auto answer = promise->get_future();
  send(std::move(request),
       [promise](Result<IncomingAnswer> outcome) { promise->set_value(std::move(outcome)); });
  return answer.get();
}

}  // namespace handslag::http
