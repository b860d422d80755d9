#include "clients/chat/open_channel.h"

#include <filesystem>
#include <utility>

#include "clients/chat/http.h"
#include "clients/chat/irc_channel.h"
#include "clients/chat/local_channel.h"
#include "clients/chat/mail_channel.h"
#include "clients/chat/secret.h"
#include "clients/chat/slack_channel.h"
#include "clients/chat/smtp.h"
#include "clients/chat/webhook_channel.h"
#include "engine/base/status_macros.h"

namespace gavel::chat {
namespace {

using ChannelOr = absl::StatusOr<std::unique_ptr<Channel>>;

ChannelOr OpenSlack(const Destination& destination, const ChannelPlaces& places) {
  SlackChannel::Options options;
  options.api = destination.api;
  options.channel = destination.channel;
  GAVEL_RETURN_IF_ERROR(CheckUrl(options.api));
  GAVEL_ASSIGN_OR_RETURN(options.token, ReadCredential(destination.token, places.credentials));
  return std::make_unique<SlackChannel>(std::move(options), std::make_unique<CurlHttp>());
}

ChannelOr OpenWebhook(const Destination& destination, const ChannelPlaces& places) {
  GAVEL_ASSIGN_OR_RETURN(Secret url, ReadCredential(destination.url, places.credentials));
  GAVEL_RETURN_IF_ERROR(CheckUrl(url.Reveal()));
  return std::make_unique<WebhookChannel>(std::move(url), std::make_unique<CurlHttp>());
}

ChannelOr OpenIrc(const Destination& destination, const ChannelPlaces& places) {
  IrcChannel::Options options;
  options.server = destination.server;
  options.tls = destination.tls;
  options.nick = destination.nick;
  options.channel = destination.channel;
  if (!destination.password.empty()) {
    GAVEL_ASSIGN_OR_RETURN(options.password,
                           ReadCredential(destination.password, places.credentials));
  }
  return std::make_unique<IrcChannel>(std::move(options));
}

ChannelOr OpenMail(const Destination& destination, const ChannelPlaces& places) {
  GAVEL_RETURN_IF_ERROR(CheckMailServer(destination.server, destination.security));
  CurlSmtp::Options options;
  options.server = destination.server;
  options.security = destination.security;
  options.user = destination.user;
  if (!destination.password.empty()) {
    GAVEL_ASSIGN_OR_RETURN(options.password,
                           ReadCredential(destination.password, places.credentials));
  }
  MailSender sender{
      .from = destination.from, .list = destination.channel, .list_id = destination.list_id};
  return std::make_unique<MailChannel>(std::move(sender),
                                       std::make_unique<CurlSmtp>(std::move(options)));
}

}  // namespace

ChannelOr OpenChannel(const Destination& destination, const ChannelPlaces& places) {
  switch (destination.kind) {
    case DestinationKind::kSlack:
      return OpenSlack(destination, places);
    case DestinationKind::kSlackWebhook:
      return OpenWebhook(destination, places);
    case DestinationKind::kIrc:
      return OpenIrc(destination, places);
    case DestinationKind::kEmail:
      return OpenMail(destination, places);
    case DestinationKind::kLocal:
      break;
  }
  return std::make_unique<LocalChannel>(LocalFolder(destination, places.state));
}

ChannelOr OpenPersonalChannel(const Destination& destination, const ChannelPlaces& places) {
  if (destination.kind == DestinationKind::kLocal) {
    return std::make_unique<LocalChannel>(PersonalLocalFolder(destination, places.state));
  }
  Destination personal = destination;
  // An IRC connection that only speaks to people has no business in the channel.
  if (destination.kind == DestinationKind::kIrc) personal.channel.clear();
  return OpenChannel(personal, places);
}

std::string LocalFolder(const Destination& destination, const std::string& state) {
  return (std::filesystem::path(state) / destination.path).string();
}

std::string PersonalLocalFolder(const Destination& destination, const std::string& state) {
  return LocalFolder(destination, state) + "/people";
}

}  // namespace gavel::chat
