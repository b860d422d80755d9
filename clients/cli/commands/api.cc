// api: any method of the server, by what the server says about itself.
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/util/json_util.h>

#include <deque>
#include <set>

#include "clients/cli/commands/commands.h"
#include "clients/cli/output/json_fields.h"
#include "clients/cli/session.h"
#include "clients/common/reflection.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"

namespace gavel::cli {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

// `gavel.v1.SpecService/GetSpec`, split.
struct MethodName {
  std::string service;
  std::string method;  // Empty for all of the service.
};

MethodName SplitAtSlash(const std::string& name) {
  const size_t slash = name.find('/');
  if (slash == std::string::npos) return {name, ""};
  return {name.substr(0, slash), name.substr(slash + 1)};
}

std::string Signature(const MethodDescriptor& method) {
  return fmt::format("rpc {}({}{}) returns ({}{});", method.name(),
                     method.client_streaming() ? "stream " : "", method.input_type()->full_name(),
                     method.server_streaming() ? "stream " : "", method.output_type()->full_name());
}

absl::StatusOr<ExitCode> ListServices(Session& session, client::Reflection& reflection) {
  GAVEL_ASSIGN_OR_RETURN(const std::vector<std::string> services, reflection.Services());
  std::vector<JsonExtras> rows;
  for (const std::string& service : services) {
    rows.push_back({{"service", service}});
    session.output().Line(service);
  }
  session.output().JsonArray(rows);
  return ExitCode::kDone;
}

absl::StatusOr<ExitCode> ListMethods(Session& session, const ServiceDescriptor& service) {
  std::vector<JsonExtras> rows;
  for (int i = 0; i < service.method_count(); ++i) {
    const MethodDescriptor& method = *service.method(i);
    rows.push_back({{"method", service.full_name() + "/" + method.name()},
                    {"request", method.input_type()->full_name()},
                    {"response", method.output_type()->full_name()}});
    session.output().Line(Signature(method));
  }
  session.output().JsonArray(rows);
  return ExitCode::kDone;
}

// The types that a value of `type` is made of, itself first; well-known ones need no telling.
std::string TypesText(const Descriptor& type) {
  std::string text;
  std::set<std::string> told;
  std::deque<const Descriptor*> open = {&type};
  const auto is_news = [&told](const std::string& name) {
    return !name.starts_with("google.") && told.insert(name).second;
  };
  for (; !open.empty(); open.pop_front()) {
    const Descriptor& next = *open.front();
    // A nested type stands in the one around it.
    if (next.containing_type() != nullptr && told.contains(next.containing_type()->full_name())) {
      continue;
    }
    if (!is_news(next.full_name())) continue;
    text += "\n" + next.DebugString();
    for (int i = 0; i < next.field_count(); ++i) {
      const auto* field = next.field(i);
      if (field->message_type() != nullptr) open.push_back(field->message_type());
      const auto* choice = field->enum_type();
      const bool nested = choice != nullptr && choice->containing_type() != nullptr &&
                          told.contains(choice->containing_type()->full_name());
      if (choice != nullptr && !nested && is_news(choice->full_name())) {
        text += "\n" + choice->DebugString();
      }
    }
  }
  return text;
}

absl::StatusOr<std::string> RequestJson(Session& session) {
  const std::string data = session.Text("data", "{}");
  if (data == "-") return session.TextOfFile("-");
  if (data.starts_with('@')) return session.TextOfFile(data.substr(1));
  return data;
}

// Errors: INVALID_ARGUMENT that names what is wrong, an unknown field say.
absl::Status Parse(const std::string& json, google::protobuf::Message* request) {
  const auto status = google::protobuf::util::JsonStringToMessage(json, request);
  if (status.ok()) return absl::OkStatus();
  const std::string why(status.message().data(), status.message().size());
  return UsageError(
      fmt::format("the request is no {}: {}", request->GetDescriptor()->full_name(), why));
}

// One line a message, until it ends or Ctrl-C; --timeout holds where it is given.
absl::Status CallStream(Session& session, const std::string& path,
                        const google::protobuf::Message& request,
                        google::protobuf::Message* message) {
  GAVEL_ASSIGN_OR_RETURN(client::Connection * connection, session.connection());
  const absl::Duration timeout =
      session.config().timeout_given ? session.config().timeout : absl::InfiniteDuration();
  return connection->Stream(
      {.path = path, .safe_to_repeat = false, .timeout = timeout}, request, message,
      [&] { session.output().JsonText(ToJson(*message, {session.output().options().fields})); });
}

absl::StatusOr<ExitCode> CallMethod(Session& session, const MethodDescriptor& method) {
  if (method.client_streaming()) {
    return UsageError(
        fmt::format("{} takes a stream of requests; `gavel api` sends one", method.full_name()));
  }
  GAVEL_RETURN_IF_ERROR(
      CheckFieldsOf(*method.output_type(), {}, session.output().options().fields));
  google::protobuf::DynamicMessageFactory factory;
  const std::unique_ptr<google::protobuf::Message> request(
      factory.GetPrototype(method.input_type())->New());
  const std::unique_ptr<google::protobuf::Message> response(
      factory.GetPrototype(method.output_type())->New());
  GAVEL_ASSIGN_OR_RETURN(const std::string json, RequestJson(session));
  GAVEL_RETURN_IF_ERROR(Parse(json, request.get()));
  const std::string path = "/" + method.service()->full_name() + "/" + method.name();
  if (method.server_streaming()) {
    GAVEL_RETURN_IF_ERROR(CallStream(session, path, *request, response.get()));
    return ExitCode::kDone;
  }
  GAVEL_RETURN_IF_ERROR(session.Send(path, *request, response.get()));
  const OutputOptions& options = session.output().options();
  session.output().JsonText(ToJson(
      *response, {.fields = options.fields, .pretty = options.terminal && options.jq == nullptr}));
  return ExitCode::kDone;
}

absl::StatusOr<ExitCode> RunApi(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(client::Connection * connection, session.connection());
  client::Reflection reflection(*connection);
  if (!session.Has("METHOD")) return ListServices(session, reflection);
  const MethodName name = SplitAtSlash(session.Text("METHOD"));
  GAVEL_ASSIGN_OR_RETURN(const ServiceDescriptor* service, reflection.Service(name.service));
  if (name.method.empty()) return ListMethods(session, *service);
  const MethodDescriptor* method = service->FindMethodByName(name.method);
  if (method == nullptr) {
    return absl::NotFoundError(fmt::format("{} has no method `{}`. See: gavel api {}", name.service,
                                           name.method, name.service));
  }
  if (!session.Has("describe")) return CallMethod(session, *method);
  session.output().Line(Signature(*method) + "\n" + TypesText(*method->input_type()));
  return ExitCode::kDone;
}

}  // namespace

std::vector<Command> ApiCommands() {
  return {{"api",
           Group::kTools,
           "Call a method of the server; without METHOD, list its services.",
           {{"METHOD", "gavel.v1.SpecService/GetSpec, or a service to list", Arity::kOptional}},
           {{"-d,--data", "JSON", "the request, or @FILE, or - for stdin; {} by default"},
            {"--describe", "", "show the request's type instead", FlagKind::kSwitch}},
           "gavel api gavel.v1.SpecService/GetSpec -d '{\"spec\": \"MEDIA-42\"}'",
           RunApi}};
}

}  // namespace gavel::cli
