// SPDX-License-Identifier: Apache-2.0
// The stages, in order: which rows stand, how many events each subject has, who the subjects are
// (pure/identity), the events into their customers' places, the order inside a customer (pure/timeline), the
// named columns. OPTIMIZATION: places are known before events are read, so nothing but the columns themselves
// is held in memory.
#include "io/store/load.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <utility>

#include "io/runtime/threads.h"
#include "io/store/duck_database.h"
#include "io/store/load_corrections.h"
#include "io/store/load_horizons.h"
#include "io/store/load_named.h"
#include "io/store/stored_texts.h"
#include "pure/timeline/corrections.h"
#include "pure/timeline/order.h"

namespace handslag::store {
namespace {

using model::CustomerIndex;
using model::EventIndex;

using runtime::on_threads;

class Loader {
 public:
  Loader(EventLog& log, const model::ColumnNeeds& needs, const LoadOptions& options)
      : database_(log.database()),
        needs_(needs),
        options_(options),
        threads_(std::max(1U, options.threads)) {}

  Result<Loaded> load() {
    HANDSLAG_TRY(connection, database_->connect());
    HANDSLAG_TRY(kinds, load_kinds(connection, options_));
    kinds_ = std::move(kinds);
    HANDSLAG_CHECK_STATUS(open_texts());  // behind the kinds: the log may grow between the two
    loaded_.columns.types = kinds_.types;
    loaded_.horizons = std::move(kinds_.horizons);
    HANDSLAG_CHECK_STATUS(find_withdrawn(connection));
    HANDSLAG_CHECK_STATUS(count_subjects());
    HANDSLAG_CHECK_STATUS(assign_customers(connection));
    HANDSLAG_CHECK_STATUS(place_events());
    HANDSLAG_CHECK_STATUS(order_events(connection));
    HANDSLAG_CHECK_STATUS(load_named_columns(connection, needs_, kinds_, loaded_.columns));
    return std::move(loaded_);
  }

 private:
  Status open_texts() {
    loaded_.columns.texts = options_.texts;
    if (options_.texts != nullptr) return {};
    HANDSLAG_TRY(texts, StoredTexts::open(database_));
    loaded_.columns.texts = std::move(texts);
    return {};
  }

  // Of the events that are asked for at all; `alias` is the table's: "e.".
  std::string wanted(const std::string& alias = "") const {
    std::string condition;
    if (options_.as_known_at) {
      condition += " AND coalesce(" + alias + "known, " + alias + "time) <= make_timestamp(" +
                   std::to_string(options_.as_known_at->us) + ")";
    }
    if (options_.through_import)
      condition += " AND " + alias + "import <= " + std::to_string(*options_.through_import);
    return condition;
  }

  // Of one thread's part of the rows, calls take(chunk, which) with the places in the chunk of events that
  // stand.
  template <typename Take>
  Status each_standing(unsigned part, const std::string& columns, Take take) {
    HANDSLAG_TRY(connection, database_->connect());
    const std::uint64_t from = kinds_.rows * part / threads_;
    const std::uint64_t to = kinds_.rows * (part + 1) / threads_;
    const std::string sql = "SELECT event, subject" + columns +
                            " FROM events WHERE event >= " + std::to_string(from) + " AND event < " +
                            std::to_string(to) + wanted();
    std::vector<std::uint32_t> standing;
    return each_chunk(connection, sql, [&](const DuckChunk& chunk) {
      const auto* rows = chunk.column<std::uint32_t>(0);
      standing.clear();
      for (std::uint32_t i = 0; i < chunk.size(); ++i) {
        if (withdrawn_.empty() || !std::binary_search(withdrawn_.begin(), withdrawn_.end(), rows[i])) {
          standing.push_back(i);
        }
      }
      take(chunk, standing);
      return Status();
    });
  }

  Status find_withdrawn(DuckConnection& connection) {
    HANDSLAG_TRY(corrections, load_corrections(connection, wanted("e.")));
    withdrawn_ = timeline::withdrawn_rows(corrections);
    return {};
  }

  Status count_subjects() {
    HANDSLAG_TRY(connection, database_->connect());
    std::size_t subjects = 1;
    HANDSLAG_CHECK_STATUS(each_chunk(connection,
                                     "SELECT (coalesce(max(subject), 0) + 1)::UBIGINT FROM subjects",
                                     [&](const DuckChunk& chunk) {
                                       subjects = static_cast<std::size_t>(chunk.column<std::uint64_t>(0)[0]);
                                       return Status();
                                     }));
    subject_events_.assign(threads_, std::vector<std::uint32_t>(subjects, 0));
    return on_threads(threads_, [&](unsigned part) {
      std::vector<std::uint32_t>& counts = subject_events_[part];
      return each_standing(part, "", [&](const DuckChunk& chunk, const std::vector<std::uint32_t>& standing) {
        const auto* subjects_seen = chunk.column<std::uint32_t>(1);
        for (const std::uint32_t i : standing) ++counts[subjects_seen[i]];
      });
    });
  }

