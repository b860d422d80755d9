#include "engine/gaveld_log.h"

#include "spdlog/sinks/stdout_color_sinks.h"
#include "spdlog/spdlog.h"

namespace gavel {

void SetUpLog(const std::string& level) {
  auto logger = spdlog::stderr_color_mt("gaveld");
  logger->set_pattern("ts=%Y-%m-%dT%H:%M:%S.%eZ level=%^%l%$ %v", spdlog::pattern_time_type::utc);
  logger->set_level(spdlog::level::from_str(level));
  logger->flush_on(spdlog::level::warn);
  spdlog::set_default_logger(std::move(logger));
}

}  // namespace gavel
