// SPDX-License-Identifier: Apache-2.0
#include "io/http/loop.h"

#include <exception>

#include "io/http/answer.h"

namespace handslag::http {

Loop::Loop(std::shared_ptr<Service> served, std::chrono::milliseconds tick)
    : guard_(boost::asio::make_work_guard(context_)),
      sweeper_(context_),
      service_(std::move(served)),
      tick_(tick) {}

void Loop::start() {
  thread_ = std::thread([this] { run(); });
}

void Loop::run() {
  thread_id_ = std::this_thread::get_id();
  sweep();
  for (;;) {
    try {
      context_.run();
      break;
    } catch (const std::exception&) {
      // Why: memory ran out in the work of one connection. It is swept away by its deadline; the others live.
    }
  }
  {
    const std::lock_guard lock(mutex_);
    finished_ = true;
  }
  context_.restart();
  context_.poll();  // what was posted since run() returned
}

void Loop::finish() {
  post([this] {
    guard_.reset();
    sweeper_.cancel();
  });
  if (thread_.joinable()) thread_.join();
}

void Loop::sweep() {
  sweeper_.expires_after(tick_);
  sweeper_.async_wait([this](boost::system::error_code fault) {
    if (!fault && guard_.owns_work()) sweep();
  });
  const auto now = std::chrono::steady_clock::now();
  for (std::size_t i = sessions_.size(); i-- > 0;) {
    // Why backwards: expire() may remove the session, and the last one then takes its place.
    if (i < sessions_.size() && sessions_[i]->deadline_ <= now) std::shared_ptr(sessions_[i])->expire();
  }
}

void Loop::add(std::shared_ptr<Session> session) {
  session->place_ = sessions_.size();
  sessions_.push_back(session);
  session->start();
  if (draining_) session->cut();  // accepted just before the end
}

void Loop::remove(Session& session) {
  const std::size_t place = session.place_;
  if (place >= sessions_.size() || sessions_[place].get() != &session) return;
  std::swap(sessions_[place], sessions_.back());
  sessions_[place]->place_ = place;
  sessions_.pop_back();
}

void Loop::begin_drain() {
  draining_ = true;
  for (std::size_t i = sessions_.size(); i-- > 0;) {
    if (i < sessions_.size()) std::shared_ptr(sessions_[i])->begin_drain();
  }
}

void Loop::cut_all() {
  while (!sessions_.empty()) std::shared_ptr(sessions_.back())->cut();
}

const std::string& Loop::date() {
  const std::int64_t second = service_->clock.now().us / kMicrosPerSecond;
  if (second != date_second_) {
    date_second_ = second;
    date_ = http_date(second);
  }
  return date_;
}

}  // namespace handslag::http
