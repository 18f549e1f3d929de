// SPDX-License-Identifier: Apache-2.0
#include "app/api/front_desk.h"

namespace handslag::app {

Result<std::unique_ptr<FrontDesk>> FrontDesk::open(const store::DataDirectory& directory,
                                                   RegisterDesk& registers, Timestamp now) {
  auto desk = std::make_unique<FrontDesk>();
  HANDSLAG_TRY(links, PromisedLinks::open(directory, now));
  desk->links = std::move(links);
  HANDSLAG_TRY(matters, MatterDesk::open(registers));
  desk->matters = std::move(matters);
  HANDSLAG_CHECK_STATUS(desk->mandates.refresh(registers));
  return desk;
}

}  // namespace handslag::app
