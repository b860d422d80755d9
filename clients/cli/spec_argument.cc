#include "clients/cli/spec_argument.h"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "clients/cli/document/front_matter.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "gavel/v1/spec_service.pb.h"

namespace gavel::cli {
namespace {

std::string UpperCase(std::string_view text) {
  std::string out;
  for (const char c : text) out += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return out;
}

}  // namespace

bool IsSpecKey(std::string_view text) {
  const size_t dash = text.find('-');
  if (dash == std::string_view::npos || dash < 2 || dash > 10) return false;
  const std::string_view prefix = text.substr(0, dash);
  const std::string_view number = text.substr(dash + 1);
  const auto all = [](std::string_view part, int (*is)(int)) {
    return std::all_of(part.begin(), part.end(),
                       [is](char c) { return is(static_cast<unsigned char>(c)) != 0; });
  };
  return std::isalpha(static_cast<unsigned char>(prefix.front())) != 0 &&
         all(prefix, std::isalnum) && !number.empty() && number.front() != '0' &&
         all(number, std::isdigit);
}

absl::StatusOr<int> RevisionOf(Session& session) { return RevisionOf(session, "revision"); }

absl::StatusOr<int> RevisionOf(Session& session, const std::string& flag) {
  if (!session.Has(flag)) return 0;
  const std::string text = session.Text(flag);
  int number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size() || number < 1) {
    return UsageError(fmt::format("--{} `{}` is not a number from 1", flag, text));
  }
  return number;
}

absl::StatusOr<v1::Spec> GetSpec(Session& session, const std::string& key) {
  v1::GetSpecRequest request;
  request.set_spec(key);
  GAVEL_ASSIGN_OR_RETURN(const auto response, session.Call<v1::GetSpecResponse>(request));
  return response.spec();
}

absl::StatusOr<FoundSpec> FindSpecOf(Session& session, const Source& source) {
  if (const FrontMatterField key = FindField(source.content, "key"); !key.value.empty()) {
    const std::string reason = fmt::format("key {} in front matter, line {}", key.value, key.line);
    auto spec = GetSpec(session, key.value);
    if (absl::IsNotFound(spec.status())) {
      return absl::NotFoundError(fmt::format("{}: {}, which {} does not know", source.argument,
                                             reason, session.config().server.value));
    }
    GAVEL_RETURN_IF_ERROR(spec.status());
    return FoundSpec{*std::move(spec), reason};
  }
  v1::FindSpecRequest request;
  request.set_repository(source.repository);
  request.set_path(source.path);
  GAVEL_ASSIGN_OR_RETURN(const auto response, session.Call<v1::FindSpecResponse>(request));
  return FoundSpec{response.spec(),
                   fmt::format("registered for {} in {}", source.path, source.repository)};
}

absl::StatusOr<std::string> SpecKey(Session& session) {
  return SpecKey(session, session.Text("SPEC"));
}

absl::StatusOr<std::string> SpecKey(Session& session, const std::string& text) {
  if (IsSpecKey(text)) return UpperCase(text);
  const bool path = text.find('/') != std::string::npos || text.find('.') != std::string::npos;
  if (!path) return UsageError(fmt::format("`{}` is neither a key like MEDIA-42 nor a file", text));
  GAVEL_ASSIGN_OR_RETURN(const Source source,
                         LocateSource(text, session.config(), {.allow_dirty = true}));
  auto found = FindSpecOf(session, source);
  if (absl::IsNotFound(found.status())) {
    return absl::NotFoundError(fmt::format("{} is not submitted yet: no spec for {} in {}", text,
                                           source.path, source.repository));
  }
  GAVEL_RETURN_IF_ERROR(found.status());
  return found->spec.key();
}

absl::StatusOr<std::string> EtagOf(Session& session, const std::string& key) {
  if (session.Has("etag")) return session.Text("etag");
  GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, GetSpec(session, key));
  return spec.etag();
}

}  // namespace gavel::cli
