// Withdraws a spec, and says in words what stands in the way.
//
//   node dist/examples/withdraw.js KEY WHY
import { connect, reasonOf } from "@gavel/client";

const gavel = connect({ server: process.env["GAVEL_SERVER"], as: process.env["GAVEL_AS"] });
const [key = "", why = ""] = process.argv.slice(2);

function explain(error: unknown): string {
  const reason = reasonOf(error);
  if (reason === undefined) return String(error); // No answer of gaveld's.
  switch (reason.name) {
    case "SPEC_NOT_FOUND":
      return `There is no ${key}.`;
    case "STATE_NOT_ALLOWED":
      return `${key} cannot be withdrawn now. What can be done: ${reason.metadata["allowed"]}.`;
    case "ETAG_MISMATCH":
      return `${key} has changed meanwhile. Look at it again.`;
    case "FIELD_INVALID":
      return reason.violations.map((wrong) => `${wrong.field}: ${wrong.description}`).join("\n");
    default:
      return `${reason.message} (${reason.text})`;
  }
}

try {
  const { spec } = await gavel.specs.getSpec({ spec: key });
  await gavel.specs.withdrawSpec({ spec: key, etag: spec?.etag ?? "", reason: why });
  console.log(`${key} is withdrawn.`);
} catch (error) {
  console.log(explain(error));
  process.exitCode = 1;
} finally {
  gavel.close();
}
