// SPDX-License-Identifier: Apache-2.0
// How one file's events enter the log. Not for you: see EventLog::begin_import (event_log.h).
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "io/store/chunk_appender.h"
#include "io/store/dictionaries.h"
#include "io/store/duck_database.h"
#include "io/store/event_log.h"

namespace handslag::store {

class LogImportWriter final : public ImportWriter {
 public:
  /// Begins the transaction. Keeps the dictionaries, and takes them back to where they were when it is given
  /// up.
  static Result<std::unique_ptr<ImportWriter>> begin(std::shared_ptr<DuckDatabase> database,
                                                     Dictionaries& dictionaries, RejectRecords rejects,
                                                     const ImportHeader& header);
  ~LogImportWriter() override;

  std::uint32_t number() const override { return record_.number; }
  Result<Added> add(const model::Event& event) override;
  Result<Added> check(const model::Event& event) override;
  AddedEvent added() const override;
  Result<std::optional<RowNumber>> row_of(const std::string& id) override;
  const std::string& refusal() const override { return refusal_; }
  Status reject(Reject reject) override;
  Result<ImportRecord> commit(Timestamp finished) override;
  Result<ImportRecord> commit_live(Timestamp finished, std::uint64_t position) override;

 private:
  // An event as the log stores it; the vectors are scratch space.
  struct Codes {
    std::uint32_t source = 0, type = 0, unit = 0, channel = 0, touchpoint = 0, agent = 0, subject = 0;
    std::uint64_t content = 0;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> keys;        // name, text
    std::vector<std::pair<std::uint32_t, std::uint32_t>> attributes;  // name, text (0 where it is none)
  };
  // OPTIMIZATION: fixed fields and names repeat from event to event; comparing with the last one saves the
  // dictionary.
  struct Recent {
    std::string text;
    std::uint32_t code = 0;
  };
  struct SourceSpan {
    std::uint64_t events = 0;
    Timestamp first = kEndOfTime, last = kNoTime;
  };

  LogImportWriter(std::shared_ptr<DuckDatabase> database, DuckConnection connection,
                  Dictionaries& dictionaries, RejectRecords rejects, const ImportHeader& header);

  bool refuse(std::string reason);
  bool within_limits(const model::Event& event);
  bool intern(const model::Event& event);
  bool intern_fixed(const model::Event& event);
  bool intern_values(const model::Event& event);
  bool intern_subject(const model::Event& event);
  bool intern_identifier(const model::Identifier& identifier, Recent& kind, std::uint32_t& number);
  Status store_subject();
  bool intern_text(std::string_view text, std::uint32_t& code);
  bool intern_repeated(std::string_view text, Recent& recent, std::uint32_t& code);
  bool intern_limited(std::string_view text, std::unordered_set<std::uint32_t>& in_use, std::size_t most,
                      const char* what, Recent& recent, std::uint32_t& code);
  enum class NoteId : std::uint8_t { No, Yes };
  Result<Known> know_id(const std::string& id, std::uint64_t content, NoteId note);
  Result<bool> row_has_id(std::uint32_t row, const std::string& id);
  Status store(const model::Event& event);
  Status store_event(const model::Event& event);
  Status store_attribute(const model::Attribute& attribute, std::pair<std::uint32_t, std::uint32_t> codes);
  Status store_again(const model::Event& event, std::uint32_t row);
  Status store_correction(std::uint8_t kind, const std::string& target);
  void count(const model::Event& event);
  void widen_span(Timestamp time);
  Status flush();
  Status write_rejects();
  Status write_summary();
  void note_source_without_events();
  void note_failure(Status status);

  std::shared_ptr<DuckDatabase> database_;  // shared with the log, which the writer may outlive
  DuckConnection connection_;
  Dictionaries& dictionaries_;
  Dictionaries::Mark mark_;
  RejectRecords rejects_;
  ImportRecord record_;
  std::optional<std::uint64_t> live_through_;
  std::map<std::uint32_t, SourceSpan> sources_;  // by text code
  std::vector<Reject> kept_rejects_;
  Codes codes_;
  Recent source_, type_, unit_, channel_, touchpoint_, agent_;
  std::vector<Recent> key_names_, attribute_names_, identifier_kinds_;  // by place in the event
  std::string key_scratch_, refusal_;
  std::vector<std::uint32_t> members_;  // of the subject at hand
  std::vector<const model::Identifier*> sorted_subject_;
  Status failure_;  // of the machine, met while interning
  bool committed_ = false;

  ChunkAppender appender_;
  ChunkBuilder texts_, identifiers_, subjects_, events_, keys_, attributes_, corrections_, brought_again_;
};

}  // namespace handslag::store
