// gaveld: the Gavel server. Flags, signals and exit codes; gaveld_service.h holds the rest.
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "engine/gaveld_flags.h"
#include "engine/gaveld_log.h"
#include "engine/gaveld_process.h"
#include "engine/gaveld_service.h"
#include "engine/store/sqlite/sqlite_store.h"
#include "engine/store/store_error.h"
#include "fmt/format.h"
#include "spdlog/spdlog.h"

namespace gavel {
namespace {

constexpr int kExitUsage = 2;
constexpr int kExitCorrupt = 65;
constexpr int kExitBug = 70;  // Or an unknown outcome: only a restart learns the truth.

// The exit code that says what an operator can do about `status`.
int ExitCodeOf(const absl::Status& status) {
  if (store::IsStoreCorrupt(status)) return kExitCorrupt;
  if (store::IsOutcomeUnknown(status) || absl::IsInternal(status)) return kExitBug;
  return kExitUsage;
}

int Refuse(const absl::Status& status) {
  fmt::print(stderr, "gaveld: {}\n", std::string(status.message()));
  for (const FieldViolation& violation : FieldViolationsOf(status)) {
    fmt::print(stderr, "  {}: {}\n", violation.field, violation.description);
  }
  return ExitCodeOf(status);
}

absl::StatusOr<std::unique_ptr<store::Store>> OpenStore(const GaveldFlags& flags) {
  GAVEL_RETURN_IF_ERROR(MakeFolder("state", flags.state_dir));
  GAVEL_ASSIGN_OR_RETURN(std::unique_ptr<store::Store> store,
                         store::SqliteStore::Open({.path = flags.state_dir + "/gavel.db"}));
  return store;
}

// Ends a process whose store failed. Nothing may touch its files any more: what is on disk is the
// truth that the next start reads.
[[noreturn]] void Abandon(int exit_code) {
  absl::SleepFor(absl::Milliseconds(200));  // The answers to the last group are on their way out.
  std::_Exit(exit_code);
}

// Serves until a signal, or until `fatal` says why not.
absl::Status Run(const GaveldFlags& flags, std::atomic<int>& fatal) {
  GAVEL_ASSIGN_OR_RETURN(std::unique_ptr<store::Store> store, OpenStore(flags));
  GAVEL_ASSIGN_OR_RETURN(
      const auto service,
      GaveldService::Start(flags, std::move(store), [&fatal](const absl::Status& status) {
        spdlog::critical("msg=\"the store failed\" error=\"{}\"", status.ToString());
        fatal = ExitCodeOf(status);
        RaiseStopSignal();
      }));
  const std::string address = service->address().ToString();
  if (!flags.address_file.empty()) {
    GAVEL_RETURN_IF_ERROR(ReplaceFile("address-file", flags.address_file, address + "\n"));
  }
  spdlog::info("msg=serving address={} state=\"{}\" dev={}", address, flags.state_dir, flags.dev);
  while (WaitForSignal() == Wish::kReload) service->ReloadTokens();
  if (fatal != 0) Abandon(fatal);
  service->Stop();
  return absl::OkStatus();
}

int Main(int argc, const char* const* argv) {
  const FlagsResult parsed = ParseGaveldFlags(argc, argv);
  if (!parsed.flags.has_value()) {
    fmt::print(parsed.exit_code == 0 ? stdout : stderr, "{}", parsed.text);
    return parsed.exit_code;
  }
  SetUpLog(parsed.flags->log_level);
  SetUpProcess();
  BlockSignals();
  if (parsed.flags->check_config) {
    if (const auto status = GaveldService::Check(*parsed.flags); !status.ok())
      return Refuse(status);
    fmt::print("The configuration is good.\n");
    return EXIT_SUCCESS;
  }
  std::atomic<int> fatal = 0;
  if (const auto status = Run(*parsed.flags, fatal); !status.ok()) return Refuse(status);
  spdlog::info("msg=stopped");
  return EXIT_SUCCESS;
}

}  // namespace
}  // namespace gavel

int main(int argc, char** argv) { return gavel::Main(argc, argv); }
