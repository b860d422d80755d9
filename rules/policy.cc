#include "rules/policy.h"

#include <fmt/format.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <algorithm>

#include "engine/base/sha256.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

// Map entries in key order, so that equal messages have equal bytes.
std::string CanonicalBytes(const google::protobuf::Message& message) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  message.SerializeToCodedStream(&coded);
  coded.Trim();
  return bytes;
}

template <typename Message>
std::string Pin(const Message& message) {
  return fmt::format("{}@sha256:{}", message.id(), Sha256Hex(CanonicalBytes(message)));
}

// Binary search in a list sorted by id.
template <typename Entries>
auto FindById(const Entries& entries, std::string_view id) -> decltype(&*entries.begin()) {
  const auto found = std::lower_bound(
      entries.begin(), entries.end(), id,
      [](const auto& entry, std::string_view wanted) { return entry.id() < wanted; });
  return found != entries.end() && found->id() == id ? &*found : nullptr;
}

}  // namespace

std::string ProblemText(const PolicyProblem& problem) {
  std::string place = problem.file;
  if (problem.line > 0) place += fmt::format(":{}", problem.line);
  if (problem.column > 0) place += fmt::format(":{}", problem.column);
  return fmt::format("{}: {}: {} [{}]", place, problem.error ? "error" : "warning", problem.message,
                     problem.code);
}

Policy::Policy(PolicyParts parts)
    : parts_(std::move(parts)),
      catalog_index_(parts_.catalog),
      org_pin_(Pin(parts_.org)),
      catalog_pin_(Pin(parts_.catalog)),
      rule_set_pin_(Pin(parts_.rule_set)) {}

const v1::Area* Policy::FindArea(std::string_view id) const { return FindById(org().areas(), id); }
const v1::Person* Policy::FindPerson(std::string_view id) const {
  return FindById(org().people(), id);
}
const v1::Rule* Policy::FindRule(std::string_view id) const {
  return FindById(rule_set().rules(), id);
}

const v1::Person* Policy::FindPersonByEmail(std::string_view email) const {
  const std::string wanted = AsciiLower(email);
  for (const v1::Person& person : org().people()) {
    if (!person.email().empty() && AsciiLower(person.email()) == wanted) return &person;
  }
  return nullptr;
}

}  // namespace gavel::rules
