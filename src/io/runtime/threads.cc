// SPDX-License-Identifier: Apache-2.0
#include "io/runtime/threads.h"

#include <exception>
#include <new>
#include <system_error>
#include <thread>
#include <vector>

namespace handslag::runtime {
namespace {

// Why: an exception that leaves a thread ends the program without a word.
Status guarded(const std::function<Status(unsigned)>& work, unsigned part) {
  try {
    return work(part);
  } catch (const std::bad_alloc&) {
    return unavailable("there is not enough memory; free some, or ask about less at a time");
  } catch (const std::exception& failure) {
    return Error{ErrorCode::Internal, std::string("a thread failed: ") + failure.what()};
  }
}

}  // namespace

Status on_threads(unsigned parts, const std::function<Status(unsigned)>& work) {
  std::vector<Status> outcomes(parts);
  std::vector<std::thread> running;
  running.reserve(parts);
  for (unsigned part = 1; part < parts; ++part) {
    const auto run = [&outcomes, &work, part] { outcomes[part] = guarded(work, part); };
    try {
      running.emplace_back(run);
    } catch (const std::system_error&) {  // no more threads
      run();
    }
  }
  outcomes[0] = guarded(work, 0);
  for (std::thread& thread : running) thread.join();
  for (Status& outcome : outcomes) {
    if (!outcome.ok()) return std::move(outcome).error();
  }
  return {};
}

}  // namespace handslag::runtime
