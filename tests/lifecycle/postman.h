// Tells people what waits for them while a World is walked, as the application would, and checks
// what must hold of every message.
#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "engine/domain/ladder.h"
#include "engine/domain/person_message.h"
#include "tests/lifecycle/world.h"

namespace gavel::lifecycle_test {

class Postman : public Observer {
 public:
  // Both must outlive it.
  Postman(const World& world, const Absences& absences);

  void Accepted(const Step& step, const std::vector<v1::Event>& events,
                const Entry& entry) override;
  void Refused(const Step&, const absl::Status&) override {}
  void Fired(const std::string&, absl::Time, absl::Time, const Entry&) override {}

  // Tells everybody what falls due up to `until`.
  void Deliver(absl::Time until);
  void Forget(const std::string& key);

  int messages() const { return messages_; }
  const std::map<std::string, int>& steps() const { return steps_; }

 private:
  // Whom the attention set of a spec means.
  std::set<std::string> AskedBy(const v1::Spec& spec) const;
  std::vector<OpenItem> ItemsOf(const std::string& person, absl::Time now) const;
  Addressee AddresseeOf(const std::string& person) const;
  absl::Time NextOf(const std::string& person, absl::Time now) const;
  void Tell(const std::string& person, absl::Time now);
  void CheckAllowed(const std::string& person, const v1::PersonNotified& message, absl::Time now);
  void CheckNothingWaitsTooLong(const std::string& person, absl::Time now) const;

  const World& world_;
  const Absences& absences_;
  std::map<std::string, v1::Spec> specs_;  // As they were before the step under way.
  std::map<std::string, v1::PersonRecord> records_;
  std::map<std::string, absl::Time> next_;
  // Person, spec, step, since and due of everything that was said.
  std::set<std::tuple<std::string, std::string, std::string, absl::Time, absl::Time>> said_;
  absl::CivilDay checked_;  // The newest day on which nothing had waited too long.
  int messages_ = 0;
  std::map<std::string, int> steps_;
};

}  // namespace gavel::lifecycle_test
