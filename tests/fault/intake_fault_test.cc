// SPDX-License-Identifier: Apache-2.0
// What a machine can do to the intake while events come in: kill the process at any instant, fill the disk.
// What was answered is there afterwards, once and whole; what was refused is not.
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <future>
#include <map>
#include <random>
#include <semaphore>
#include <set>

#include "io/store/intake_journal.h"

namespace handslag::store {
namespace {

#ifdef HANDSLAG_SANITIZED
constexpr int kKills = 60;
#else
constexpr int kKills = 200;
#endif

constexpr int kDone = 0, kFailed = 41;
constexpr int kUnderWay = 64;  // batches of one child

// What the child tells of each batch that was answered.
struct Answered {
  Position position;
  std::uint64_t seed;
};

// Its seed in front, then as many bytes as it says: from a few to several pages.
std::string bytes_of(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::string bytes(8 + random() % (seed % 5 == 0 ? 60'000 : 400), '\0');
  for (char& c : bytes) c = static_cast<char>(random());
  std::copy_n(reinterpret_cast<const char*>(&seed), sizeof seed, bytes.begin());
  return bytes;
}

std::uint64_t seed_of(std::string_view bytes) {
  std::uint64_t seed = 0;
  std::copy_n(bytes.begin(), sizeof seed, reinterpret_cast<char*>(&seed));
  return seed;
}

JournalLimits small_limits() {
  JournalLimits limits;
  limits.queued_batches = kUnderWay;
  limits.checkpoint_bytes = 512 * 1024;  // so that kills fall into checkpoints too
  return limits;
}

// Appends for ever, a reject with every third batch, and writes what is answered to `pipe`.
[[noreturn]] void send_until_killed(const std::string& path, std::uint64_t first_seed, Position dropped,
                                    int pipe) {
  auto journal = IntakeJournal::open(path, small_limits());
  if (!journal.ok()) _exit(kFailed);
  (*journal)->drop_through(dropped);
  std::counting_semaphore<> free_places(kUnderWay);
  for (std::uint64_t seed = first_seed;; ++seed) {
    free_places.acquire();
    IntakeBatch batch{Timestamp{1}, bytes_of(seed), 1, {}};
    if (seed % 3 == 0) batch.rejects.push_back({"events", std::to_string(seed), "", "reason", "raw"});
    const Status taken = (*journal)->append(std::move(batch), [&, seed](const Result<Position>& at) {
      const Answered answered{at.ok() ? *at : 0, seed};
      if (write(pipe, &answered, sizeof answered) != sizeof answered) _exit(kFailed);
      free_places.release();
    });
    if (!taken.ok()) _exit(kFailed);
  }
}

class IntakeFaultTest : public testing::Test {
 protected:
  // Why in memory where there is such a place: a kill leaves the same on any disk, and syncing would take
  // most of the time and of the instants that a kill can hit.
  IntakeFaultTest() {
    const std::filesystem::path memory = "/dev/shm";
    const auto place = access(memory.c_str(), W_OK) == 0 ? memory : std::filesystem::temp_directory_path();
    std::string name = (place / "handslag-intake-XXXXXX").string();
    folder_ = mkdtemp(name.data());
    path_ = folder_ + "/intake.sqlite";
  }
  ~IntakeFaultTest() override {
    if (!disk_.empty()) umount(disk_.c_str());
    std::filesystem::remove_all(folder_);
  }

  // Starts a child that sends, kills it some time after its first answer, and gives what it told.
  std::vector<Answered> send_and_kill(std::uint64_t first_seed, Position dropped, std::mt19937_64& random) {
    int ends[2];
    EXPECT_EQ(pipe(ends), 0);
    const pid_t child = fork();
    if (child == 0) send_until_killed(path_, first_seed, dropped, ends[1]);
    close(ends[1]);
    std::vector<Answered> told;
    const auto read_one = [&] {
      Answered one{};
      const bool whole = read(ends[0], &one, sizeof one) == sizeof one;
      if (whole) told.push_back(one);
      return whole;
    };
    for (std::uint64_t answers = 1 + random() % 25; answers > 0 && read_one();) --answers;
    // Then some microseconds more, without reading, so that the end falls anywhere in a commit.
    const timespec wait{0, static_cast<long>(random() % 4'000'000)};
    ppoll(nullptr, 0, &wait, nullptr);
    kill(child, SIGKILL);
    while (read_one()) {
    }
    close(ends[0]);
    int ended = 0;
    waitpid(child, &ended, 0);
    EXPECT_TRUE(WIFSIGNALED(ended)) << "the child could not do its work";
    return told;
  }

  std::string folder_, path_;
  std::string disk_;  // mounted for this test
};

TEST_F(IntakeFaultTest, NothingAnsweredIsLostOrDoubledHoweverOftenItIsKilled) {
  std::mt19937_64 random(20'261'121);
  std::map<Position, std::uint64_t> expected;  // answered and not dropped: position, seed
  std::set<std::uint64_t> rejects;             // answered
  std::uint64_t next_seed = 1;
  Position dropped = 0, highest = 0;
  for (int round = 0; round < kKills; ++round) {
    const std::uint64_t first_seed = next_seed;
    for (const Answered& one : send_and_kill(next_seed, dropped, random)) {
      ASSERT_GT(one.position, highest) << "given twice, out of order, or refused";
      highest = one.position;
      expected[one.position] = one.seed;
      if (one.seed % 3 == 0) rejects.insert(one.seed);
      next_seed = one.seed + 1;
    }
    ASSERT_GT(next_seed, first_seed) << "the child answered nothing";
    auto journal = IntakeJournal::open(path_, small_limits()).value();
    std::map<Position, std::uint64_t> found;
    std::set<std::uint64_t> seeds;
    ASSERT_TRUE(journal
                    ->each_from(dropped + 1,
                                [&](Position at, Timestamp, std::string_view bytes) {
                                  const std::uint64_t seed = seed_of(bytes);
                                  EXPECT_EQ(bytes, bytes_of(seed)) << "position " << at;
                                  EXPECT_TRUE(seeds.insert(seed).second) << "there twice";
                                  found[at] = seed;
                                  next_seed = std::max(next_seed, seed + 1);
                                  return Status();
                                })
                    .ok());
    for (const auto& [position, seed] : expected) {
      ASSERT_TRUE(found.contains(position)) << "lost in round " << round;
      ASSERT_EQ(found[position], seed);
    }
    // Stored and killed before it was answered: also there from now on.
    expected = std::move(found);
    if (!expected.empty()) highest = std::max(highest, expected.rbegin()->first);
    if (round % 2 == 1) {
      dropped = highest - std::min<Position>(highest, random() % 100);
      expected.erase(expected.begin(), expected.upper_bound(dropped));
      if (round % 4 == 1) journal->drop_through(dropped);  // else the next child drops, and is killed at it
    }
  }
  auto journal = IntakeJournal::open(path_, small_limits()).value();
  for (std::uint64_t after = 0;;) {
    const auto some = *journal->rejects({}, after, 1000);
    if (some.empty()) break;
    for (const StoredIntakeReject& one : some) rejects.erase(std::stoull(one.reject.source));
    after = some.back().number;
  }
  EXPECT_TRUE(rejects.empty()) << rejects.size() << " rejects of answered batches are lost";
}

Result<Position> append(IntakeJournal& journal, std::uint64_t seed) {
  std::promise<Result<Position>> answer;
  const Status taken = journal.append({Timestamp{1}, bytes_of(seed), 1, {}},
                                      [&](Result<Position> stored) { answer.set_value(std::move(stored)); });
  if (!taken.ok()) return taken.error();
  return answer.get_future().get();
}

// Fills up with `fill`, sees it refused as unavailable, makes room and goes on with the same journal.
int fill_and_go_on(const std::string& path, const std::function<void()>& fill,
                   const std::function<void()>& free) {
  auto opened = IntakeJournal::open(path, small_limits());
  if (!opened.ok()) return kFailed;
  IntakeJournal& journal = **opened;
  std::vector<std::uint64_t> stored;
  std::uint64_t seed = 0;
  for (; seed < 50; ++seed) {
    if (append(journal, seed).ok()) stored.push_back(seed);
  }
  if (stored.size() != 50) return 1;
  fill();
  int refused = 0;
  for (; seed < 5000 && refused < 5; ++seed) {
    const Result<Position> at = append(journal, seed);
    if (at.ok()) {
      stored.push_back(seed);
    } else if (at.error().code == ErrorCode::Unavailable) {
      ++refused;
    } else {
      return 2;
    }
  }
  if (refused != 5 || journal.state().failed_commits != 5) return 3;
  free();
  for (const std::uint64_t last = seed + 50; seed < last; ++seed) {
    if (!append(journal, seed).ok()) return 4;
    stored.push_back(seed);
  }
  std::vector<std::uint64_t> found;
  Position before = 0;
  bool whole = true;
  const Status read = journal.each_from(1, [&](Position at, Timestamp, std::string_view bytes) {
    found.push_back(seed_of(bytes));
    whole = whole && at == ++before && bytes == bytes_of(found.back());
    return Status();
  });
  return read.ok() && whole && found == stored ? kDone : 5;
}

int in_child(const std::function<int()>& work) {
  const pid_t child = fork();
  if (child == 0) _exit(work());
  int ended = 0;
  waitpid(child, &ended, 0);
  return WIFEXITED(ended) ? WEXITSTATUS(ended) : 128;
}

TEST_F(IntakeFaultTest, AFileThatMayNotGrowRefusesAndGoesOnWhenItMay) {
  const auto limit_to = [](rlim_t bytes) {
    const rlimit limit{bytes, RLIM_INFINITY};
    setrlimit(RLIMIT_FSIZE, &limit);
  };
  EXPECT_EQ(in_child([&] {
              (void)signal(SIGXFSZ, SIG_IGN);
              return fill_and_go_on(
                  path_, [&] { limit_to(std::filesystem::file_size(path_ + "-wal") + 100'000); },
                  [&] { limit_to(RLIM_INFINITY); });
            }),
            kDone);
}

TEST_F(IntakeFaultTest, AFullDiskRefusesAndTheIntakeGoesOnWhenThereIsRoom) {
  const std::string disk = folder_ + "/disk";
  std::filesystem::create_directories(disk);
  if (mount("none", disk.c_str(), "tmpfs", 0, "size=8m") != 0)
    GTEST_SKIP() << "only root can make a small disk";
  disk_ = disk;
  const std::string filler = disk + "/filler";
  const auto fill = [&] {
    std::ofstream out(filler, std::ios::binary);
    const std::string block(4096, 'x');
    while (out.write(block.data(), static_cast<std::streamsize>(block.size())).flush()) {
    }
  };
  EXPECT_EQ(in_child([&] {
              return fill_and_go_on(disk + "/intake.sqlite", fill, [&] { std::filesystem::remove(filler); });
            }),
            kDone);
}

}  // namespace
}  // namespace handslag::store
