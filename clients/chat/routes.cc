#include "clients/chat/routes.h"

namespace gavel::chat {
namespace {

bool MatchesEvent(const Route& route, const Message& message) {
  if (route.events.empty() || route.events.contains(KindName(message.kind))) return true;
  return message.kind == MessageKind::kCard && message.state == v1::Spec::STATE_AUTO_APPROVED &&
         route.events.contains("auto_approved");
}

bool Matches(const Route& route, const Message& message) {
  return (route.areas.empty() || route.areas.contains(message.area)) &&
         (route.states.empty() || route.states.contains(message.state)) &&
         MatchesEvent(route, message);
}

}  // namespace

std::map<std::string, RouteHit> RoutesOf(const Config& config, const Message& message) {
  std::map<std::string, RouteHit> hits;
  for (const Route& route : config.routes) {
    if (!Matches(route, message)) continue;
    for (const std::string& name : route.to)
      hits.try_emplace(name, RouteHit{route.broadcast, route.window});
    if (!route.go_on) break;
  }
  return hits;
}

}  // namespace gavel::chat
