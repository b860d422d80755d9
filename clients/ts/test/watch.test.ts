import assert from "node:assert/strict";
import { test } from "node:test";

import { createClient, createRouterTransport } from "@connectrpc/connect";

import { Backoff } from "../src/backoff.js";
import { ErrorInfoSchema } from "#gen/google/rpc/error_details_pb.js";
import {
  Code,
  ConnectError,
  create,
  EventFilterSchema,
  ListAgainError,
  memoryCursor,
  SignInError,
  WatchService,
  type Cursor,
  type WatchEventsRequest,
  type WatchOptions,
  type WatchState,
} from "../src/index.js";
import { watch } from "../src/watch.js";

// What a stream does after its responses: fail, end, or stay open.
type End = ConnectError | "end" | "open";

interface Stream {
  /** `[from, through, ...seqs]` of each response, a command each; its cursor is `through`. */
  responses: number[][];
  end: End;
}

/** A server that plays `streams` one after the other, and what it was asked. */
function scripted(streams: Stream[]) {
  const requests: WatchEventsRequest[] = [];
  let ended = 0;
  const transport = createRouterTransport(({ service }) => {
    service(WatchService, {
      async *watchEvents(request, context) {
        const stream = streams[requests.length];
        requests.push(request);
        if (request.cursor.length > 0 && request.afterSeq !== 0n) {
          throw new ConnectError("either cursor or after_seq", Code.InvalidArgument);
        }
        for (const [from = 0, through = 0, ...seqs] of stream?.responses ?? []) {
          yield {
            fromSeqExclusive: BigInt(from),
            throughSeq: BigInt(through),
            cursor: Uint8Array.of(through),
            events: seqs.map((seq) => ({ seq: BigInt(seq), commandSeq: BigInt(seq) })),
          };
        }
        if (stream?.end instanceof ConnectError) throw stream.end;
        if (stream?.end === "open") {
          await new Promise((resolve) => context.signal.addEventListener("abort", resolve));
          ended += 1;
        }
      },
    });
  });
  return { client: createClient(WatchService, transport), requests, ended: () => ended };
}

/** Seqs of the first `count` events, or of all before the loop ends. */
async function seqs(
  client: ReturnType<typeof scripted>["client"],
  options: WatchOptions,
  count: number,
): Promise<number[]> {
  const seen: number[] = [];
  for await (const { events } of watch(client, options, new Backoff(1, 2))) {
    seen.push(...events.map((event) => Number(event.seq)));
    if (seen.length >= count) break;
  }
  return seen;
}

function cursor(seq: bigint, ...response: number[]): Cursor {
  return { response: Uint8Array.from(response), seq };
}

function refused(reason: string, code: Code): ConnectError {
  return new ConnectError(reason, code, undefined, [
    { desc: ErrorInfoSchema, value: { reason, domain: "gavel.dev" } },
  ]);
}

const passing: End[] = [
  new ConnectError("gone", Code.Unavailable),
  new ConnectError("Session closed with error code 11", Code.Internal),
  new ConnectError("read ECONNRESET", Code.Aborted),
  new ConnectError("RST_STREAM", Code.Canceled),
  refused("SLOW_CONSUMER", Code.Unavailable),
  refused("OVERLOADED", Code.ResourceExhausted),
  "end",
];

for (const end of passing) {
  test(`goes on from the last cursor after ${end}`, async () => {
    const server = scripted([
      { responses: [[0, 2, 1, 2], [2, 5]], end },
      { responses: [[5, 7, 6, 7]], end: "open" },
    ]);
    assert.deepEqual(await seqs(server.client, {}, 4), [1, 2, 6, 7]);
    assert.equal(server.requests[0]?.afterSeq, -1n);
    assert.deepEqual(server.requests.map((request) => Array.from(request.cursor)), [[], [5]]);
  });
}

test("what comes twice is given once", async () => {
  const server = scripted([
    { responses: [[0, 2, 1, 2]], end: "end" },
    { responses: [[0, 2, 1, 2], [2, 3, 3]], end: "open" },
  ]);
  assert.deepEqual(await seqs(server.client, {}, 3), [1, 2, 3]);
});

test("a gap ends the loop", async () => {
  const server = scripted([{ responses: [[0, 2, 1, 2], [4, 5, 5]], end: "open" }]);
  await assert.rejects(seqs(server.client, {}, 3), { code: Code.DataLoss });
});

for (const reason of [
  "CURSOR_COMPACTED",
  "CURSOR_IN_FUTURE",
  "CURSOR_FROM_OTHER_LOG",
  "CURSOR_INVALID",
  "CURSOR_FILTER_MISMATCH",
]) {
  test(`${reason} asks to list again, at once`, async () => {
    const server = scripted([{ responses: [], end: refused(reason, Code.OutOfRange) }]);
    await assert.rejects(seqs(server.client, {}, 1), (error) => {
      assert.ok(error instanceof ListAgainError);
      assert.equal(error.reason.name, reason);
      return true;
    });
    assert.equal(server.requests.length, 1);
  });
}

test("without an identity it asks to sign in, once", async () => {
  const end = refused("SIGN_IN_REQUIRED", Code.Unauthenticated);
  const server = scripted([{ responses: [], end }]);
  await assert.rejects(seqs(server.client, {}, 1), SignInError);
  assert.equal(server.requests.length, 1);
});

