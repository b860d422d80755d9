#include "tests/conformance/backends.h"

#include <utility>

#include "engine/store/memory/memory_store.h"
#include "engine/store/sqlite/sqlite_store.h"
#include "tests/testing/store_testing.h"
#include "tests/testing/temporary_folder.h"

namespace gavel::store {
namespace {

class MemoryTestStore final : public TestStore {
 public:
  Store& store() override { return store_; }

 private:
  MemoryStore store_{"0b9c6a3e-0000-4000-8000-000000000000"};
};

class SqliteTestStore final : public TestStore {
 public:
  SqliteTestStore() : store_(Must(SqliteStore::Open({.path = folder_.File("gavel.db")}))) {}
  Store& store() override { return *store_; }

 private:
  TemporaryFolder folder_;
  std::unique_ptr<SqliteStore> store_;
};

template <typename T>
std::unique_ptr<TestStore> Make() {
  return std::make_unique<T>();
}

}  // namespace

std::vector<Backend> Backends() {
  return {{"Memory", Make<MemoryTestStore>}, {"Sqlite", Make<SqliteTestStore>}};
}

}  // namespace gavel::store
