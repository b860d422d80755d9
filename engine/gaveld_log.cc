#include "engine/gaveld_log.h"

#include <utility>

#include "grpc/support/log.h"
#include "spdlog/sinks/stdout_color_sinks.h"
#include "spdlog/spdlog.h"

namespace gavel {
namespace {

// gRPC's own messages, in our form.
void LogForGrpc(gpr_log_func_args* message) {
  const bool error = message->severity == GPR_LOG_SEVERITY_ERROR;
  spdlog::log(error ? spdlog::level::warn : spdlog::level::debug, "msg=grpc text={:?}",
              message->message);
}

}  // namespace

void SetUpLog(const std::string& level) {
  auto logger = spdlog::stderr_color_mt("gaveld");
  logger->set_pattern("ts=%Y-%m-%dT%H:%M:%S.%eZ level=%^%l%$ %v", spdlog::pattern_time_type::utc);
  logger->set_level(spdlog::level::from_str(level));
  logger->flush_on(spdlog::level::warn);
  spdlog::set_default_logger(std::move(logger));
  gpr_set_log_function(LogForGrpc);
}

}  // namespace gavel