test("an error that would come again is not tried again", async () => {
  const end = refused("ROLE_MISSING", Code.PermissionDenied);
  const server = scripted([{ responses: [], end }]);
  await assert.rejects(seqs(server.client, {}, 1), { code: Code.PermissionDenied });
  assert.equal(server.requests.length, 1);
});

test("a cursor is stored when the next batch is asked for, a heartbeat's at once", async () => {
  const cursors = memoryCursor();
  const server = scripted([{ responses: [[0, 1, 1], [1, 4], [4, 5, 5]], end: "open" }]);
  const loop = watch(server.client, { cursors });
  await loop.next();
  assert.equal(await cursors.load(), undefined);
  await loop.next();
  assert.deepEqual(await cursors.load(), cursor(4n, 4));
  await loop.return();
  assert.deepEqual(await cursors.load(), cursor(4n, 4));
});

test("a kill among the commands of a response repeats one of them", async () => {
  const cursors = memoryCursor();
  const first = scripted([{ responses: [[0, 2], [2, 9, 3, 5, 7]], end: "open" }]);
  const loop = watch(first.client, { cursors, afterSeq: 0n });
  await loop.next();
  await loop.next();
  assert.deepEqual(await cursors.load(), cursor(3n, 2));
  const second = scripted([{ responses: [[2, 9, 3, 5, 7]], end: "open" }]);
  assert.deepEqual(await seqs(second.client, { cursors }, 2), [5, 7]);
  assert.deepEqual(second.requests[0]?.cursor, Uint8Array.of(2));
});

test("before the first whole response it goes on from the number", async () => {
  const cursors = memoryCursor();
  await cursors.save(cursor(3n));
  const server = scripted([{ responses: [[3, 9, 5]], end: "open" }]);
  assert.deepEqual(await seqs(server.client, { cursors }, 1), [5]);
  assert.equal(server.requests[0]?.afterSeq, 3n);
});

test("events of one command are one batch", async () => {
  const transport = createRouterTransport(({ service }) => {
    service(WatchService, {
      async *watchEvents() {
        const events = [[1n, 1n], [2n, 1n], [3n, 3n]].map(([seq = 0n, commandSeq = 0n]) => ({
          seq,
          commandSeq,
        }));
        yield { events, throughSeq: 3n, cursor: Uint8Array.of(3) };
      },
    });
  });
  const batches: number[] = [];
  for await (const { events } of watch(createClient(WatchService, transport))) {
    batches.push(events.length);
    if (batches.length === 2) break;
  }
  assert.deepEqual(batches, [2, 1]);
});

test("a store that fails ends the loop with its own error", async () => {
  const full = new Error("disk full");
  const cursors = { ...memoryCursor(), save: () => Promise.reject(full) };
  const server = scripted([{ responses: [[0, 1, 1], [1, 2, 2]], end: "open" }]);
  await assert.rejects(seqs(server.client, { cursors }, 2), full);
});

test("starts from the stored cursor with its filter", async () => {
  const cursors = memoryCursor();
  await cursors.save(cursor(3n, 3));
  const server = scripted([{ responses: [[3, 4, 4]], end: "open" }]);
  const filter = create(EventFilterSchema, { types: ["DecisionRecorded"] });
  await seqs(server.client, { cursors, filter }, 1);
  assert.deepEqual(Array.from(server.requests[0]?.cursor ?? []), [3]);
  assert.deepEqual(server.requests[0]?.filter?.types, ["DecisionRecorded"]);
});

test("the signal ends a loop that waits for events, and its stream", async () => {
  const stop = new AbortController();
  const server = scripted([{ responses: [[0, 1, 1]], end: "open" }]);
  const done = seqs(server.client, { signal: stop.signal }, 2);
  setTimeout(() => stop.abort(), 10);
  assert.deepEqual(await done, [1]);
  assert.equal(server.ended(), 1);
});

test("the signal ends a loop that waits to try again", async () => {
  const stop = new AbortController();
  const server = scripted([]);
  const onState = ({ kind }: WatchState) => {
    if (kind === "retrying") setImmediate(() => stop.abort());
  };
  const hourly = new Backoff(3_600_000, 3_600_000);
  const loop = watch(server.client, { signal: stop.signal, onState }, hourly);
  assert.equal((await loop.next()).done, true);
});

test("leaving the loop ends its stream", async () => {
  const server = scripted([{ responses: [[0, 1, 1]], end: "open" }]);
  let signal: AbortSignal | undefined;
  const watchEvents: typeof server.client.watchEvents = (request, options) => {
    signal = options?.signal;
    return server.client.watchEvents(request, options);
  };
  await seqs({ watchEvents }, {}, 1);
  assert.equal(signal?.aborted, true);
});

test("says how the connection does", async () => {
  const states: WatchState["kind"][] = [];
  const server = scripted([
    { responses: [[0, 1, 1], [1, 2, 2]], end: "end" },
    { responses: [[2, 3, 3]], end: "open" },
  ]);
  await seqs(server.client, { onState: (state) => states.push(state.kind) }, 3);
  assert.deepEqual(states, ["connecting", "live", "retrying", "connecting", "live"]);
});
