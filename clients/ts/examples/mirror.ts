// A complete mirror of all specs: list them, then watch from where the list was made. What a page
// of open specs or an editor's view needs. Prints the mirror whenever it changes.
//
//   node dist/examples/mirror.js
import { connect, ListAgainError, Spec_State, type Spec } from "@gavel/client";

// What waiting does not mend, in a line: no sign-in, a server that refuses.
process.on("uncaughtException", ({ message }) => {
  console.error(message);
  process.exit(1);
});

const gavel = connect({ server: process.env["GAVEL_SERVER"], as: process.env["GAVEL_AS"] });

async function listSpecs(): Promise<{ specs: Map<string, Spec>; seq: bigint }> {
  const specs = new Map<string, Spec>();
  let seq: bigint | undefined;
  let pageToken = "";
  do {
    const page = await gavel.specs.listSpecs({ pageSize: 1000, pageToken });
    for (const spec of page.specs) specs.set(spec.key, spec);
    seq ??= page.seq; // What changes between two pages comes again with the events.
    pageToken = page.nextPageToken;
  } while (pageToken !== "");
  return { specs, seq };
}

function show(specs: Map<string, Spec>): void {
  const states = Array.from(specs.values(), (spec) => `${spec.key}=${Spec_State[spec.state]}`);
  console.log(states.sort().join(" "));
}

async function mirror(): Promise<never> {
  const { specs, seq } = await listSpecs();
  show(specs);
  for await (const { events } of gavel.watch({ afterSeq: seq })) {
    const changed = new Set(events.map((event) => event.spec).filter((key) => key !== ""));
    for (const key of changed) {
      const { spec } = await gavel.specs.getSpec({ spec: key });
      if (spec !== undefined) specs.set(key, spec);
    }
    if (changed.size > 0) show(specs);
  }
  throw new Error("the watch ended");
}

for (;;) {
  await mirror().catch((error: unknown) => {
    if (!(error instanceof ListAgainError)) throw error;
  });
}
