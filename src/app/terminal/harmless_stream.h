// SPDX-License-Identifier: Apache-2.0
// What a terminal is shown, made harmless: events, file names and promises hold what strangers wrote, and a
// terminal obeys some bytes. Between a stream and its terminal: control characters and signs that turn the
// direction of writing are shown as U+FFFD. Left as they are: line ends, tabs, our own colours, and where
// progress is drawn, going back to the beginning of the line.
#pragma once

#include <streambuf>
#include <string>

namespace handslag::app {

/// One thread. Cost: a look at each byte.
class HarmlessStream : public std::streambuf {
 public:
  enum class Drawing { Nothing, Progress };

  /// Keeps `terminal`, which must outlive this.
  HarmlessStream(std::streambuf& terminal, Drawing drawing) : terminal_(terminal), drawing_(drawing) {}
  ~HarmlessStream() override;
  HarmlessStream(const HarmlessStream&) = delete;
  HarmlessStream& operator=(const HarmlessStream&) = delete;

 protected:
  int_type overflow(int_type byte) override;
  int sync() override;

 private:
  bool pass(char byte);
  bool flush_held();

  std::streambuf& terminal_;
  Drawing drawing_;
  std::string held_;  // the beginning of what may be an escape sequence or a harmful character
};

}  // namespace handslag::app
