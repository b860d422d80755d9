// A history of reviews in SQLite, as the server stores it, and what reading it costs.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "gavel/v1/backtest.pb.h"
#include "rules/packed/fast_policy.h"

namespace gavel::bench {

// How far one pass over the history goes; each includes the ones before it.
enum class Work {
  kScan,      // Step through the rows and look at the bytes.
  kParse,     // Parse each.
  kEvaluate,  // Judge each by one policy and count modes, gates and harms.
  kReport,    // Judge each by two policies, with everything a back-test reports.
};

class History {
 public:
  // Makes a database below `folder` with `rows` review cases: the facts of `specs` over and over.
  // `migrations`: the folder of the server's own table definitions. Ends the program on an error.
  History(const std::string& folder, const std::string& migrations,
          const std::vector<v1::PackedFacts>& specs, int64_t rows);

  // One pass over all rows, split evenly over `threads`, each with a connection of its own. Returns
  // a number that depends on every row, so that nothing can be left out.
  int64_t Pass(Work work, int threads,
               const std::shared_ptr<const rules::FastPolicy>& policy) const;

  int64_t rows() const { return rows_; }
  // Mean size of a stored row's body, bytes.
  double body_bytes() const { return body_bytes_; }

 private:
  const std::string path_;
  const int64_t rows_;
  double body_bytes_ = 0;
};

}  // namespace gavel::bench
