// SPDX-License-Identifier: Apache-2.0
#include "app/notices/notices.h"

#include <future>

#include "io/store/store_fixture.h"
#include "pure/calendar/calendars.h"

namespace handslag::app {
namespace {

// Stands still, and holds up whoever asks but the test's own thread.
class HoldingClock final : public runtime::Clock {
 public:
  Timestamp now() const override {
    std::unique_lock lock(mutex_);
    if (is_holding_ && std::this_thread::get_id() != own_) {
      is_held_ = true;
      changed_.notify_all();
      changed_.wait(lock, [&] { return !is_holding_; });
    }
    return {1'780'000'000 * kMicrosPerSecond};
  }
  void hold() {
    const std::lock_guard lock(mutex_);
    is_holding_ = true;
  }
  bool has_held() {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(30), [&] { return is_held_; });
  }
  void release() {
    const std::lock_guard lock(mutex_);
    is_holding_ = false;
    changed_.notify_all();
  }

 private:
  const std::thread::id own_ = std::this_thread::get_id();
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  mutable bool is_held_ = false;
  bool is_holding_ = false;
};

class NoticesTest : public store::StoreTest {
 protected:
  NoticesTest() {
    open();
    calendars_ = std::move(calendar::Calendars::create({})).value();
    auto started = Notices::start({std::move(data_->open_notices()).value(),
                                   std::make_shared<ChangeFeed>(),
                                   clock_,
                                   *calendars_->find("", ""),
                                   [](const std::string& unit) { return unit; },
                                   {}});
    EXPECT_TRUE(started.ok());
    notices_ = std::move(*started);
  }

  HoldingClock clock_;
  std::unique_ptr<calendar::Calendars> calendars_;
  std::unique_ptr<Notices> notices_;
};

TEST_F(NoticesTest, TellTheirStateWhileTheirThreadIsAtWork) {
  WebhookChange given;
  given.name = "ours";
  given.url = "https://hooks.example.se/in";
  const auto added = notices_->add_webhook(given, "anna");
  ASSERT_TRUE(added.ok()) << added.error().message;
  clock_.hold();
  notices_->look_again();
  ASSERT_TRUE(clock_.has_held());  // in the middle of its work, by which nobody else comes in
  auto asked = std::async(std::launch::async, [&] { return notices_->state(); });
  EXPECT_EQ(asked.wait_for(std::chrono::seconds(10)), std::future_status::ready);
  clock_.release();
  EXPECT_EQ(asked.get().webhooks, 1U);
  ASSERT_TRUE(notices_->drop_webhook(added->number).ok());
  EXPECT_EQ(notices_->state().webhooks, 0U);  // who changes something sees it at once
}

}  // namespace
}  // namespace handslag::app
