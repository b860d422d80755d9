// The answers to the mission's five questions, each one sentence made of its figures.
#pragma once

#include <string>

#include "gavel/v1/health.pb.h"

namespace gavel::health {

// The question with its signals filled in; the answer.
using Answer = std::string (*)(const v1::HealthQuestion& question);

std::string AnswerComingIn(const v1::HealthQuestion& question);
std::string AnswerTooMany(const v1::HealthQuestion& question);
std::string AnswerRight(const v1::HealthQuestion& question);
std::string AnswerOnTopic(const v1::HealthQuestion& question);
std::string AnswerEnjoyed(const v1::HealthQuestion& question);

}  // namespace gavel::health
