// A bot: one line on stdout per decision, from the beginning of the log, each of them once.
//
//   node dist/examples/decisions.js CURSOR_FILE
import { connect, DecisionOutcome, fileCursor } from "@gavel/client";

// What waiting does not mend, in a line: no sign-in, a cursor file that cannot be used.
process.on("uncaughtException", ({ message }) => {
  console.error(message);
  process.exit(1);
});

const gavel = connect({ server: process.env["GAVEL_SERVER"], as: process.env["GAVEL_AS"] });
const cursors = fileCursor(process.argv[2] ?? "decisions.cursor");
const filter = { types: ["DecisionRecorded"] };

for await (const { events } of gavel.watch({ filter, cursors, afterSeq: 0n })) {
  for (const { seq, spec, payload } of events) {
    if (payload.case !== "decisionRecorded") continue;
    const { outcome = 0, rationale } = payload.value.decision ?? {};
    console.log(`${seq} ${spec} ${DecisionOutcome[outcome]}: ${rationale}`);
  }
}
