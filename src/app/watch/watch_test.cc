// SPDX-License-Identifier: Apache-2.0
#include "app/watch/watch.h"

#include <future>

#include "io/store/store_fixture.h"

namespace handslag::app {
namespace {

class WatchTest : public store::StoreTest {
 protected:
  void SetUp() override {
    open();
    auto journal = data_->intake();
    ASSERT_TRUE(journal.ok()) << journal.error().message;
    WatchOptions options;
    options.most_questions = 3;
    auto watch = Watch::start(*data_, **journal, clock_, options);
    ASSERT_TRUE(watch.ok()) << watch.error().message;
    watch_ = std::move(watch).value();
  }
  void TearDown() override { watch_.reset(); }

  runtime::SetClock clock_{store::kTestNow};
  std::unique_ptr<Watch> watch_;
};

// While one is answered, so many may wait; whoever asks and waits is heard beyond that.
TEST_F(WatchTest, TakesNoMoreQuestionsThanMayWait) {
  std::promise<void> is_asked, go_on;
  int answered = 0;
  ASSERT_TRUE(watch_->ask([&](Live*, Timestamp) {
    is_asked.set_value();
    go_on.get_future().wait();
    ++answered;
  }));
  is_asked.get_future().wait();
  const auto count = [&](Live* live, Timestamp) { answered += live != nullptr ? 1 : 0; };
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(watch_->ask(count)) << i;
  EXPECT_FALSE(watch_->ask(count));
  auto waiting = std::async(std::launch::async, [&] { watch_->ask_and_wait(count); });
  go_on.set_value();
  waiting.wait();
  watch_->ask_and_wait([](Live*, Timestamp) {});
  EXPECT_EQ(answered, 5);
  EXPECT_TRUE(watch_->ask(count));
  watch_->ask_and_wait([](Live*, Timestamp) {});
}

}  // namespace
}  // namespace handslag::app
