#include "engine/app/policy/rule_expiry.h"

#include <array>
#include <map>

#include "engine/app/command/entity.h"
#include "engine/app/verdict/intake.h"
#include "engine/base/status_macros.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"
#include "engine/domain/roles.h"
#include "fmt/format.h"
#include "rules/date.h"

namespace gavel::app {
namespace {

constexpr std::array kDaysAhead = {30, 14, 3};
constexpr std::string_view kTimer = "rule.expires";

using Timers = std::map<std::string, absl::Time>;

// Days from `today` to `day`; negative when it is past.
int DaysLeft(const v1::Date& day, const v1::Date& today) {
  return static_cast<int>(ToCivilDay(day) - ToCivilDay(today));
}

std::string DaysText(int days) {
  if (days == 0) return "today";
  return days == 1 ? "tomorrow" : fmt::format("in {} days", days);
}

std::string RuleRemark(const v1::Rule& rule, const v1::Date& today) {
  const int left = DaysLeft(rule.review_by(), today);
  if (left > kDaysAhead.front()) return {};
  if (rule.has_auto_approve()) {
    return left < 0 ? "expired" : fmt::format("expires {}", DaysText(left));
  }
  // Such a rule goes on asking for people; only its owner has to look at it again.
  return left < 0 ? "past its review date" : fmt::format("to be reviewed {}", DaysText(left));
}

void AddTierRemarks(const v1::Catalog& catalog, const v1::Date& today,
                    std::vector<std::string>& remarks) {
  for (const v1::Product& product : catalog.products()) {
    for (const v1::Tier& tier : product.tiers()) {
      const bool dated = tier.status() == v1::Tier::STATUS_STANDARD && tier.has_review_by();
      const int left = dated ? DaysLeft(tier.review_by(), today) : 0;
      if (!dated || left > kDaysAhead.front()) continue;
      const std::string name = fmt::format("{}/{}", product.id(), tier.id());
      remarks.push_back(left < 0 ? fmt::format("{} is no longer standard", name)
                                 : fmt::format("{} stops being standard {}", name, DaysText(left)));
    }
  }
}

// At the start of the day, UTC; only what is still to come.
Timers TimersOf(const v1::Rule& rule, absl::Time now) {
  Timers timers;
  if (rule.state() != v1::Rule::STATE_ENFORCE || !rule.has_review_by()) return timers;
  for (const int days : kDaysAhead) {
    const absl::Time due =
        absl::FromCivil(ToCivilDay(rule.review_by()) - days, absl::UTCTimeZone());
    if (due > now) timers[fmt::format("{}.{}", kTimer, days)] = due;
  }
  return timers;
}

}  // namespace

std::vector<std::string> ExpiryRemarks(const rules::Policy& policy, const v1::Rule& rule,
                                       const v1::Date& today) {
  std::vector<std::string> remarks;
  if (!rule.has_review_by()) return remarks;
  if (std::string remark = RuleRemark(rule, today); !remark.empty()) {
    remarks.push_back(std::move(remark));
  }
  const bool approves = rule.has_auto_approve() && rule.state() == v1::Rule::STATE_ENFORCE;
  if (approves) AddTierRemarks(policy.catalog(), today, remarks);
  return remarks;
}

absl::Status PlanExpiryReminders(Workflow& workflow) {
  for (const v1::Rule& rule : workflow.policy().rules->rule_set().rules()) {
    GAVEL_RETURN_IF_ERROR(workflow.transaction().ReplaceTimers(RuleSubject(rule.id()),
                                                               TimersOf(rule, workflow.now())));
  }
  return absl::OkStatus();
}

absl::Status FireExpiryReminder(Workflow& workflow, const store::TimerRow& timer) {
  Transaction& transaction = workflow.transaction();
  const std::string id = timer.subject.substr(std::string_view("rules/").size());
  const v1::Rule* rule = workflow.policy().rules->FindRule(id);
  if (rule == nullptr) return transaction.ReplaceTimers(timer.subject, {});
  const absl::Time due = absl::FromUnixMicros(timer.due_us);
  const Timers planned = TimersOf(*rule, due - absl::Microseconds(1));
  const auto found = planned.find(timer.kind);
  if (found != planned.end() && found->second == due) {
    v1::Event event;
    event.set_subject(timer.subject);
    event.set_actor(std::string(kSystemActor));
    v1::ReminderSent& sent = *event.mutable_reminder_sent();
    sent.set_kind(timer.kind);
    *sent.mutable_due_time() = ToProto(due);
    for (std::string& person : workflow.organisation().Members(rule->owner(), workflow.now())) {
      sent.add_people(std::move(person));
    }
    sent.set_text(fmt::format("{}: {}. Review it, and publish it with a new `review_by`.",
                              rule->id(), RuleRemark(*rule, DateOf(due))));
    GAVEL_RETURN_IF_ERROR(transaction.Append(std::move(event)));
  }
  return transaction.ReplaceTimers(timer.subject, TimersOf(*rule, workflow.now()));
}

}  // namespace gavel::app
