import assert from "node:assert/strict";
import { test } from "node:test";

import { Backoff } from "../src/backoff.js";

/** Asks for a pause while the dice show their highest. */
function longest(backoff: Backoff): number {
  const random = Math.random;
  Math.random = () => 1;
  try {
    return backoff.nextMs();
  } finally {
    Math.random = random;
  }
}

test("the ceiling doubles up to the cap, and begins again after a success", () => {
  const backoff = new Backoff(1_000, 30_000);
  const pauses = Array.from({ length: 7 }, () => longest(backoff));
  assert.deepEqual(pauses, [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  backoff.reset();
  assert.equal(longest(backoff), 1_000);
});

test("a pause is anything up to the ceiling", () => {
  const pauses = Array.from({ length: 500 }, () => new Backoff(1_000, 1_000).nextMs());
  assert.ok(pauses.every((pause) => pause >= 0 && pause <= 1_000));
  assert.ok(Math.min(...pauses) < 200 && Math.max(...pauses) > 800);
});
