// The invariants of the reliability goals that the core alone can hold or break, checked after
// every step of a World.
#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "tests/lifecycle/world.h"

namespace gavel::lifecycle_test {

class Invariants : public Observer {
 public:
  explicit Invariants(const World& world) : world_(world) {}

  void Accepted(const Step& step, const std::vector<v1::Event>& events,
                const Entry& entry) override;
  void Refused(const Step& step, const absl::Status& status) override;
  void Fired(const std::string& timer, absl::Time due, absl::Time now, const Entry& entry) override;

  // The whole history folded again gives the state. O(events of the spec).
  void CheckFold(const Entry& entry);

  // From, to and type of every event that moved a spec.
  using Move = std::tuple<v1::Spec::State, v1::Spec::State, std::string>;

  struct Counts {
    int accepted = 0;
    int refused = 0;
    int events = 0;
    int fired = 0;
    int folds = 0;
    std::map<std::string, int> refusals;  // By reason.
    std::map<std::string, int> commands;  // Accepted, by name.
    std::map<Move, int> moves;
  };
  const Counts& counts() const { return counts_; }

 private:
  const World& world_;
  Counts counts_;
  // Contents that a stored verdict calls `auto`, by spec.
  std::map<std::string, std::set<std::string>> auto_contents_;
  std::set<std::tuple<std::string, std::string, absl::Time>> fired_;
};

}  // namespace gavel::lifecycle_test
