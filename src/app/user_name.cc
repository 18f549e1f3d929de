// SPDX-License-Identifier: Apache-2.0
#include "app/user_name.h"

#include <pwd.h>
#include <unistd.h>

namespace handslag::app {

std::string user_name() {
  const passwd* user = getpwuid(geteuid());
  return user == nullptr ? "uid " + std::to_string(geteuid()) : user->pw_name;
}

}  // namespace handslag::app
