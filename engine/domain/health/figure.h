// Figures: a value, how many things it is made of, and the specs and meetings behind it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace gavel::health {

// One figure of one span.
struct Figure {
  std::optional<double> value = {};  // Nothing where there is nothing to count.
  int sample = 0;
  bool withheld = false;  // Fewer people than the floor.
  std::vector<std::string> specs = {};
  std::vector<std::string> meetings = {};
  std::string text = {};  // Says it better than the signal's own text; usually empty.
};

inline constexpr size_t kMostBehind = 50;

// Keys by weight, heaviest first, then by key; each once.
class Behind {
 public:
  void Add(const std::string& key, double weight = 1) { weights_[key] += weight; }
  // At most kMostBehind.
  std::vector<std::string> Take() const;

 private:
  std::map<std::string, double> weights_;
};

// What `Add` was told, summed up. For counts and means per something.
class Counter {
 public:
  void Add(const std::string& spec, double amount = 1) {
    total_ += amount;
    behind_.Add(spec, amount);
  }
  double total() const { return total_; }
  // The total, of `sample` things. Always known.
  Figure Count(int sample) const;
  // The total divided by `by`; nothing to count where that is 0.
  Figure Per(double by, int sample) const;

 private:
  double total_ = 0;
  Behind behind_;
};

// A share in percent: of the things told, those that counted. Behind it are those that did.
class Share {
 public:
  void Add(const std::string& spec, bool counts, double weight = 1);
  Figure Percent() const;

 private:
  int all_ = 0;
  int counted_ = 0;
  Behind behind_;
};

// Percentiles by nearest rank: a value that occurred. Behind it are the largest.
class Spread {
 public:
  void Add(const std::string& spec, double value) { values_.emplace_back(value, spec); }
  // `percent` in 1 to 100.
  Figure At(int percent) const;

 private:
  std::vector<std::pair<double, std::string>> values_;
};

// The same with meetings instead of specs behind it.
Figure OfMeetings(Figure figure);

}  // namespace gavel::health
