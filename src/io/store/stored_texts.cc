// SPDX-License-Identifier: Apache-2.0
#include "io/store/stored_texts.h"

#include <stdexcept>
#include <utility>

namespace handslag::store {
namespace {

void require(const Status& status) {
  if (!status.ok()) throw std::runtime_error(status.error().message);
}

}  // namespace

Result<std::shared_ptr<StoredTexts>> StoredTexts::open(std::shared_ptr<DuckDatabase> database) {
  HANDSLAG_TRY(connection, database->connect());
  std::uint32_t size = 1;
  HANDSLAG_CHECK_STATUS(each_chunk(connection, "SELECT (coalesce(max(code), 0) + 1)::UINTEGER FROM texts",
                                   [&](const DuckChunk& chunk) {
                                     size = chunk.column<std::uint32_t>(0)[0];
                                     return Status();
                                   }));
  return std::shared_ptr<StoredTexts>(new StoredTexts(std::move(database), std::move(connection), size));
}

StoredTexts::StoredTexts(std::shared_ptr<DuckDatabase> database, DuckConnection connection,
                         std::uint32_t size)
    : database_(std::move(database)),
      size_(size),
      connection_(std::move(connection)),
      blocks_(size / kBlockTexts + 1) {}

std::string_view StoredTexts::text(std::uint32_t code) const {
  if (code == model::kNoText || code >= size_) return {};
  const std::uint32_t number = code / kBlockTexts;
  const Block* block = blocks_[number].load(std::memory_order_acquire);
  if (block == nullptr) block = &read_block(number);
  return block->texts[code % kBlockTexts];
}

const StoredTexts::Block& StoredTexts::read_block(std::uint32_t number) const {
  const std::lock_guard lock(mutex_);
  if (const Block* block = blocks_[number].load(std::memory_order_acquire)) return *block;
  auto block = std::make_unique<Block>();
  std::vector<std::pair<std::size_t, std::size_t>> places(kBlockTexts);
  const std::int64_t first = std::int64_t{number} * kBlockTexts;
  require(each_chunk(
      connection_, "SELECT code, text FROM texts WHERE code >= ? AND code < ?", {first, first + kBlockTexts},
      [&](const DuckChunk& chunk) {
        for (std::size_t row = 0; row < chunk.size(); ++row) {
          const std::string_view text = chunk.text(1, row);
          places[chunk.column<std::uint32_t>(0)[row] % kBlockTexts] = {block->bytes.size(), text.size()};
          block->bytes.append(text);
        }
        return Status();
      }));
  const std::string_view bytes = block->bytes;
  for (const auto& [from, size] : places) block->texts.push_back(bytes.substr(from, size));
  owned_.push_back(std::move(block));
  blocks_[number].store(owned_.back().get(), std::memory_order_release);
  return *owned_.back();
}

std::optional<std::uint32_t> StoredTexts::code(std::string_view text) const {
  if (text.empty()) return std::nullopt;
  const std::lock_guard lock(mutex_);
  if (const auto known = codes_.find(std::string(text)); known != codes_.end()) return known->second;
  std::optional<std::uint32_t> found;
  require(each_chunk(connection_, "SELECT code FROM texts WHERE text = ?", {std::string(text)},
                     [&](const DuckChunk& chunk) {
                       found = chunk.column<std::uint32_t>(0)[0];
                       return Status();
                     }));
  codes_.emplace(std::string(text), found);
  return found;
}

}  // namespace handslag::store
