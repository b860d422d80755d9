#include "engine/simulation/simulate.h"

#include <utility>

#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "engine/simulation/play.h"
#include "engine/simulation/policy.h"
#include "engine/simulation/script.h"
#include "engine/simulation/service.h"
#include "spdlog/spdlog.h"

namespace gavel::simulation {
namespace {

// The service comes up before the first meeting has to be planned.
constexpr int kDaysBefore = 21;

// What the application would tell an operator is of no use to whoever runs a simulation.
class Silence {
 public:
  Silence() : level_(spdlog::get_level()) { spdlog::set_level(spdlog::level::off); }
  ~Silence() { spdlog::set_level(level_); }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

 private:
  const spdlog::level::level_enum level_;
};

absl::Time EndOf(const Period& period) {
  return period.to.has_value() ? absl::FromCivil(*period.to + 1, absl::UTCTimeZone())
                               : absl::InfiniteFuture();
}

}  // namespace

absl::StatusOr<Report> Simulate(const History& history, const Settings& settings,
                                const OnProgress& on_progress) {
  const Silence silence;
  std::vector<Script> scripts = ScriptsOf(history, settings.period);
  if (scripts.empty()) return FieldError("from, to", "hold no spec that was submitted then");
  const absl::TimeZone utc = absl::UTCTimeZone();
  const absl::CivilDay first = absl::ToCivilDay(scripts.front().steps.front().at, utc);
  GAVEL_ASSIGN_OR_RETURN(
      const std::unique_ptr<Service> service,
      Service::Start(PolicyOf(settings, first), absl::FromCivil(first - kDaysBefore, utc)));
  Play play(*service, history.name, std::move(scripts), EndOf(settings.period));
  return play.Run(on_progress);
}

}  // namespace gavel::simulation
