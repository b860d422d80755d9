#include "engine/domain/health/figure.h"

#include <algorithm>
#include <cmath>

namespace gavel::health {

std::vector<std::string> Behind::Take() const {
  std::vector<std::pair<std::string, double>> sorted(weights_.begin(), weights_.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  if (sorted.size() > kMostBehind) sorted.resize(kMostBehind);
  std::vector<std::string> keys;
  for (auto& [key, weight] : sorted) keys.push_back(std::move(key));
  return keys;
}

Figure Counter::Count(int sample) const {
  return {.value = total_, .sample = sample, .specs = behind_.Take()};
}

Figure Counter::Per(double by, int sample) const {
  Figure figure{.sample = sample, .specs = behind_.Take()};
  if (by > 0) figure.value = total_ / by;
  return figure;
}

void Share::Add(const std::string& spec, bool counts, double weight) {
  ++all_;
  if (!counts) return;
  ++counted_;
  behind_.Add(spec, weight);
}

Figure Share::Percent() const {
  Figure figure{.sample = all_, .specs = behind_.Take()};
  if (all_ > 0) figure.value = 100.0 * counted_ / all_;
  return figure;
}

Figure Spread::At(int percent) const {
  Figure figure{.sample = static_cast<int>(values_.size())};
  if (values_.empty()) return figure;
  auto sorted = values_;
  std::sort(sorted.begin(), sorted.end());
  const auto rank = static_cast<size_t>(
      std::ceil(percent * static_cast<double>(sorted.size()) / 100.0));
  figure.value = sorted[std::max<size_t>(rank, 1) - 1].first;
  Behind behind;
  for (const auto& [value, spec] : sorted) behind.Add(spec, value);
  figure.specs = behind.Take();
  return figure;
}

Figure OfMeetings(Figure figure) {
  figure.meetings = std::move(figure.specs);
  figure.specs.clear();
  return figure;
}

}  // namespace gavel::health
