// Taking in a document: from bytes to revision, facts and verdict, inside the command's
// transaction.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/app/command/transaction.h"
#include "engine/app/environment.h"
#include "engine/app/verdict/evidence.h"
#include "engine/app/verdict/verdict_record.h"
#include "gavel/v1/facts.pb.h"
#include "gavel/v1/spec.pb.h"
#include "gavel/v1/verdict.pb.h"

namespace gavel::app {

// Where the bytes come from, as the client says.
struct Origin {
  std::string commit;
  std::string blob;  // Git blob id; recomputed and compared where given.
  bool unpublished = false;
  std::string message;
  std::string path;  // For error messages.
  Evidence evidence = {};
};

// A document that can be read. `revision` lacks number, kind, author and time.
struct Intake {
  v1::Revision revision;
  v1::Facts facts;
  std::vector<v1::Finding> findings;
  std::string body;                // The document without its front matter.
  std::vector<std::string> cites;  // Spec keys that the body names, its own perhaps included.
};

// Reads a document. `area` and `author` stand in where it names none.
//
// Errors: INVALID_ARGUMENT `SPEC_INVALID` (violations), `FIELD_INVALID` for a blob id that does not
// match the bytes.
absl::StatusOr<Intake> ReadIntake(const LivePolicy& policy, std::string_view bytes,
                                  const Origin& origin, std::string_view area,
                                  std::string_view author);

// What the author stated outside the document when submitting.
struct Statement {
  bool facts_unknown = false;
  v1::ReviewMode wants = v1::REVIEW_MODE_UNSPECIFIED;
};

// Everything the rules are to be asked about a document that was read: its facts, the server's
// history, the spec's overrides. `spec` may be the default instance for a document that is no spec
// yet.
absl::StatusOr<v1::EvaluationRecord> RecordOf(const Transaction& transaction,
                                              const LivePolicy& policy, const v1::Spec& spec,
                                              const Intake& intake, const Statement& statement);

// The rules' verdict on such a document.
absl::StatusOr<Judgement> Judge(const Transaction& transaction, const LivePolicy& policy,
                                const v1::Spec& spec, const Intake& intake,
                                const Statement& statement);

// The same for the stored current revision of `spec`.
absl::StatusOr<Judgement> JudgeCurrent(const Transaction& transaction, const LivePolicy& policy,
                                       const v1::Spec& spec, const Statement& statement);

// The stored current revision of `spec`, read with the eyes of `policy`. DATA_LOSS `STORE_CORRUPT`
// where its bytes are gone.
absl::StatusOr<Intake> ReadCurrent(const Transaction& transaction, const LivePolicy& policy,
                                   const v1::Spec& spec);

// Git's id of a blob with these bytes: SHA-1, or SHA-256 where `like` has 64 digits.
std::string GitBlobId(std::string_view bytes, std::string_view like);

// The day of `time` in UTC: what verdicts are made for.
v1::Date DateOf(absl::Time time);

}  // namespace gavel::app
