// One run of a prepared statement: bind, step, read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

struct sqlite3_stmt;

namespace gavel::store {

// Bytes to bind as BLOB; a bare std::string_view is bound as TEXT.
struct Blob {
  std::string_view bytes;
};

// Borrows a statement of the connection's cache and gives it back, reset, when destroyed.
// An error of preparing or binding is reported by the first Next().
class Statement {
 public:
  // Takes `statement`, or the error that kept it from being prepared (then it is null).
  Statement(sqlite3_stmt* statement, absl::Status error);
  ~Statement();
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;

  // Binds one value; parameters count from 1. Text and bytes are not copied: they must outlive the
  // statement, which is why a temporary string is refused.
  void Bind(int parameter, int64_t value);
  void Bind(int parameter, int value) { Bind(parameter, static_cast<int64_t>(value)); }
  void Bind(int parameter, std::string_view text);
  void Bind(int parameter, const std::string& text) { Bind(parameter, std::string_view(text)); }
  void Bind(int parameter, std::string&& text) = delete;
  void Bind(int parameter, Blob blob);

  // Moves to the next row; false when there is none.
  absl::StatusOr<bool> Next();

  // Columns of the current row, from 0. Bytes reads TEXT and BLOB alike, NUL bytes included.
  int64_t Int(int column) const;
  bool IsNull(int column) const;
  std::string Bytes(int column) const;
  // The same without a copy, valid until the next step.
  std::string_view Peek(int column) const;

 private:
  void Check(int code);

  sqlite3_stmt* statement_;
  absl::Status error_;
};

}  // namespace gavel::store