  Status assign_customers(DuckConnection& connection) {
    HANDSLAG_TRY(evidence, load_evidence(connection, subject_events_.front().size()));
    evidence.counts.assign(evidence.subjects(), false);
    for (const auto& counts : subject_events_) {
      for (std::size_t s = 0; s < counts.size(); ++s)
        evidence.counts[s] = evidence.counts[s] || counts[s] > 0;
    }
    identity::Assignment assignment = identity::FirstRule(options_.shared_identifier_types).assign(evidence);
    find_places(assignment);
    loaded_.customers = Customers(database_, std::move(assignment));
    loaded_.evidence = std::move(evidence);
    return {};
  }

  // offsets, and next_place_[part][customer]: where the part's first event of the customer goes.
  void find_places(const identity::Assignment& assignment) {
    const std::size_t customers = assignment.customers();
    next_place_.assign(threads_, std::vector<EventIndex>(customers, 0));
    for (unsigned part = 0; part < threads_; ++part) {
      for (std::size_t s = 0; s < subject_events_[part].size(); ++s) {
        next_place_[part][assignment.customer_of_subject[s]] += subject_events_[part][s];
      }
    }
    subject_events_.clear();
    subject_events_.shrink_to_fit();
    customer_of_subject_ = assignment.customer_of_subject;
    auto& offsets = loaded_.columns.offsets;
    offsets.assign(customers + 1, 0);
    EventIndex place = 0;
    for (std::size_t c = 0; c < customers; ++c) {
      offsets[c] = place;
      for (unsigned part = 0; part < threads_; ++part) {
        place += std::exchange(next_place_[part][c], place);
      }
    }
    offsets[customers] = place;
  }

  Status place_events() {
    placed_.resize(loaded_.columns.offsets.back());
    const Status placed = on_threads(threads_, [&](unsigned part) {
      return each_standing(part, ", type, source, time, sequence",
                           [&](const DuckChunk& chunk, const std::vector<std::uint32_t>& rows) {
                             place(chunk, rows, next_place_[part]);
                           });
    });
    next_place_.clear();
    return placed;
  }

  void place(const DuckChunk& chunk, const std::vector<std::uint32_t>& standing,
             std::vector<EventIndex>& next) {
    const auto* rows = chunk.column<std::uint32_t>(0);
    const auto* subjects = chunk.column<std::uint32_t>(1);
    const auto* types = chunk.column<std::uint32_t>(2);
    const auto* sources = chunk.column<std::uint32_t>(3);
    const auto* times = chunk.column<std::int64_t>(4);
    const auto* sequences = chunk.column<std::int64_t>(5);
    for (const std::uint32_t i : standing) {
      const EventIndex at = next[customer_of_subject_[subjects[i]]]++;
      placed_[at] = {{times[i]},
                     sequences[i],
                     rows[i],
                     kinds_.type_of_text.at(types[i]),
                     kinds_.source_of_text.at(sources[i])};
    }
  }

  Status order_events(DuckConnection& connection) {
    model::Columns& columns = loaded_.columns;
    std::vector<std::vector<timeline::Tie>> ties(threads_);
    HANDSLAG_CHECK_STATUS(on_threads(threads_, [&](unsigned part) {
      timeline::order_customers(columns, first_customer(part), first_customer(part + 1), placed_, ties[part]);
      return Status();
    }));
    for (unsigned part = 1; part < threads_; ++part) {
      ties[0].insert(ties[0].end(), ties[part].begin(), ties[part].end());
    }
    TiedIds ids;
    for (const auto& [first, last] : ties[0]) {
      for (EventIndex e = first; e < last; ++e) ids.want(placed_[e].row);
    }
    for (const std::uint32_t row : timeline::rows_tied_with_organisation(columns, placed_)) ids.want(row);
    HANDSLAG_CHECK_STATUS(ids.load(connection));
    const timeline::IdOfRow id_of_row = [&](std::uint32_t row) { return ids.of(row); };
    timeline::order_ties(ties[0], id_of_row, placed_);
    timeline::find_organisation_ties(placed_, id_of_row, columns);
    timeline::copy_events(placed_, columns);
    std::vector<timeline::PlacedEvent>().swap(placed_);
    return {};
  }

  // The first customer whose events begin in the part's share of all events.
  CustomerIndex first_customer(unsigned part) const {
    const auto& offsets = loaded_.columns.offsets;
    if (part == threads_) return static_cast<CustomerIndex>(loaded_.columns.customers());
    const auto share = static_cast<EventIndex>(std::uint64_t{offsets.back()} * part / threads_);
    const auto found = std::lower_bound(offsets.begin(), offsets.end() - 1, share);
    return part == 0 ? 0 : static_cast<CustomerIndex>(found - offsets.begin());
  }

  std::shared_ptr<DuckDatabase> database_;
  const model::ColumnNeeds& needs_;
  const LoadOptions& options_;
  unsigned threads_;
  Kinds kinds_;
  Loaded loaded_;
  std::vector<timeline::PlacedEvent> placed_;
  std::vector<std::uint32_t> withdrawn_;
  std::vector<std::vector<std::uint32_t>> subject_events_;  // by part and subject
  std::vector<std::vector<EventIndex>> next_place_;         // by part and customer
  std::vector<CustomerIndex> customer_of_subject_;
};

}  // namespace

Result<Loaded> load(EventLog& log, const model::ColumnNeeds& needs, const LoadOptions& options) {
  return Loader(log, needs, options).load();
}

}  // namespace handslag::store
