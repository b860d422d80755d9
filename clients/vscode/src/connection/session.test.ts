import assert from "node:assert/strict";
import { test } from "node:test";

import { canWrite, INITIAL, step, whyNotWrite, type ConnectionEvent, type Phase } from "./phase";
import { Session, type Link, type Remedy } from "./session";

const failed: ConnectionEvent = { kind: "failed", reason: "refused" };
const started: ConnectionEvent = { kind: "started" };
const answered: ConnectionEvent = { kind: "answered" };

const PATHS: { events: ConnectionEvent[]; phase: Phase }[] = [
  { events: [], phase: "connecting" },
  { events: [started, answered], phase: "live" },
  { events: [answered, failed], phase: "retrying" },
  { events: [answered, failed, started, failed], phase: "retrying" },
  { events: [answered, failed, failed, failed], phase: "offline" },
  { events: [failed], phase: "offline" },
  { events: [failed, failed, failed, started], phase: "offline" },
  { events: [failed, failed, failed, answered], phase: "live" },
  { events: [failed, failed, answered, failed], phase: "retrying" },
  { events: [answered, { kind: "refused", reason: "no token" }], phase: "signedOut" },
  { events: [{ kind: "refused", reason: "no token" }, started], phase: "connecting" },
];

for (const { events, phase } of PATHS) {
  test(`${events.map((event) => event.kind).join(", ") || "nothing"} leads to ${phase}`, () => {
    const state = events.reduce(step, INITIAL);
    assert.equal(state.phase, phase);
    assert.equal(canWrite(state), phase === "live");
    assert.equal(whyNotWrite(state) === "", phase === "live");
  });
}

class Refusal extends Error {
  constructor(readonly remedy: Remedy) {
    super(remedy);
  }
}

// A server that plays a script: each entry is one pass of the loop.
type Pass = { load?: Remedy; batches?: string[]; end?: Remedy };

function play(passes: Pass[], more: { pauseUntilKick?: boolean } = {}) {
  const log: string[] = [];
  const pauses: number[] = [];
  let seq = 0n;
  const link: Link<string> = {
    load: async () => {
      const pass = passes[0];
      if (pass === undefined) session.stop();
      if (pass?.load !== undefined) {
        passes.shift();
        throw new Refusal(pass.load);
      }
      seq += 10n;
      log.push(`list ${seq}`);
      return seq;
    },
    follow: async function* (afterSeq) {
      const pass = passes.shift();
      for (const batch of pass?.batches ?? []) yield `${batch}>${afterSeq}`;
      if (pass?.end !== undefined) throw new Refusal(pass.end);
    },
    apply: async (batch) => void log.push(batch),
  };
  const session: Session<string> = new Session({
    link,
    remedyOf: (error) => (error instanceof Refusal ? error.remedy : "retry"),
    wordsOf: (error) => String(error),
    onState: (state) => log.push(state.phase),
    random: () => 1,
    pause: async (ms, signal) => {
      pauses.push(ms);
      if (ms > 60_000 && more.pauseUntilKick) {
        await new Promise((done) => signal.addEventListener("abort", done, { once: true }));
      }
    },
  });
  return { session, log, pauses, done: session.run() };
}

test("a list, then what happens after it", async () => {
  const { log, done } = play([{ batches: ["a", "b"] }]);
  await done;
  assert.deepEqual(log.slice(0, 4), ["list 10", "live", "a>10", "b>10"]);
});

test("a cursor that is refused is answered with a new list, at once", async () => {
  const { log, pauses, done } = play([{ batches: ["a"], end: "listAgain" }, { batches: ["b"] }]);
  await done;
  assert.deepEqual(log.slice(0, 5), ["list 10", "live", "a>10", "list 20", "b>20"]);
  assert.equal(pauses.length, 1); // After the last pass only.
});

test("pauses double up to the cap, and start over after an answer", async () => {
  const down: Pass = { load: "retry" };
  const { pauses, log, done } = play([
    down,
    down,
    down,
    down,
    down,
    down,
    down,
    { batches: ["a"] },
    down,
  ]);
  await done;
  const seconds = pauses.map((ms) => ms / 1000);
  assert.deepEqual(seconds.slice(0, 8), [1, 2, 4, 8, 16, 30, 30, 1]);
  assert.deepEqual(log.slice(0, 3), ["offline", "list 10", "live"]);
});

test("without an identity it asks once and waits for a person", async () => {
  const { session, log, pauses, done } = play([{ load: "signIn" }, { batches: ["a"] }], {
    pauseUntilKick: true,
  });
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(log, ["signedOut"]);
  assert.equal(pauses.length, 1);
  session.kick();
  await done;
  assert.deepEqual(log.slice(0, 5), ["signedOut", "connecting", "list 10", "live", "a>10"]);
});

test("a list that keeps being older than its cursor does not spin", async () => {
  const { pauses, done } = play([{ load: "listAgain" }, { load: "listAgain" }]);
  await done;
  assert.deepEqual(pauses.slice(0, 2), [1000, 2000]);
});
