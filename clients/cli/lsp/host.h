// The machine, as the language server sees it: settings files, policy folder, cache and server.
#pragma once

#include <memory>
#include <string>

#include "clients/cli/lsp/follower.h"
#include "clients/cli/lsp/jobs.h"
#include "clients/cli/lsp/mailbox.h"
#include "clients/cli/lsp/setup.h"
#include "clients/lsp/host.h"

namespace gavel::cli {

class LspHost : public lsp::Host {
 public:
  // `mailbox` must outlive the host; answers come through it.
  LspHost(Arguments arguments, Environment environment, Mailbox& mailbox)
      : arguments_(std::move(arguments)), environment_(std::move(environment)), mailbox_(mailbox) {}

  absl::StatusOr<lsp::Defaults> Configure(const lsp::Settings& settings,
                                          const std::string& folder) override;
  v1::Date Today() override;
  std::string PolicyStamp() override;
  absl::StatusOr<lsp::LoadedPolicy> LoadPolicy() override;
  bool Exists(const std::string& document, const std::string& path) override;
  std::string FileText(const std::string& path) override;
  void FetchPolicy() override;
  void FollowSpec(const std::string& path, const std::string& key, OnSpec on_spec) override;
  void Submit(const std::string& path, std::function<void(lsp::Submitted)> done) override;

 private:
  // Where the policy lies: `gavel.rules`, else the bundle fetched last.
  std::string PolicyPath();

  const Arguments arguments_;
  const Environment environment_;
  Mailbox& mailbox_;
  lsp::Settings settings_;
  LspSetup setup_;
  std::unique_ptr<SpecFollower> follower_;
  int generation_ = 0;  // Of the settings: what was asked under others is not shown.
  JobThread jobs_;
};

}  // namespace gavel::cli
