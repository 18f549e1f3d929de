// SPDX-License-Identifier: Apache-2.0
// What the front line's routes keep between requests. Opened once by serve; any thread.
#pragma once

#include <memory>

#include "app/api/commitment_drafts.h"
#include "app/api/mandate_desk.h"
#include "app/api/matter_desk.h"
#include "app/api/promised_links.h"

namespace handslag::app {

struct FrontDesk {
  CommitmentDrafts drafts;
  MandateDesk mandates;
  std::unique_ptr<PromisedLinks> links;
  std::unique_ptr<MatterDesk> matters;

  static Result<std::unique_ptr<FrontDesk>> open(const store::DataDirectory& directory,
                                                 RegisterDesk& registers, Timestamp now);
};

}  // namespace handslag::app
