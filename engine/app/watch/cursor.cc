// A cursor is
//
//   "GC1"  filter_hash[8]  seq[8]  log_id[1 … 64]  check[8]
//
// with numbers big-endian and `check` the first 8 bytes of the SHA-256 of all before it. The check
// catches a cut or mistyped cursor; it is no signature: a cursor grants nothing.
#include "engine/app/watch/cursor.h"

#include "engine/base/error.h"
#include "engine/base/sha256.h"
#include "fmt/format.h"

namespace gavel::app {
namespace {

constexpr std::string_view kMagic = "GC1";
constexpr size_t kNumberBytes = 8;
constexpr size_t kCheckBytes = 8;
constexpr size_t kLogIdBytesMax = 64;
constexpr size_t kFixedBytes = kMagic.size() + 2 * kNumberBytes + kCheckBytes;

void AppendNumber(std::string& out, uint64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<char>(number >> shift));
}

uint64_t ReadNumber(std::string_view bytes) {
  uint64_t number = 0;
  for (const char byte : bytes.substr(0, kNumberBytes)) {
    number = number << 8 | static_cast<unsigned char>(byte);
  }
  return number;
}

absl::Status CursorInvalid() {
  return MakeError(absl::StatusCode::kInvalidArgument, "CURSOR_INVALID",
                   "The cursor was not made by WatchEvents, or was cut. Start without one.");
}

}  // namespace

std::string EncodeCursor(const Cursor& cursor) {
  std::string bytes(kMagic);
  AppendNumber(bytes, cursor.filter_hash);
  AppendNumber(bytes, static_cast<uint64_t>(cursor.seq));
  bytes += cursor.log_id;
  bytes += Sha256(bytes).substr(0, kCheckBytes);
  return bytes;
}

absl::StatusOr<Cursor> DecodeCursor(std::string_view bytes) {
  if (bytes.size() <= kFixedBytes || bytes.size() > kFixedBytes + kLogIdBytesMax) {
    return CursorInvalid();
  }
  const std::string_view content = bytes.substr(0, bytes.size() - kCheckBytes);
  if (!content.starts_with(kMagic)) return CursorInvalid();
  if (Sha256(content).substr(0, kCheckBytes) != bytes.substr(content.size())) {
    return CursorInvalid();
  }
  Cursor cursor;
  cursor.filter_hash = ReadNumber(content.substr(kMagic.size()));
  cursor.seq = static_cast<int64_t>(ReadNumber(content.substr(kMagic.size() + kNumberBytes)));
  cursor.log_id = content.substr(kMagic.size() + 2 * kNumberBytes);
  if (cursor.seq < 0) return CursorInvalid();
  return cursor;
}

absl::Status CheckCursor(const Cursor& cursor, uint64_t filter_hash, const store::Head& head,
                         int64_t oldest_seq) {
  if (cursor.log_id != head.log_id) {
    return MakeError(absl::StatusCode::kFailedPrecondition, "CURSOR_FROM_OTHER_LOG",
                     fmt::format("The cursor belongs to log {}; this is log {}. The database was "
                                 "restored or replaced: read everything again.",
                                 cursor.log_id, head.log_id),
                     {{"cursor_log_id", cursor.log_id}, {"log_id", head.log_id}});
  }
  if (cursor.filter_hash != filter_hash) {
    return MakeError(absl::StatusCode::kInvalidArgument, "CURSOR_FILTER_MISMATCH",
                     "The cursor was made with another filter. Use that filter, or start without "
                     "the cursor.");
  }
  return CheckPosition(cursor.seq, head, oldest_seq);
}

absl::Status CheckPosition(int64_t seq, const store::Head& head, int64_t oldest_seq) {
  if (seq > head.seq) {
    return MakeError(
        absl::StatusCode::kOutOfRange, "CURSOR_IN_FUTURE",
        fmt::format("The newest event is {}; the position {} is past it.", head.seq, seq),
        {{"seq", fmt::to_string(seq)}, {"head_seq", fmt::to_string(head.seq)}});
  }
  if (seq + 1 < oldest_seq) {
    return MakeError(absl::StatusCode::kOutOfRange, "CURSOR_COMPACTED",
                     fmt::format("Events after {} are gone; the oldest one kept is {}. List the "
                                 "specs, then watch from the `seq` of the list.",
                                 seq, oldest_seq),
                     {{"seq", fmt::to_string(seq)}, {"oldest_seq", fmt::to_string(oldest_seq)}});
  }
  return absl::OkStatus();
}

}  // namespace gavel::app
