// Do people enjoy it?

#include <string>
#include <tuple>

#include "engine/domain/health/signal.h"
#include "fmt/format.h"

namespace gavel::health {
namespace {

// Of those in the room, who neither had to read something nor run, note or answer for it.
Figure VoluntaryAttendance(const Window& window) {
  Share share;
  window.EachHeld([&](const MeetingLife& meeting) {
    for (const Seat& seat : meeting.seats) {
      share.Add(meeting.id, seat.role == "attendee" && meeting.asked.count(seat.person) == 0);
    }
  });
  return OfMeetings(share.Percent());
}

SignalRow PulseRow(const char* question, const char* words, int PulseSum::*answer, PulseRole role,
                   const char* who) {
  const bool all = role == PulseRole::kAll;
  return {fmt::format("pulse-{}{}{}", question, all ? "" : "-", who),
          all ? fmt::format("mean answer to \"{}\"", words)
              : fmt::format("mean answer of {} to \"{}\"",
                            role == PulseRole::kAuthors ? "presenting authors" : "everybody else",
                            words),
          "1-5", [=](const Window& window) { return PulseMean(window, role, answer); }};
}

}  // namespace

Figure PulseMean(const Window& window, PulseRole role, int PulseSum::*answer) {
  const PulseSum sum = window.Pulse(role);
  Figure figure{.sample = sum.answers};
  figure.withheld = sum.answers == 0 && window.PulseAnswered();
  if (sum.answers == 0) return figure;
  figure.value = static_cast<double>(sum.*answer) / sum.answers;
  Behind behind;
  for (const std::string& meeting : sum.meetings) behind.Add(meeting);
  figure.meetings = behind.Take();
  return figure;
}

Signals EnjoyedSignals() {
  Signals signals;
  const std::tuple<const char*, const char*, int PulseSum::*> questions[] = {
      {"useful", "Was it useful?", &PulseSum::useful},
      {"heard", "Were you heard?", &PulseSum::heard},
      {"on-topic", "Did it stay on topic?", &PulseSum::on_topic}};
  for (const auto& [id, words, answer] : questions) {
    signals.push_back(PulseRow(id, words, answer, PulseRole::kAll, ""));
    signals.push_back(PulseRow(id, words, answer, PulseRole::kAuthors, "authors"));
    signals.push_back(PulseRow(id, words, answer, PulseRole::kOthers, "others"));
  }
  signals.push_back({"voluntary-attendance",
                     "share of people in the room who did not have to be there", "%",
                     VoluntaryAttendance});
  return signals;
}

}  // namespace gavel::health
