// Making rows and committing them as the committer of engine/app does.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/store/store.h"

namespace gavel::store {

// The value, or an exception, which fails the test with the error's text.
template <typename T>
T Must(absl::StatusOr<T> result) {
  if (!result.ok()) throw std::runtime_error(result.status().ToString());
  return *std::move(result);
}

// Bytes that no text column could hold: a NUL, and no UTF-8 anywhere.
std::string BinaryBytes();

EventRow MakeEvent(std::string subject, int64_t subject_version, std::string type = "SpecSubmitted",
                   std::string payload = "payload");

// A command that creates `entity` with its first event. `create_seq`, `update_seq` and `version`
// may be left out.
CommandRows Create(EntityRow entity);

// Where `spec` gets a new event and a new state.
CommandRows Change(EntityRow entity, std::string state);

// Numbers `commands` to follow `head`: first_seq, a time of at least `time_us` that increases, and
// create_seq, update_seq of the entities where those are 0.
Group NumberAsCommitter(const Head& head, std::vector<CommandRows> commands);

// Commits `commands` as one group.
absl::StatusOr<Head> Commit(Store& store, std::vector<CommandRows> commands);
absl::StatusOr<Head> Commit(Store& store, CommandRows command);

// Every event of the log, read in small pages.
std::vector<EventRow> AllEvents(const View& view);

template <typename Row>
std::vector<std::string> Subjects(const std::vector<Row>& rows) {
  std::vector<std::string> subjects;
  for (const Row& row : rows) subjects.push_back(row.subject);
  return subjects;
}

}  // namespace gavel::store
