// SPDX-License-Identifier: Apache-2.0
#include "io/runtime/supervisor.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstring>
#include <filesystem>
#include <string>

namespace handslag::runtime {
namespace {

// A socket as a supervisor has one; `name` as in NOTIFY_SOCKET.
class Listening {
 public:
  explicit Listening(const std::string& name) : file_(socket(AF_UNIX, SOCK_DGRAM, 0)) {
    sockaddr_un where{};
    where.sun_family = AF_UNIX;
    std::memcpy(where.sun_path, name.data(), name.size());
    if (name[0] == '@') where.sun_path[0] = '\0';
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
    EXPECT_EQ(bind(file_, reinterpret_cast<const sockaddr*>(&where), length), 0);
    setenv("NOTIFY_SOCKET", name.c_str(), 1);
  }
  ~Listening() {
    close(file_);
    unsetenv("NOTIFY_SOCKET");
  }
  std::string heard() const {
    char bytes[256];
    const ssize_t size = recv(file_, bytes, sizeof bytes, MSG_DONTWAIT);
    return size < 0 ? "nothing" : std::string(bytes, static_cast<std::size_t>(size));
  }

 private:
  int file_;
};

TEST(Supervisor, HearsWhatItIsTold) {
  std::string folder = (std::filesystem::temp_directory_path() / "handslag-notify-XXXXXX").string();
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  const std::string path = folder + "/socket";
  {
    const Listening supervisor(path);
    EXPECT_TRUE(tell_supervisor("READY=1\nSTATUS=answers"));
    EXPECT_EQ(supervisor.heard(), "READY=1\nSTATUS=answers");
  }
  std::filesystem::remove_all(folder);
}

TEST(Supervisor, HearsItByANameWithoutAFile) {
  const Listening supervisor("@handslag-test-" + std::to_string(getpid()));
  EXPECT_TRUE(tell_supervisor("STOPPING=1"));
  EXPECT_EQ(supervisor.heard(), "STOPPING=1");
}

TEST(Supervisor, WithoutOneNothingHappens) {
  unsetenv("NOTIFY_SOCKET");
  EXPECT_FALSE(tell_supervisor("READY=1"));
  setenv("NOTIFY_SOCKET", "/nowhere/at/all", 1);
  EXPECT_FALSE(tell_supervisor("READY=1"));
  setenv("NOTIFY_SOCKET", std::string("/" + std::string(200, 'x')).c_str(), 1);
  EXPECT_FALSE(tell_supervisor("READY=1"));
  unsetenv("NOTIFY_SOCKET");
}

TEST(Supervisor, TheWatchdogIsThisProcessesAlone) {
  unsetenv("WATCHDOG_PID");
  unsetenv("WATCHDOG_USEC");
  EXPECT_EQ(watchdog_interval().count(), 0);
  setenv("WATCHDOG_USEC", "30000000", 1);
  EXPECT_EQ(watchdog_interval().count(), 30'000'000);
  setenv("WATCHDOG_PID", std::to_string(getpid()).c_str(), 1);
  EXPECT_EQ(watchdog_interval().count(), 30'000'000);
  setenv("WATCHDOG_PID", "1", 1);
  EXPECT_EQ(watchdog_interval().count(), 0);
  setenv("WATCHDOG_USEC", "soon", 1);
  unsetenv("WATCHDOG_PID");
  EXPECT_EQ(watchdog_interval().count(), 0);
  unsetenv("WATCHDOG_USEC");
}

}  // namespace
}  // namespace handslag::runtime
