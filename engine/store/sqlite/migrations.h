// The schema's history, embedded at build time from engine/store/migrations/sqlite.
#pragma once

#include <span>
#include <string_view>

namespace gavel::store {

struct Migration {
  std::string_view name;  // `0001_initial`: its number, from 1, and what it does.
  std::string_view sql;
};

// In the order in which they are applied.
std::span<const Migration> AllMigrations();

}  // namespace gavel::store
