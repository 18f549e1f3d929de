// SPDX-License-Identifier: Apache-2.0
#include "app/api/beats.h"

#include <chrono>
#include <utility>

namespace handslag::app {

Beats::Beats(unsigned seconds) : seconds_(seconds), thread_([this] { run(); }) {}

Beats::~Beats() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void Beats::add(std::function<bool()> beat) {
  const std::lock_guard lock(mutex_);
  beats_.push_back(std::move(beat));
}

void Beats::hurry() {
  {
    const std::lock_guard lock(mutex_);
    is_hurried_ = true;
  }
  wake_.notify_all();
}

void Beats::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait_for(lock, std::chrono::seconds(seconds_), [this] { return stopping_ || is_hurried_; });
    if (stopping_) return;
    is_hurried_ = false;
    auto beats = std::exchange(beats_, {});
    lock.unlock();
    std::erase_if(beats, [](const auto& beat) { return !beat(); });
    lock.lock();
    beats_.insert(beats_.end(), beats.begin(), beats.end());
  }
}

}  // namespace handslag::app
