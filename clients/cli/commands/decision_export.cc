// decision export: decisions as MADR files for a repository that keeps such records.
#include <filesystem>

#include "clients/cli/commands/commands.h"
#include "clients/cli/files.h"
#include "clients/cli/spec_argument.h"
#include "clients/cli/words/time_text.h"
#include "engine/base/status_macros.h"
#include "engine/domain/names.h"
#include "fmt/format.h"
#include "gavel/v1/spec_service.pb.h"

namespace gavel::cli {
namespace {

absl::StatusOr<google::protobuf::Timestamp> StartOfDay(const std::string& text, int days_later) {
  GAVEL_ASSIGN_OR_RETURN(const v1::Date date, ParseDate(text));
  const absl::CivilDay day(date.year(), date.month(), date.day());
  return ToProto(absl::FromCivil(day + days_later, absl::LocalTimeZone()));
}

absl::StatusOr<v1::ExportDecisionsRequest> RequestOf(Session& session) {
  v1::ExportDecisionsRequest request;
  request.set_area(session.Text("area"));
  if (session.Has("SPEC")) {
    GAVEL_ASSIGN_OR_RETURN(*request.mutable_spec(), SpecKey(session));
  }
  if (session.Has("from")) {
    GAVEL_ASSIGN_OR_RETURN(*request.mutable_from_time(), StartOfDay(session.Text("from"), 0));
  }
  if (session.Has("to")) {
    GAVEL_ASSIGN_OR_RETURN(*request.mutable_to_time(), StartOfDay(session.Text("to"), 1));
  }
  return request;
}

// Writes one record. A file that says something else stays unless `force` is set: somebody may have
// edited it.
absl::Status WriteRecord(const std::string& path, const std::string& text, bool force,
                         int& written) {
  const absl::StatusOr<std::string> before = ReadFile(path);
  if (before.ok() && *before == text) return absl::OkStatus();
  if (before.ok() && !force) {
    return absl::FailedPreconditionError(
        fmt::format("{} is there and differs; --force writes over it", path));
  }
  if (!before.ok() && !absl::IsNotFound(before.status())) return before.status();
  ++written;
  return WriteFileAtomically(path, text);
}

absl::StatusOr<ExitCode> WriteFiles(Session& session, const std::string& folder,
                                    const v1::ExportDecisionsResponse& exported) {
  int written = 0;
  for (const v1::ExportedDecision& record : exported.records()) {
    const std::filesystem::path name = std::filesystem::path(record.file_name()).filename();
    GAVEL_RETURN_IF_ERROR(WriteRecord((std::filesystem::path(folder) / name).string(),
                                      record.markdown(), session.Has("force"), written));
  }
  session.output().Note(
      fmt::format("{} of {} written to {}", written, exported.records_size(), folder));
  return ExitCode::kDone;
}

absl::StatusOr<ExitCode> RunExport(Session& session) {
  const std::string format = session.Text("format", "madr");
  if (format != "madr" && format != "json") {
    return UsageError("--format " + format + " is not one of madr, json");
  }
  GAVEL_ASSIGN_OR_RETURN(const auto request, RequestOf(session));
  GAVEL_ASSIGN_OR_RETURN(const auto exported, session.Call<v1::ExportDecisionsResponse>(request));
  Output& output = session.output();
  output.Json(exported);
  if (output.json()) return ExitCode::kDone;
  if (format == "json") {
    output.Line(ToJson(exported, {.pretty = true}));
    return ExitCode::kDone;
  }
  if (session.Has("dir")) return WriteFiles(session, session.Text("dir"), exported);
  if (exported.records_size() > 1) {
    return UsageError(
        fmt::format("{} decisions: --dir DIR says where their files go", exported.records_size()));
  }
  if (exported.records().empty()) output.Note("Nothing is decided yet.");
  for (const v1::ExportedDecision& record : exported.records()) output.Raw(record.markdown());
  return ExitCode::kDone;
}

}  // namespace

std::vector<Command> DecisionExportCommands() {
  return {{"decision export",
           Group::kMeeting,
           "Write decisions as Markdown records (MADR).",
           {{"SPEC", "a key like MEDIA-42, or a spec file; none: see --area", Arity::kOptional}},
           {{"--format", "madr|json", "Markdown records (default), or the API message"},
            {"--area", "AREA", "every decision of this area"},
            {"--from", "DATE", "decided on this day or later"},
            {"--to", "DATE", "decided on this day or earlier"},
            {"--dir", "DIR", "write one file for each decision there"},
            {"--force", "", "write over files that differ", FlagKind::kSwitch}},
           "gavel decision export --area media --dir docs/decisions",
           RunExport}};
}

}  // namespace gavel::cli
